"""Commands on findings to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.context import today
from services.chassis.deciding import Decided, load
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import INSPECTION
from services.inspection.handlers.inspecting import inspect, officer
from services.inspection.handlers.offices import office_of


async def raise_finding(
    inspection_id: str, command: asked.RaiseFinding, journal: Journal
) -> Decided:
    """Record a shortcoming."""
    known = await load(journal, INSPECTION, inspection_id)
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.raise_finding,
            finding=command.value(),
            on=today(),
            by=officer(),
            office=await office_of(known, journal),
        ),
        known=known,
    )


async def rectify_on_site(
    inspection_id: str, command: asked.RectifyOnSite, journal: Journal
) -> Decided:
    """Put a finding right while the team is there."""
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.rectify_on_site,
            finding_id=command.finding_id,
            how=command.how,
            evidence=tuple(given.value() for given in command.evidence),
            on=today(),
            by=officer(),
        ),
    )


async def determine_accountability(
    inspection_id: str, command: asked.DetermineAccountability, journal: Journal
) -> Decided:
    """Say how far the unit's head answers."""
    known = await load(journal, INSPECTION, inspection_id)
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.determine_accountability,
            head=command.value(),
            on=today(),
            by=officer(),
            office=await office_of(known, journal, finding_id=command.finding_id),
        ),
        known=known,
    )


async def withdraw_finding(
    inspection_id: str, command: asked.WithdrawFinding, journal: Journal
) -> Decided:
    """Take a finding back."""
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.withdraw_finding,
            finding_id=command.finding_id,
            reason=command.reason,
            on=today(),
        ),
    )
