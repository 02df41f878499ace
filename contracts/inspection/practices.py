"""Events of good practices after they were seen: tried, proposed, taken back."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility


class GoodPracticePiloted(Event):
    """A model is tried at some units, for a time (thí điểm)."""

    TYPE: ClassVar[str] = "inspection.good-practice-piloted.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    practice_id: str
    units: tuple[str, ...]
    start: date
    end: date
    piloted_on: date


class GoodPracticeProposed(Event):
    """It was proposed that others take a model over (đề xuất nhân rộng)."""

    TYPE: ClassVar[str] = "inspection.good-practice-proposed.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    practice_id: str
    scope: tuple[str, ...]
    text: str
    proposed_on: date
    authority: str | None = None


class GoodPracticeWithdrawn(Event):
    """It is no model any more, with the reason."""

    TYPE: ClassVar[str] = "inspection.good-practice-withdrawn.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    practice_id: str
    reason: str
    withdrawn_on: date
