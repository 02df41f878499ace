"""What is asked of an agency that ended, beside its cases, to decisions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from services.chassis.context import current, today
from services.chassis.deciding import Decided, decide, load
from services.chassis.journal import Journal
from services.remediation import domain
from services.remediation.commands import (
    HandDirectiveOver,
    HandUpwardOver,
    LetFallDue,
)
from services.remediation.handlers.aggregates import DIRECTIVE, STANDING, UPWARD
from services.remediation.handlers.falling import agency, let_answer_fall_due


async def pass_on_all(
    ended: domain.UnitEnded, journal: Journal, *, holdings: domain.Holdings
) -> None:
    """Ask of a successor all that an agency was asked, or ask who is one."""
    seen = await journal.head()
    for directive_id in await holdings.asked_of(ended.agency_id, seen=seen):
        await _pass_on(directive_id, ended, journal)
    for recommendation_id in await holdings.awaited_from(ended.agency_id, seen=seen):
        await _outlive(recommendation_id, ended, journal)


async def pass_on_at_once(
    directive_id: str, addressees: Iterable[str], journal: Journal
) -> None:
    """Go on at once where an addressee ended before it was asked."""
    for agency_id in addressees:
        standing = await load(journal, STANDING, agency_id)
        if standing.ended is not None:
            await _pass_on(directive_id, standing.ended, journal)


async def answer_in_place_at_once(
    recommendation_id: str, addressee: str, journal: Journal
) -> None:
    """Have a successor answer at once if the addressee ended before."""
    standing = await load(journal, STANDING, addressee)
    if standing.ended is not None:
        await _outlive(recommendation_id, standing.ended, journal)


async def hand_directive_over(
    directive_id: str,
    command: HandDirectiveOver,
    journal: Journal,
    *,
    holdings: domain.Holdings,
) -> Decided:
    """Decide of whom a directive is asked now."""
    verb = partial(
        domain.hand_directive_over,
        from_agency=command.from_agency,
        to_agency=command.to_agency,
        to_name=await existing(command.to_agency, holdings),
        by_agency=agency(),
        reason=command.reason,
        on=today(),
    )
    return await decide(journal, DIRECTIVE, directive_id, verb)


async def hand_upward_over(
    recommendation_id: str,
    command: HandUpwardOver,
    journal: Journal,
    *,
    holdings: domain.Holdings,
) -> Decided:
    """Decide who answers a recommendation upward now; first it is overdue, if it is."""
    now = LetFallDue(at=current().occurred_at)
    await let_answer_fall_due(recommendation_id, now, journal)
    verb = partial(
        domain.hand_upward_over,
        to_agency=command.to_agency,
        to_name=await existing(command.to_agency, holdings),
        by_agency=agency(),
        reason=command.reason,
        on=today(),
    )
    return await decide(journal, UPWARD, recommendation_id, verb)


async def existing(agency_id: str, holdings: domain.Holdings) -> str:
    """Return the name of an agency that exists today.

    Raises:
        RemediationRefused: There is none of that id.
    """
    name = await holdings.name_of(agency_id, on=today())
    if name is None:
        raise domain.RemediationRefused(
            "unknown-agency", f"{agency_id} does not exist today"
        )
    return name


async def _pass_on(
    directive_id: str, ended: domain.UnitEnded, journal: Journal
) -> None:
    verb = partial(domain.pass_on, ended=ended, on=today())
    await decide(journal, DIRECTIVE, directive_id, verb)


async def _outlive(
    recommendation_id: str, ended: domain.UnitEnded, journal: Journal
) -> None:
    now = LetFallDue(at=current().occurred_at)
    await let_answer_fall_due(recommendation_id, now, journal)
    verb = partial(domain.outlive_upward, ended=ended, on=today())
    await decide(journal, UPWARD, recommendation_id, verb)
