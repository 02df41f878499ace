"""Commands on a unit's memory of findings to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.context import today
from services.chassis.deciding import decide, load
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import MEMORY


async def remember_finding(
    agency_id: str, command: asked.RememberFinding, journal: Journal
) -> None:
    """Put a finding to memory, then look back."""
    verb = partial(domain.remember_finding, finding=command.finding)
    await decide(journal, MEMORY, agency_id, verb)
    await _look_back(agency_id, journal)


async def forget_finding(
    agency_id: str, command: asked.ForgetFinding, journal: Journal
) -> None:
    """Let a finding count no more."""
    verb = partial(
        domain.forget_finding, agency_id=agency_id, finding_id=command.finding_id
    )
    await decide(journal, MEMORY, agency_id, verb)


async def remember_remedies(
    agency_id: str, command: asked.RememberRemedies, journal: Journal
) -> None:
    """Put to memory what was asked for."""
    verb = partial(domain.remember_remedies, remedies=command.remedies)
    await decide(journal, MEMORY, agency_id, verb)


async def name_predecessor(
    agency_id: str, command: asked.NamePredecessor, journal: Journal
) -> None:
    """Let a unit answer for a predecessor's findings, then look back."""
    verb = partial(
        domain.name_predecessor,
        agency_id=agency_id,
        predecessor_id=command.predecessor_id,
        effective_on=command.effective_on,
    )
    await decide(journal, MEMORY, agency_id, verb)
    await _look_back(agency_id, journal)


async def _look_back(agency_id: str, journal: Journal) -> None:
    inherited = await _inherited(agency_id, journal)
    verb = partial(domain.look_back, inherited=inherited, on=today())
    await decide(journal, MEMORY, agency_id, verb)


async def _inherited(agency_id: str, journal: Journal) -> tuple[domain.Memory, ...]:
    """Return the memories of all units that this one came from, however far back."""
    seen: dict[str, domain.Memory] = {}
    ahead = [agency_id]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen[name] = await load(journal, MEMORY, name)
            ahead.extend(seen[name].predecessors)
    del seen[agency_id]
    return tuple(seen.values())
