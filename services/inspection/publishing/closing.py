"""What the world hears of how an inspection ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.InspectionClosed: published.InspectionClosed,
}


def publish(event: domain.ClosingEvent) -> Sequence[Event]:
    """Translate an event; what became of a case, remediation has told."""
    match event:
        case domain.InspectionClosed():
            return [alike(SAME, event)]
        case domain.RemedySettled() | domain.RemedyReopened():
            return []
