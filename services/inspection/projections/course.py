"""What keeps an inspection from its day, to rows."""

from __future__ import annotations

from collections.abc import Sequence

from services.chassis.projector import Add, Change, Operation, Put, Seen
from services.inspection import domain
from services.inspection.projections.versions import Project

State = domain.Status


def postponed(seen: Seen) -> Sequence[Operation]:
    """Show the new day."""
    event: domain.InspectionPostponed = seen.event
    key = {"inspection_id": event.inspection_id}
    values = {
        "state": State.POSTPONED.value,
        "planned_on": event.planned_on,
        "postponed_reason": event.reason,
    }
    return [
        Change("inspections", key, values),
        Add("inspections", key, {"postponed_count": 1}),
    ]


def cancelled(seen: Seen) -> Sequence[Operation]:
    """Show that it is off."""
    event: domain.InspectionCancelled = seen.event
    values = {
        "state": State.CANCELLED.value,
        "cancelled_on": event.cancelled_on,
        "cancelled_reason": event.reason,
    }
    return [Change("inspections", {"inspection_id": event.inspection_id}, values)]


def visit_refused(seen: Seen) -> Sequence[Operation]:
    """Show that the unit did not let the team work."""
    event: domain.VisitRefused = seen.event
    key = {"inspection_id": event.inspection_id}
    values = {
        "refused_at": event.refused_at,
        "refused_reason": event.reason,
        "refused_witness": event.witness_ref,
    }
    return [
        Change("inspections", key, values),
        Add("inspections", key, {"refusal_count": 1}),
    ]


def point_visited(seen: Seen) -> Sequence[Operation]:
    """Show a point that the team was at."""
    event: domain.PointVisited = seen.event
    row = {
        "inspection_id": event.inspection_id,
        "point": event.point,
        "visited_at": event.visited_at,
    }
    return [Put("points", row)]


OWN: dict[type, Project] = {
    domain.InspectionPostponed: postponed,
    domain.InspectionCancelled: cancelled,
    domain.VisitRefused: visit_refused,
    domain.PointVisited: point_visited,
}
