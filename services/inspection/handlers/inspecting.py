"""Decisions of those who inspect or are inspected, and who they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from services.chassis.access import Principal
from services.chassis.context import current
from services.chassis.deciding import Decided, decide, load
from services.chassis.journal import Journal
from services.inspection import domain
from services.inspection.handlers.aggregates import CREW, INSPECTION

Check = Callable[[domain.Inspection], None]
Verb = Callable[[domain.Inspection], list[domain.InspectionEvent]]
UNIT = "unit-head"
TEAM = ("team-head", "team-member")


def officer() -> str | None:
    """Return who is asking, if it is a person: a reference is their agency's own."""
    principal = current().principal
    return f"{principal.agency_id}.{principal.person_ref}" if principal else None


def agency() -> str | None:
    """Return the agency of who is asking, if it is a person."""
    principal = current().principal
    return principal.agency_id if principal else None


async def inspect(
    journal: Journal,
    inspection_id: str,
    verb: Verb,
    *,
    known: domain.Inspection | None = None,
) -> Decided:
    """Decide for somebody who inspects: of the team, and never of the unit itself.

    *known* is the inspection, where it was read already.
    """
    check = partial(domain.impartial, agency_id=agency())
    return await members_or_above(journal, inspection_id, verb, check, known=known)


async def members_or_above(
    journal: Journal,
    inspection_id: str,
    verb: Verb,
    *checks: Check,
    known: domain.Inspection | None = None,
) -> Decided:
    """Decide for a member of the ordered team, or a role that the law puts above it."""
    principal = current().principal
    if principal is not None and principal.role in TEAM:
        if known is None:
            known = await load(journal, INSPECTION, inspection_id)
        checks += await _membership(journal, known, principal)
    return await asked_of(journal, inspection_id, verb, *checks)


async def _membership(
    journal: Journal, inspection: domain.Inspection, principal: Principal
) -> tuple[Check, ...]:
    """Return what an officer who asks as one of a team has to be."""
    if inspection.ordered is None:
        return ()
    crew = await load(journal, CREW, inspection.ordered.terms.team_id)
    who = domain.Officer(agency_id=principal.agency_id, person_ref=principal.person_ref)
    return (partial(domain.of_the_team, crew=crew, officer=who),)


async def answer(journal: Journal, inspection_id: str, verb: Verb) -> Decided:
    """Decide for the head of the inspected unit, and of no other."""
    check = partial(domain.of_the_unit, agency_id=agency())
    return await asked_of(journal, inspection_id, verb, check)


async def unit_or_team(journal: Journal, inspection_id: str, verb: Verb) -> Decided:
    """Decide for the unit's head, or for the team that takes it in from them."""
    principal = current().principal
    as_unit = principal is not None and principal.role == UNIT
    return await (answer if as_unit else inspect)(journal, inspection_id, verb)


async def asked_of(
    journal: Journal, inspection_id: str, verb: Verb, *checks: Check
) -> Decided:
    """Decide for an officer who may know of the inspection, once *checks* hold."""
    hidden = partial(domain.disclosed_to, agency_id=agency())

    def decision(inspection: domain.Inspection) -> list[domain.InspectionEvent]:
        hidden(inspection)
        for check in checks:
            check(inspection)
        return verb(inspection)

    return await decide(journal, INSPECTION, inspection_id, decision)
