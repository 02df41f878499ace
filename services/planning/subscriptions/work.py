"""What planning does about work programmes when something happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from contracts.event import Event
from contracts.notification import PeriodicReportSubmitted
from services.chassis.consumer import Reaction
from services.chassis.context import today
from services.chassis.journal import Due, Journal
from services.chassis.timers import Alarm
from services.planning import domain
from services.planning.domain import work
from services.planning.handlers import work as programmes


async def on_plan_issued(event: domain.PlanIssued, journal: Journal) -> None:
    """Note at the work item that a plan carries it out, if the plan names one."""
    if event.work_item_id is None:
        return
    await programmes.spawn_inspection_plan(
        event.work_item_id,
        plan_id=event.plan_id,
        document_number=event.document_number,
        on=event.issued_on,
        journal=journal,
    )


async def on_work_item_carried_over(
    event: work.WorkItemCarriedOver, journal: Journal
) -> None:
    """Stop waiting for the item in the programme that it comes from."""
    await programmes.carry_item_forward(event, journal)


async def on_periodic_report_submitted(
    event: PeriodicReportSubmitted, journal: Journal
) -> None:
    """Note that a period's report is there: it is no longer waited for."""
    if event.programme_id is None:
        return
    submitted = work.Submitted(
        report_id=event.report_id,
        agency_id=event.agency_id,
        period=event.period,
        start=event.start,
        end=event.end,
        document_number=event.document_number,
        submitted_on=event.submitted_on,
    )
    await programmes.note_report(event.programme_id, submitted, journal)


Verb = Callable[..., list[work.WorkEvent]]


def _alarm(verb: Verb) -> Alarm:
    async def on_day_passed(due: Due, journal: Journal) -> None:
        key = due.stream.removeprefix(f"{programmes.WORK_PROGRAMME.category}-")
        on: date = today()
        await programmes.day_passed(key, partial(verb, on=on), journal)

    return on_day_passed


ON: dict[type[Event], Reaction] = {
    PeriodicReportSubmitted: on_periodic_report_submitted
}
OWN: dict[type[Any], Reaction] = {
    domain.PlanIssued: on_plan_issued,
    work.WorkItemCarriedOver: on_work_item_carried_over,
}
AT: dict[str, Alarm] = {
    programmes.ITEM_REMINDER: _alarm(work.remind_items),
    programmes.ITEM_OVERDUE: _alarm(work.mark_items_overdue),
    programmes.REPORT_DUE: _alarm(work.end_periods),
    programmes.REPORT_OVERDUE: _alarm(work.mark_reports_overdue),
}
