"""Commands on periodic reports to decisions; the numbers come from the views."""

from __future__ import annotations

from typing import get_args

from services.chassis.context import current, today
from services.chassis.deciding import Aggregate, Decided, decide
from services.chassis.journal import Journal
from services.notification.commands import CompileReport, SubmitReport
from services.notification.domain import report

REPORT: Aggregate[report.Report] = Aggregate(
    category="report",
    initial=report.Report,
    evolve=report.evolve_report,
    events=get_args(report.ReportEvent),
)


async def compile_report(
    report_id: str, command: CompileReport, journal: Journal, *, ledger: report.Ledger
) -> Decided:
    """Count what was heard of a programme or a plan in a period.

    Raises:
        ReportUnknown: Nothing was heard of the programme or plan yet.
    """
    scope = await ledger.scope(
        programme_id=command.programme_id, plan_id=command.plan_id
    )
    if scope is None:
        about = command.programme_id or command.plan_id
        raise report.ReportUnknown("report-about-unknown", f"nobody told of {about}")
    compiled = report.PeriodicReportCompiled(
        report_id=report_id,
        agency_id=_asking(),
        recipient_id=scope.issuer,
        programme_id=command.programme_id,
        plan_id=command.plan_id,
        period=command.period,
        start=command.start,
        end=command.end,
        compiled_on=today(),
        figures=await ledger.figures(scope, command.start, command.end),
    )
    return await decide(
        journal,
        REPORT,
        report_id,
        lambda state: report.compile_report(state, compiled=compiled),
    )


async def submit_report(
    report_id: str, command: SubmitReport, journal: Journal
) -> Decided:
    """Send a compiled report up."""
    return await decide(
        journal,
        REPORT,
        report_id,
        lambda state: report.submit_report(
            state,
            document_number=command.document_number,
            on=command.submitted_on or today(),
            by_agency=_asking(),
        ),
    )


def _asking() -> str:
    principal = current().principal
    return principal.agency_id if principal else ""
