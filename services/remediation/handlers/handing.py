"""Hand-over to decisions: by itself, and by an authority.

The end of an agency is a stream of its own, so that neither a case that is opened later
nor one that is opened at the same moment is left with an agency that is gone: the own
journal has one order, and whichever comes second finds the first.
"""

from __future__ import annotations

from functools import partial

from services.chassis.context import current, today
from services.chassis.deciding import Decided, decide, load
from services.chassis.journal import Journal
from services.remediation import domain
from services.remediation.commands import HandOver, LetFallDue, NoteEnd
from services.remediation.handlers.aggregates import CASE, STANDING
from services.remediation.handlers.falling import agency, decide_case, let_fall_due
from services.remediation.handlers.passing import existing, pass_on_all


async def note_end(agency_id: str, command: NoteEnd, journal: Journal) -> Decided:
    """Take note that an agency ended."""
    ended = domain.UnitEnded(**dict(command))
    return await decide(journal, STANDING, agency_id, partial(domain.end, ended=ended))


async def outlive(
    ended: domain.UnitEnded, journal: Journal, *, holdings: domain.Holdings
) -> None:
    """Hand over, or ask who takes, all that the agency had to do with and is open."""
    found = await holdings.open_with(ended.agency_id, seen=await journal.head())
    for case_id in found:
        await _outlive(case_id, ended, journal)
    await pass_on_all(ended, journal, holdings=holdings)


async def take_on(case_id: str, agency_id: str | None, journal: Journal) -> None:
    """Hand the case on at once if the agency that has it ended before."""
    if agency_id is None:
        return
    standing = await load(journal, STANDING, agency_id)
    if standing.ended is not None:
        await _outlive(case_id, standing.ended, journal)


async def hand_over(
    case_id: str, command: HandOver, journal: Journal, *, holdings: domain.Holdings
) -> Decided:
    """Decide which agency takes a case on."""
    name = await existing(command.to_agency, holdings)
    return await decide_case(
        case_id,
        journal,
        partial(
            domain.hand_over,
            concerns=command.concerns,
            to_agency=command.to_agency,
            to_name=name,
            by_agency=agency(),
            reason=command.reason,
            on=today(),
        ),
    )


async def _outlive(case_id: str, ended: domain.UnitEnded, journal: Journal) -> None:
    await let_fall_due(case_id, LetFallDue(at=current().occurred_at), journal)
    decision = partial(domain.outlive, ended=ended, on=today())
    await decide(journal, CASE, case_id, decision)
