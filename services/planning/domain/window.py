"""A stretch of days: when a plan's unit may be inspected, when a round runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days from one to another; both ends belong to it (khoảng thời gian).

    ``tentative`` is the plans' "dự kiến": the days are meant, not promised.
    """

    start: date
    end: date
    tentative: bool = False

    @property
    def reversed(self) -> bool:
        """Say whether it ends before it starts."""
        return self.end < self.start

    def __contains__(self, day: date) -> bool:
        """Say whether *day* lies in it."""
        return self.start <= day <= self.end
