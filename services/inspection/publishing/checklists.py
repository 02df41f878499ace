"""What the world hears of checklists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.ChecklistPublished: published.ChecklistPublished,
}


def publish(event: domain.ChecklistEvent) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    match event:
        case domain.ChecklistPublished():
            return [alike(SAME, event)]
