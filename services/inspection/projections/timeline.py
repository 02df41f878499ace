"""What happened to an inspection, one row an event: when, and about what."""

from __future__ import annotations

from collections.abc import Sequence

from services.chassis.projector import Operation, Put, Seen
from services.inspection import domain


def happened(seen: Seen) -> Sequence[Operation]:
    """Show that an event happened."""
    event: domain.InspectionEvent = seen.event
    row = {
        "inspection_id": event.inspection_id,
        "version": seen.version,
        "type": type(event).__name__,
        "subject": _subject(event),
        "occurred_at": seen.occurred_at,
        "recorded_at": seen.recorded_at,
        "position": seen.position,
    }
    return [Put("timeline", row)]


def _subject(event: domain.InspectionEvent) -> str | None:
    """Return the id of the finding, item, figure or document an event is about."""
    match event:
        case domain.FindingRaised(finding=part):
            return part.finding_id
        case domain.ContentAssessed(assessment=about):
            return about.item
        case domain.MetricRecorded(metric=figure):
            return figure.code
        case domain.CarriedOverItemAssessed(item=earlier):
            return earlier.item_ref
    return _gathered(event)


def _gathered(event: domain.InspectionEvent) -> str | None:
    match event:
        case domain.ItemAnswered(answer=answer):
            return f"{answer.item}/{answer.question}"
        case domain.HeadAccountabilityDetermined(head=head):
            return head.finding_id
        case domain.DifficultyReported(difficulty=named):
            return named.difficulty_id
    for name in ("finding_id", "practice_id", "difficulty_id", "document_number"):
        if found := getattr(event, name, None):
            return str(found)
    return None
