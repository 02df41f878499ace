"""Working days and deadlines: the one place that counts (BLDS 2015, Đ. 144-148).

The law's holidays come from the library `holidays`, official decisions from our
overlay, which wins. What lies outside the overlay's coverage is counted and said to be
provisional: never a silent answer, never none.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from services.chassis.calendar.counting import Calendar, Counted
from services.chassis.calendar.overlay import Overlay, OverlayInvalid, Special
from services.chassis.calendar.rules import READINGS, RuleRefused

__all__ = [
    "READINGS",
    "Calendar",
    "Counted",
    "Overlay",
    "OverlayInvalid",
    "RuleRefused",
    "Special",
    "official",
]


@lru_cache(maxsize=1)
def official() -> Calendar:
    """Return the calendar that the product ships (lịch làm việc)."""
    return Calendar(Overlay.load(Path(__file__).parent / "vietnam.json"))
