"""Events that both languages tell with the same fields under the same names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from contracts.event import Event
from services.inspection import domain


def alike(
    same: Mapping[type[Any], type[Event]],
    event: domain.InspectionEvent
    | domain.RoundEvent
    | domain.PracticeEvent
    | domain.ChecklistEvent
    | domain.MemoryEvent,
) -> Event:
    """Tell an event field by field, as the table *same* names it."""
    return same[type(event)].model_validate(asdict(event))
