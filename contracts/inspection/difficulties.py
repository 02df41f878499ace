"""Events of difficulties (khó khăn, vướng mắc)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility


class DifficultyReported(Event):
    """A unit named a difficulty that ``addressee`` can remove."""

    TYPE: ClassVar[str] = "inspection.difficulty-reported.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    difficulty_id: str
    text: str
    addressee: str
    reported_on: date


class DifficultyAnswered(Event):
    """The addressee answered a difficulty (tháo gỡ vướng mắc)."""

    TYPE: ClassVar[str] = "inspection.difficulty-answered.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    plan_id: str
    agency_id: str
    difficulty_id: str
    addressee: str
    text: str
    answered_on: date
    document_number: str | None = None
