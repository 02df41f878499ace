"""Periodic reports (báo cáo định kỳ): compiled from what was heard, then submitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

BY_KIND, BY_ITEM = "findings_by_kind", "findings_by_item"
MEASURES = (
    "plans_issued",
    "visits_started",
    "unannounced_visits",
    "visits_completed",
    "conclusions_issued",
    "conclusions_late",
    "conclusions_overdue",
    "findings_raised",
    "findings_withdrawn",
    "cases_opened",
    "cases_overdue",
    "cases_closed",
    "cases_closed_late",
    "work_items_assigned",
    "work_items_done",
    "work_items_done_late",
    "work_items_overdue",
    "work_items_urged",
    "signals_received",
)


class ReportRefused(Exception):
    """A rule of reports said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class ReportUnknown(ReportRefused):
    """There is no such report, or nothing is known of what it is to be about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was counted: by measure, and the findings by kind and by content item."""

    numbers: dict[str, int]
    by_kind: dict[str, int]
    by_item: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicReportCompiled:
    """The numbers of a period were put together (tổng hợp báo cáo)."""

    report_id: str
    agency_id: str
    recipient_id: str
    programme_id: str | None
    plan_id: str | None
    period: str
    start: date
    end: date
    compiled_on: date
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicReportSubmitted:
    """The report went to its recipient, under a number (trình báo cáo)."""

    report_id: str
    agency_id: str
    recipient_id: str
    programme_id: str | None
    plan_id: str | None
    period: str
    start: date
    end: date
    document_number: str
    submitted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a report is about, and who issued that: whom the report goes to."""

    issuer: str
    plan_id: str | None
    programme_id: str | None


class Ledger(Protocol):
    """What was counted of all that was heard; the views have one."""

    async def scope(
        self, *, programme_id: str | None, plan_id: str | None
    ) -> Scope | None:
        """Return what a report is to be about, if anything was heard of it."""

    async def figures(self, about: Scope, start: date, end: date) -> Figures:
        """Return what occurred from *start* to *end*; what did not is nought."""


ReportEvent = PeriodicReportCompiled | PeriodicReportSubmitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The state a decision needs."""

    compiled: PeriodicReportCompiled | None = None
    submitted: PeriodicReportSubmitted | None = None


def evolve_report(report: Report, event: ReportEvent) -> Report:
    """Fold one event in. Never refuses: it already happened."""
    match event:
        case PeriodicReportCompiled():
            return replace(report, compiled=event)
        case PeriodicReportSubmitted():
            return replace(report, submitted=event)


def compile_report(
    report: Report, *, compiled: PeriodicReportCompiled
) -> list[ReportEvent]:
    """Put a period's numbers together, again if they moved; not once submitted."""
    before = report.compiled
    if before is not None and _about(before) != _about(compiled):
        raise ReportRefused("report-compiled-otherwise", "it is about something else")
    if before is not None and before.figures == compiled.figures:
        return []
    if report.submitted is not None:
        raise ReportRefused(
            "report-submitted", f"it went out as {report.submitted.document_number}"
        )
    if compiled.end < compiled.start:
        raise ReportRefused("window-reversed", "the period ends before it begins")
    if compiled.compiled_on <= compiled.end:
        raise ReportRefused(
            "period-not-closed", f"its numbers are closed at the end of {compiled.end}"
        )
    return [compiled]


def _about(compiled: PeriodicReportCompiled) -> tuple[object, ...]:
    return (
        compiled.agency_id,
        compiled.programme_id,
        compiled.plan_id,
        compiled.period,
        compiled.start,
        compiled.end,
    )


def submit_report(
    report: Report, *, document_number: str, on: date, by_agency: str
) -> list[ReportEvent]:
    """Send a compiled report up, once, under the number of its agency."""
    compiled = report.compiled
    if compiled is None:
        raise ReportUnknown("report-not-compiled", "nothing was compiled yet")
    if by_agency != compiled.agency_id:
        raise ReportRefused("not-your-report", f"it is {compiled.agency_id}'s")
    if report.submitted is not None:
        if report.submitted.document_number == document_number:
            return []
        raise ReportRefused(
            "report-submitted", f"it went out as {report.submitted.document_number}"
        )
    return [
        PeriodicReportSubmitted(
            report_id=compiled.report_id,
            agency_id=compiled.agency_id,
            recipient_id=compiled.recipient_id,
            programme_id=compiled.programme_id,
            plan_id=compiled.plan_id,
            period=compiled.period,
            start=compiled.start,
            end=compiled.end,
            document_number=document_number,
            submitted_on=on,
        )
    ]
