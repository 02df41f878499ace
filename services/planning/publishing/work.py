"""Work programmes to what is published of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import contracts.planning as published
from contracts.event import Event
from services.planning.domain import work
from services.planning.domain.duty import DueDay


def publish(event: work.WorkEvent) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    tell = TELL[type(event)]
    return () if tell is None else (tell(event),)


def _named(programme_id: str, item_id: str) -> dict[str, Any]:
    return {
        "programme_id": programme_id,
        "work_item_id": work.work_item_id(programme_id, item_id),
        "item_id": item_id,
    }


def _period(period: work.ReportingPeriod) -> published.ReportingPeriod:
    return published.ReportingPeriod(
        period_id=period.period_id,
        start=period.start,
        end=period.end,
        **asdict(period.due),
    )


def _near(due: DueDay) -> dict[str, Any]:
    return {"due_on": due.due_on, "effective_due_on": due.effective_due_on}


def _issued(event: work.WorkProgrammeIssued) -> Event:
    return published.WorkProgrammeIssued(**asdict(event))


def _assigned(event: work.WorkItemAssigned) -> Event:
    item = event.item
    return published.WorkItemAssigned(
        programme_id=event.programme_id,
        work_item_id=work.work_item_id(event.programme_id, item.item_id),
        agency_id=item.owner_agency,
        monitor_agency=event.monitor_agency,
        item=published.WorkItem(**asdict(item)),
        assigned_on=event.assigned_on,
        carried_from=event.carried_from,
        **asdict(event.due),
    )


def _reminded(event: work.WorkItemReminded) -> Event:
    return published.WorkItemReminded(
        **_named(event.programme_id, event.item_id),
        agency_id=event.owner_agency,
        agency_name=event.owner_name,
        title=event.title,
        product=event.product,
        **_near(event.due),
    )


def _completed(event: work.WorkItemCompleted) -> Event:
    return published.WorkItemCompleted(
        **_named(event.programme_id, event.item_id),
        group=event.group,
        agency_id=event.owner_agency,
        product=event.product,
        sha256=event.sha256,
        completed_on=event.completed_on,
        late=event.late,
    )


def _extended(event: work.WorkItemExtended) -> Event:
    return published.WorkItemExtended(
        **_named(event.programme_id, event.item_id),
        agency_id=event.owner_agency,
        reason=event.reason,
        approved_by=event.approved_by,
        due_rule=event.due_rule,
        previous_due_on=event.previous.due_on,
        previous_effective_due_on=event.previous.effective_due_on,
        extended_on=event.extended_on,
        **asdict(event.due),
    )


def _overdue(event: work.WorkItemOverdue) -> Event:
    return published.WorkItemOverdue(
        **_named(event.programme_id, event.item_id),
        group=event.group,
        agency_id=event.owner_agency,
        agency_name=event.owner_name,
        head_title=event.head_title,
        title=event.title,
        product=event.product,
        monitor_agency=event.monitor_agency,
        level=event.level,
        **asdict(event.due),
    )


def _urged(event: work.WorkItemUrged) -> Event:
    return published.WorkItemUrged(
        **_named(event.programme_id, event.item_id),
        agency_id=event.owner_agency,
        agency_name=event.owner_name,
        title=event.title,
        product=event.product,
        monitor_agency=event.monitor_agency,
        text=event.text,
        level=event.level,
        overdue=event.overdue,
        urged_on=event.urged_on,
        **_near(event.due),
    )


def _carried_over(event: work.WorkItemCarriedOver) -> Event:
    item = event.item
    return published.WorkItemCarriedOver(
        **_named(event.programme_id, item.item_id),
        from_programme_id=event.from_programme_id,
        from_work_item_id=work.work_item_id(event.from_programme_id, item.item_id),
        agency_id=item.owner_agency,
        agency_name=item.owner_name,
        title=item.title,
        was_due_on=event.was_due_on,
        was_overdue=event.was_overdue,
        carried_on=event.carried_on,
    )


def _spawned(event: work.InspectionPlanSpawned) -> Event:
    return published.InspectionPlanSpawned(
        **_named(event.programme_id, event.item_id),
        plan_id=event.plan_id,
        document_number=event.document_number,
        spawned_on=event.spawned_on,
    )


def _duty_set(event: work.ReportingObligationSet) -> Event:
    fields = {**asdict(event), "periods": tuple(_period(p) for p in event.periods)}
    return published.ReportingObligationSet(**fields)


def _report_due(event: work.ReportingPeriodEnded) -> Event:
    return published.PeriodicReportDue(
        programme_id=event.programme_id,
        obligation_id=event.obligation_id,
        title=event.title,
        period=_period(event.period),
        outstanding=event.outstanding,
        recipient=event.recipient,
    )


def _report_overdue(event: work.PeriodicReportOverdue) -> Event:
    fields = {**asdict(event), "period": _period(event.period)}
    return published.PeriodicReportOverdue(**fields)


# Every event has its line: None keeps it private. A test holds that none is missing.
TELL: Mapping[type[Any], Callable[[Any], Event] | None] = {
    work.WorkProgrammeDrafted: None,
    work.WorkItemAdded: None,
    work.WorkItemCarriedForward: None,
    work.ReportSubmissionNoted: None,
    work.WorkProgrammeIssued: _issued,
    work.WorkItemAssigned: _assigned,
    work.WorkItemReminded: _reminded,
    work.WorkItemCompleted: _completed,
    work.WorkItemExtended: _extended,
    work.WorkItemOverdue: _overdue,
    work.WorkItemUrged: _urged,
    work.WorkItemCarriedOver: _carried_over,
    work.InspectionPlanSpawned: _spawned,
    work.ReportingObligationSet: _duty_set,
    work.ReportingPeriodEnded: _report_due,
    work.PeriodicReportOverdue: _report_overdue,
}
