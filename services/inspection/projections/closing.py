"""How an inspection ends, to rows."""

from __future__ import annotations

from collections.abc import Sequence

from services.chassis.projector import Change, Operation, Seen
from services.inspection import domain
from services.inspection.projections.versions import Project


def settled(seen: Seen) -> Sequence[Operation]:
    """Change nothing that is shown: what became of a case, remediation shows."""
    del seen
    return []


def reopened(seen: Seen) -> Sequence[Operation]:
    """Show the inspection as concluded again, and not closed."""
    values = {"state": domain.Status.CONCLUDED.value, "closed_on": None}
    key = {"inspection_id": seen.event.inspection_id}
    return [Change("inspections", key, values)]


def closed(seen: Seen) -> Sequence[Operation]:
    """Show the inspection as closed."""
    values = {
        "state": domain.Status.CLOSED.value,
        "closed_on": seen.event.closed_on,
    }
    key = {"inspection_id": seen.event.inspection_id}
    return [Change("inspections", key, values)]


OWN: dict[type, Project] = {
    domain.RemedySettled: settled,
    domain.RemedyReopened: reopened,
    domain.InspectionClosed: closed,
}
