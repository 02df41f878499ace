"""What the world hears of what keeps an inspection from its day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.InspectionPostponed: published.InspectionPostponed,
    domain.InspectionCancelled: published.InspectionCancelled,
    domain.VisitRefused: published.VisitRefused,
}


def publish(event: domain.CourseEvent) -> Sequence[Event]:
    """Translate an event; of what the unit does not know, it hears nothing."""
    match event:
        case domain.PointVisited() | domain.InspectionPostponed(restricted=True):
            return []
        case domain.InspectionCancelled(restricted=True):
            return [
                published.UnannouncedInspectionCancelled(
                    inspection_id=event.inspection_id,
                    plan_id=event.plan_id,
                    round_id=event.round_id,
                    agency_id=event.agency_id,
                    reason=event.reason,
                    cancelled_on=event.cancelled_on,
                )
            ]
        case (
            domain.InspectionPostponed()
            | domain.InspectionCancelled()
            | domain.VisitRefused()
        ):
            return [alike(SAME, event)]
