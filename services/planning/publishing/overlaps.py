"""What overlaps say to the world; what a unit bears stays inside."""

from __future__ import annotations

from collections.abc import Sequence

import contracts.planning as published
from contracts.event import Event
from services.planning import domain


def publish(event: domain.OverlapEvent) -> Sequence[Event]:
    """Translate an event of an overlap."""
    match event:
        case domain.OverlapDetected():
            return [_detected(event)]
        case domain.OverlapResolved():
            return [_resolved(event)]


def _detected(event: domain.OverlapDetected) -> published.OverlapDetected:
    window = event.window
    return published.OverlapDetected(
        overlap_id=event.overlap_id,
        kind=event.kind.value,
        agency_id=event.agency_id,
        person_ref=event.person_ref,
        plans=event.plans,
        window=published.Window(
            start=window.start, end=window.end, tentative=window.tentative
        ),
        content_items=event.content_items,
    )


def _resolved(event: domain.OverlapResolved) -> published.OverlapResolved:
    return published.OverlapResolved(
        overlap_id=event.overlap_id,
        kind=event.kind.value,
        agency_id=event.agency_id,
        plans=event.plans,
        resolution=event.resolution.value,
        resolved_on=event.resolved_on,
        lead_plan_id=event.lead_plan_id,
        lead_agency=event.lead_agency,
        reason=event.reason,
    )
