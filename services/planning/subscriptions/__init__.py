"""What planning hears: others, itself, and time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.event import Event
from contracts.inspection import ConclusionIssued, VisitCompleted
from services.chassis.calendar import Calendar
from services.chassis.consumer import Reaction
from services.chassis.timers import Alarm
from services.planning.subscriptions import triggers
from services.planning.subscriptions.counting import (
    on_conclusion_issued,
    on_visit_completed,
)

ON: dict[type[Event], Reaction] = {
    VisitCompleted: on_visit_completed,
    ConclusionIssued: on_conclusion_issued,
    **triggers.ON,
}
OWN: dict[type[Any], Reaction] = {**triggers.OWN}
AT: dict[str, Alarm] = {}


def at(calendar: Calendar) -> Mapping[str, Alarm]:
    """Return what is asked when a day went by; what counts, does so by *calendar*."""
    return {**AT, **triggers.alarms(calendar)}
