"""Succession of units to decisions on the plans that inspect them."""

from __future__ import annotations

from functools import partial

from services.chassis.context import current, today
from services.chassis.deciding import Decided, decide, load
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.commands.succeeding import TransferTarget
from services.planning.domain import succeeding
from services.planning.handlers.aggregates import AGENCY, PLAN


async def outlive(
    agency_id: str, journal: Journal, *, targets: succeeding.Targets
) -> None:
    """Go on with a successor in each plan that was to inspect the ended unit."""
    for plan_id in await targets.with_target(agency_id, seen=await journal.head()):
        await take_on(plan_id, agency_id, journal)


async def take_on(plan_id: str, agency_id: str, journal: Journal) -> None:
    """Go on with a unit's successor, if the unit has ended."""
    agency = await load(journal, AGENCY, agency_id)
    if agency.ended is None:
        return
    units: dict[str, domain.Unit] = {}
    if isinstance(agency.ended, domain.AgencySucceeded):
        for heir in agency.ended.successors:
            known = await load(journal, AGENCY, heir.agency_id)
            if known.unit is not None:
                units[heir.agency_id] = known.unit
    decision = partial(succeeding.outlive, agency=agency, units=units, on=today())
    await decide(journal, PLAN, plan_id, decision)


async def transfer_target(
    plan_id: str, command: TransferTarget, journal: Journal
) -> Decided:
    """Decide whom a plan inspects in the place of a unit that ended."""
    known = await load(journal, AGENCY, command.to_agency)
    principal = current().principal
    return await decide(
        journal,
        PLAN,
        plan_id,
        lambda plan: succeeding.transfer(
            plan,
            agency_id=command.agency_id,
            unit=known.unit,
            by=principal.agency_id if principal else "",
            reason=command.reason,
            on=today(),
        ),
    )
