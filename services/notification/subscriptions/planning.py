"""What agencies are told of the work they were given, and of reports they owe."""

from __future__ import annotations

from contracts.planning import (
    PeriodicReportDue,
    PeriodicReportOverdue,
    ReportingPeriod,
    WorkItemAssigned,
    WorkItemOverdue,
    WorkItemReminded,
    WorkItemUrged,
)
from services.chassis.context import today
from services.chassis.journal import Journal
from services.chassis.viewing import Rows
from services.notification import domain
from services.notification.domain import day, report
from services.notification.handlers import PHRASES
from services.notification.subscriptions.telling import Words, known, tell

Item = WorkItemReminded | WorkItemOverdue | WorkItemUrged


async def on_work_item_assigned(
    event: WorkItemAssigned, journal: Journal, *, rows: Rows
) -> None:
    """Tell the owner what is to be done, and by when."""
    item, carried = event.item, event.carried_from
    monitor = await known(rows, event.monitor_agency)
    words = Words(
        template="work-item-assigned",
        about=event.work_item_id,
        fields={
            "unit": item.owner_name,
            "programme": event.programme_id,
            "title": item.title,
            "product": item.product,
            "due_on": day(event.due_on),
            "effective_due_on": day(event.effective_due_on),
            "head": item.accountable_head.title,
            "monitor": monitor["name"],
            "carried": f" {PHRASES.say('work.carried', text=carried)}"
            if carried
            else "",
            "assigned_on": day(event.assigned_on),
            "item": event.work_item_id,
        },
    )
    await tell(await known(rows, event.agency_id), words, journal)


async def on_work_item_reminded(
    event: WorkItemReminded, journal: Journal, *, rows: Rows
) -> None:
    """Remind the owner that the day is near."""
    words = Words(
        template="work-item-reminder", about=event.work_item_id, fields=_item(event)
    )
    await tell(await known(rows, event.agency_id), words, journal)


async def on_work_item_overdue(
    event: WorkItemOverdue, journal: Journal, *, rows: Rows
) -> None:
    """Urge the owner of work that is not done in time."""
    monitor = await known(rows, event.monitor_agency)
    words = Words(
        template="work-item-urging",
        about=event.work_item_id,
        fields={
            **_item(event),
            "head": event.head_title,
            "monitor": monitor["name"],
            "overdue_from": day(event.overdue_from),
        },
        urging=_urging(event),
    )
    await tell(await known(rows, event.agency_id), words, journal)


async def on_work_item_urged(
    event: WorkItemUrged, journal: Journal, *, rows: Rows
) -> None:
    """Pass on what the monitoring agency has to say to the owner."""
    monitor = await known(rows, event.monitor_agency)
    words = Words(
        template="work-item-urged",
        about=event.work_item_id,
        fields={
            **_item(event),
            "monitor": monitor["name"],
            "text": event.text,
            "level": str(event.level),
        },
        urging=_urging(event),
    )
    await tell(await known(rows, event.agency_id), words, journal)


async def on_periodic_report_due(
    event: PeriodicReportDue, journal: Journal, *, rows: Rows
) -> None:
    """Remind each agency whose report is owed now."""
    recipient = await known(rows, event.recipient)
    for agency_id in event.outstanding:
        words = Words(
            template="report-reminder",
            about=_report(event),
            fields={**_period(event.title, event.period), "to": recipient["name"]},
            several=True,
        )
        await tell(await known(rows, agency_id), words, journal)


async def on_periodic_report_overdue(
    event: PeriodicReportOverdue, journal: Journal, *, rows: Rows
) -> None:
    """Urge the agency whose report is not there in time."""
    recipient = await known(rows, event.recipient)
    urging = domain.Urging(
        case_id="",
        agency_id=event.agency_id,
        level=1,
        urged_on=today(),
        report_period=_report(event),
        monitor_agency=event.monitor_agency,
    )
    words = Words(
        template="report-urging",
        about=_report(event),
        fields={
            **_period(event.title, event.period),
            "to": recipient["name"],
            "overdue_from": day(event.period.overdue_from),
        },
        urging=urging,
    )
    await tell(await known(rows, event.agency_id), words, journal)


async def on_report_submitted(
    event: report.PeriodicReportSubmitted, journal: Journal, *, rows: Rows
) -> None:
    """Hand a report to whom it goes (trình)."""
    sender = await known(rows, event.agency_id)
    words = Words(
        template="report-submitted",
        about=event.report_id,
        fields={
            "sender": sender["name"],
            "period": PHRASES.name("period", event.period),
            "start": day(event.start),
            "end": day(event.end),
            "document_number": event.document_number,
            "submitted_on": day(event.submitted_on),
            "report": event.report_id,
        },
    )
    await tell(await known(rows, event.recipient_id), words, journal)


def _item(event: Item) -> dict[str, str]:
    return {
        "unit": event.agency_name,
        "title": event.title,
        "product": event.product,
        "due_on": day(event.due_on),
        "effective_due_on": day(event.effective_due_on),
        "item": event.work_item_id,
    }


def _urging(event: WorkItemOverdue | WorkItemUrged) -> domain.Urging:
    return domain.Urging(
        case_id="",
        agency_id=event.agency_id,
        level=event.level,
        urged_on=today(),
        work_item_id=event.work_item_id,
        monitor_agency=event.monitor_agency,
    )


def _period(title: str, period: ReportingPeriod) -> dict[str, str]:
    return {
        "title": title,
        "start": day(period.start),
        "end": day(period.end),
        "due_on": day(period.due_on),
        "effective_due_on": day(period.effective_due_on),
        "period": period.period_id,
    }


def _report(event: PeriodicReportDue | PeriodicReportOverdue) -> str:
    return f"{event.programme_id}:{event.obligation_id}:{event.period.period_id}"
