"""What the world hears of rounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.RoundEnded: published.RoundEnded,
    domain.RoundRequestsIssued: published.RoundRequestsIssued,
}


def publish(event: domain.RoundEvent) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    match event:
        case (
            domain.RoundPlanned()
            | domain.RoundDisclosed()
            | domain.InspectionEnrolled()
            | domain.VisitCounted()
            | domain.ReportCounted()
            | domain.InspectionDropped()
        ):
            return []
        case domain.RoundEnded() | domain.RoundRequestsIssued():
            return [alike(SAME, event)]
