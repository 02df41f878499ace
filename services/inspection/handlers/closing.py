"""How an inspection ends: commands to decisions."""

from __future__ import annotations

from functools import partial

from services.chassis.deciding import Decided, decide
from services.chassis.journal import Journal
from services.inspection import domain
from services.inspection.commands import (
    CloseWithoutRemedies,
    ReopenRemedy,
    SettleRemedy,
)
from services.inspection.handlers.aggregates import INSPECTION


async def settle_remedy(
    inspection_id: str, command: SettleRemedy, journal: Journal
) -> Decided:
    """Note that a case is waited for no more."""
    verb = partial(
        domain.settle_remedy,
        recommendation_id=command.recommendation_id,
        settled_as=command.settled_as,
        on=command.settled_on,
    )
    return await decide(journal, INSPECTION, inspection_id, verb)


async def reopen_remedy(
    inspection_id: str, command: ReopenRemedy, journal: Journal
) -> Decided:
    """Note that a case is open again."""
    verb = partial(
        domain.reopen_remedy,
        recommendation_id=command.recommendation_id,
        on=command.reopened_on,
    )
    return await decide(journal, INSPECTION, inspection_id, verb)


async def close_without_remedies(
    inspection_id: str, command: CloseWithoutRemedies, journal: Journal
) -> Decided:
    """Close an inspection that asks for nothing."""
    verb = partial(domain.close_without_remedies, on=command.concluded_on)
    return await decide(journal, INSPECTION, inspection_id, verb)
