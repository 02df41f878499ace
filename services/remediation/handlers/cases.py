"""Commands on a case to decisions: one function per command, no rule in here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from services.chassis.context import current, today
from services.chassis.deciding import Decided, decide_many
from services.chassis.journal import Journal
from services.remediation import domain
from services.remediation.commands import (
    CloseCase,
    IssueRecommendation,
    RecordReport,
    RejectRemediation,
    ReopenCase,
    ReportRemediation,
    SubmitPlan,
    VerifyRemediation,
    WaiveCase,
)
from services.remediation.handlers.aggregates import CASE
from services.remediation.handlers.falling import agency, decide_case, officer


async def issue_recommendations(
    commands: Mapping[str, IssueRecommendation],
    journal: Journal,
    *,
    calendar: domain.WorkingDays,
) -> Mapping[str, Decided]:
    """Open the cases of one conclusion, all of them or none."""
    return await decide_many(
        journal,
        CASE,
        {
            case_id: partial(
                domain.issue, case_id=case_id, calendar=calendar, **dict(command)
            )
            for case_id, command in commands.items()
        },
    )


async def submit_plan(case_id: str, command: SubmitPlan, journal: Journal) -> Decided:
    """Take the plan of the unit's head."""
    principal = current().principal
    return await decide_case(
        case_id,
        journal,
        lambda case: domain.submit_plan(
            case,
            by_agency=agency(),
            head_ref=principal.person_ref if principal else "",
            on=today(),
            measures=tuple(domain.Measure(**dict(m)) for m in command.measures),
            document_number=command.document_number,
        ),
    )


async def report_remediation(
    case_id: str, command: ReportRemediation, journal: Journal
) -> Decided:
    """Take a unit's report."""
    return await decide_case(
        case_id,
        journal,
        lambda case: domain.report(
            case,
            by_agency=agency(),
            on=today(),
            summary=command.summary,
            evidence=tuple(proof.value() for proof in command.evidence),
        ),
    )


async def record_report(
    case_id: str, command: RecordReport, journal: Journal
) -> Decided:
    """Enter a report that arrived on paper."""
    return await decide_case(
        case_id,
        journal,
        lambda case: domain.record_report(
            case,
            by_agency=agency(),
            reported_on=command.reported_on,
            on=today(),
            summary=command.summary,
            document_number=command.document_number,
            evidence=tuple(proof.value() for proof in command.evidence),
        ),
    )


async def verify_remediation(
    case_id: str, command: VerifyRemediation, journal: Journal
) -> Decided:
    """Find a remedy good."""
    return await decide_case(
        case_id,
        journal,
        lambda case: domain.verify(
            case,
            by_agency=agency(),
            on=today(),
            verified_on=command.verified_on,
            remark=command.remark,
            by_officer=officer(),
        ),
    )


async def reject_remediation(
    case_id: str,
    command: RejectRemediation,
    journal: Journal,
    *,
    calendar: domain.WorkingDays,
) -> Decided:
    """Find a remedy wanting."""
    return await decide_case(
        case_id,
        journal,
        lambda case: domain.reject(
            case,
            by_agency=agency(),
            at=current().occurred_at,
            reason=command.reason,
            calendar=calendar,
            by_officer=officer(),
        ),
    )


async def close_case(case_id: str, _: CloseCase, journal: Journal) -> Decided:
    """Close a case, which only a verification does."""
    return await decide_case(case_id, journal, domain.close)


async def reopen_case(
    case_id: str,
    command: ReopenCase,
    journal: Journal,
    *,
    calendar: domain.WorkingDays,
) -> Decided:
    """Open an ended case again."""
    return await decide_case(
        case_id,
        journal,
        lambda case: domain.reopen(
            case,
            by_agency=agency(),
            at=current().occurred_at,
            reason=command.reason,
            due_rule=command.due.rule() if command.due else None,
            calendar=calendar,
        ),
    )


async def waive_case(case_id: str, command: WaiveCase, journal: Journal) -> Decided:
    """Ask for a remedy no longer."""
    return await decide_case(
        case_id,
        journal,
        lambda case: domain.waive(
            case, by_agency=agency(), on=today(), reason=command.reason
        ),
    )
