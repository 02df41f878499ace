"""Periodic reports to rows; and the log of who was urged."""

from __future__ import annotations

from collections.abc import Sequence

from services.chassis.projector import Change, Operation, Projection, Put, Seen, Table
from services.notification import domain
from services.notification.domain import report

REPORTS = Table(
    name="reports",
    columns={
        "report_id": "text",
        "agency_id": "text",
        "recipient_id": "text",
        "programme_id": "text",
        "plan_id": "text",
        "period": "text",
        "period_start": "date",
        "period_end": "date",
        "state": "text",
        "compiled_on": "date",
        "numbers": "jsonb",
        "by_kind": "jsonb",
        "by_item": "jsonb",
        "document_number": "text",
        "submitted_on": "date",
        "version": "integer",
    },
    key=("report_id",),
)
URGINGS = Table(
    name="urgings",
    columns={
        "notice_id": "text",
        "agency_id": "text",
        "recipient_id": "text",
        "case_id": "text",
        "work_item_id": "text",
        "report_period": "text",
        "recommendation_id": "text",
        "monitor_agency": "text",
        "level": "integer",
        "urged_on": "date",
    },
    key=("notice_id",),
    indexes=(("agency_id",), ("monitor_agency",)),
)


def on_compiled(seen: Seen) -> Sequence[Operation]:
    """Show the numbers of a period."""
    event: report.PeriodicReportCompiled = seen.event
    row = {
        "report_id": event.report_id,
        "agency_id": event.agency_id,
        "recipient_id": event.recipient_id,
        "programme_id": event.programme_id,
        "plan_id": event.plan_id,
        "period": event.period,
        "period_start": event.start,
        "period_end": event.end,
        "state": "compiled",
        "compiled_on": event.compiled_on,
        "numbers": event.figures.numbers,
        "by_kind": event.figures.by_kind,
        "by_item": event.figures.by_item,
        "document_number": None,
        "submitted_on": None,
        "version": seen.version,
    }
    return [Put("reports", row)]


def on_submitted(seen: Seen) -> Sequence[Operation]:
    """Show under which number it went out."""
    event: report.PeriodicReportSubmitted = seen.event
    values = {
        "state": "submitted",
        "document_number": event.document_number,
        "submitted_on": event.submitted_on,
        "version": seen.version,
    }
    return [Change("reports", {"report_id": event.report_id}, values)]


def on_delivered(seen: Seen) -> Sequence[Operation]:
    """Log who was urged of what, once the letter arrived."""
    event: domain.NoticeDelivered = seen.event
    urging = event.urging
    if urging is None:
        return []
    row = {
        "notice_id": event.notice_id,
        "agency_id": urging.agency_id,
        "recipient_id": event.recipient_id,
        "case_id": urging.case_id or None,
        "work_item_id": urging.work_item_id,
        "report_period": urging.report_period,
        "recommendation_id": urging.recommendation_id,
        "monitor_agency": urging.monitor_agency,
        "level": urging.level,
        "urged_on": urging.urged_on,
    }
    return [Put("urgings", row)]


PROJECTION = Projection(
    name="reports",
    tables=(REPORTS, URGINGS),
    own={
        report.PeriodicReportCompiled: on_compiled,
        report.PeriodicReportSubmitted: on_submitted,
        domain.NoticeDelivered: on_delivered,
    },
)
