"""What the world hears of good practices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.GoodPracticeRecorded: published.GoodPracticeRecorded,
    domain.GoodPracticePiloted: published.GoodPracticePiloted,
    domain.GoodPracticeProposed: published.GoodPracticeProposed,
    domain.GoodPracticeWithdrawn: published.GoodPracticeWithdrawn,
}


def publish(event: domain.PracticeEvent) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    match event:
        case domain.AdoptionNoted() | domain.EffectNoted():
            return []
        case (
            domain.GoodPracticeRecorded()
            | domain.GoodPracticePiloted()
            | domain.GoodPracticeProposed()
            | domain.GoodPracticeWithdrawn()
        ):
            return [alike(SAME, event)]
