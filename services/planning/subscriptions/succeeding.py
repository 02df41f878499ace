"""What planning does on its own when a unit ends, or a plan names one that has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from services.chassis.consumer import Reaction
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.domain import plan, succeeding
from services.planning.handlers.passing import pass_target_on
from services.planning.handlers.succeeding import outlive, take_on

Named = domain.UnitAdded | plan.TargetAdded | plan.UnplannedTargetAdded


async def on_agency_ended(
    event: domain.AgencySucceeded | domain.AgencyDissolved,
    journal: Journal,
    *,
    targets: succeeding.Targets,
) -> None:
    """Let the plans that were to visit the unit go on with its successor."""
    await outlive(event.agency_id, journal, targets=targets)


async def on_unit_named(event: Named, journal: Journal) -> None:
    """Go on at once if the unit ended before, or at the same moment."""
    await take_on(event.plan_id, event.agency_id, journal)


async def on_target_transferred(
    event: plan.TargetTransferred, journal: Journal
) -> None:
    """Let the successor bear it; go further on if the successor is gone too."""
    await pass_target_on(event, journal)
    await take_on(event.plan_id, event.heir.agency_id, journal)


def own(targets: succeeding.Targets) -> Mapping[type[Any], Reaction]:
    """Return the reactions; plans are found in *targets*."""
    ended = partial(on_agency_ended, targets=targets)
    return {
        domain.AgencySucceeded: ended,
        domain.AgencyDissolved: ended,
        domain.UnitAdded: on_unit_named,
        plan.TargetAdded: on_unit_named,
        plan.UnplannedTargetAdded: on_unit_named,
        plan.TargetTransferred: on_target_transferred,
    }
