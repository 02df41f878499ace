"""Commands on the date of a case to decisions."""

from __future__ import annotations

from services.chassis.context import current, today
from services.chassis.deciding import Decided
from services.chassis.journal import Journal
from services.remediation import domain
from services.remediation.commands import (
    ApproveExtension,
    ExtendDeadline,
    RecalculateDeadline,
    RefuseExtension,
    RequestExtension,
)
from services.remediation.handlers.falling import agency, decide_case


async def extend_deadline(
    case_id: str,
    command: ExtendDeadline,
    journal: Journal,
    *,
    calendar: domain.WorkingDays,
) -> Decided:
    """Give more time."""
    return await decide_case(
        case_id,
        journal,
        lambda case: domain.extend(
            case,
            requested_on=command.requested_on,
            at=current().occurred_at,
            approved_by=agency(),
            reason=command.reason,
            due_rule=command.due.rule(),
            calendar=calendar,
        ),
    )


async def request_extension(
    case_id: str,
    command: RequestExtension,
    journal: Journal,
    *,
    calendar: domain.WorkingDays,
) -> Decided:
    """Ask for more time."""
    return await decide_case(
        case_id,
        journal,
        lambda case: domain.request_extension(
            case,
            by_agency=agency(),
            request_id=command.request_id,
            on=today(),
            done_so_far=command.done_so_far,
            reason=command.reason,
            due_rule=command.due.rule(),
            interim_measure=command.interim_measure,
            calendar=calendar,
        ),
    )


async def approve_extension(
    case_id: str,
    command: ApproveExtension,
    journal: Journal,
    *,
    calendar: domain.WorkingDays,
) -> Decided:
    """Give the time that was asked for."""
    return await decide_case(
        case_id,
        journal,
        lambda case: domain.approve_extension(
            case,
            request_id=command.request_id,
            at=current().occurred_at,
            by_agency=agency(),
            due_rule=command.due.rule() if command.due else None,
            calendar=calendar,
        ),
    )


async def refuse_extension(
    case_id: str, command: RefuseExtension, journal: Journal
) -> Decided:
    """Turn a request for more time down."""
    return await decide_case(
        case_id,
        journal,
        lambda case: domain.refuse_extension(
            case,
            request_id=command.request_id,
            on=today(),
            by_agency=agency(),
            reason=command.reason,
        ),
    )


async def recalculate_deadline(
    case_id: str,
    command: RecalculateDeadline,
    journal: Journal,
    *,
    calendar: domain.WorkingDays,
) -> Decided:
    """Count a date again by the calendar that was named."""
    named = domain.calendar_of(calendar, command.calendar_version)
    return await decide_case(
        case_id,
        journal,
        lambda case: domain.recalculate(
            case, at=current().occurred_at, by_agency=agency(), calendar=named
        ),
    )
