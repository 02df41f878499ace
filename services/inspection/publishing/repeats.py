"""What the world hears of findings that come again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.FindingRepeated: published.FindingRepeated,
}


def publish(event: domain.MemoryEvent) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    match event:
        case domain.FindingRepeated():
            return [alike(SAME, event)]
        case (
            domain.FindingRemembered()
            | domain.FindingForgotten()
            | domain.RemedyRemembered()
            | domain.PredecessorNamed()
        ):
            return []
