"""What inspection asks of a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol


class Counted(Protocol):
    """When something is due, as a calendar counted it."""

    @property
    def nominal(self) -> date:
        """The day the rule names."""

    @property
    def effective(self) -> date:
        """That day, rolled to a working day."""

    @property
    def overdue_from(self) -> date:
        """The first day on which it is late."""

    @property
    def calendar_version(self) -> str:
        """Which calendar counted."""

    @property
    def provisional(self) -> bool:
        """Whether the calendar may still change for these days."""


class Calendar(Protocol):
    """Counts working days; the chassis has one."""

    def due(self, start: date, rule: Mapping[str, Any]) -> Counted:
        """Return when something is due that starts on *start*."""
