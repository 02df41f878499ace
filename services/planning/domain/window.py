"""A stretch of days: when a plan's unit may be inspected, when a round runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

QUARTER = 3
YEAR = 12


class Granularity(StrEnum):
    """How exactly a plan names its days (quý, tháng, ngày)."""

    QUARTER = "QUARTER"
    MONTH = "MONTH"
    DAYS = "DAYS"


_MONTHS = {Granularity.QUARTER: QUARTER, Granularity.MONTH: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days from one to another; both ends belong to it (khoảng thời gian).

    ``tentative`` is the plans' "dự kiến": the days are meant, not promised.
    """

    start: date
    end: date
    tentative: bool = False
    granularity: Granularity = Granularity.DAYS

    @property
    def reversed(self) -> bool:
        """Say whether it ends before it starts."""
        return self.end < self.start

    @property
    def whole(self) -> bool:
        """Say whether it is made of whole quarters or months, if it is named by them.

        "Quý II, quý III" is two of them: it starts with one and ends with one.
        """
        months = _MONTHS.get(self.granularity)
        if months is None:
            return True
        after = self.end + timedelta(days=1)
        return all(
            day.day == 1 and (day.month - 1) % months == 0
            for day in (self.start, after)
        )

    @property
    def missed_from(self) -> date:
        """Return the first day on which it is too late."""
        return self.end + timedelta(days=1)

    def holds(self, other: Window) -> bool:
        """Say whether *other* lies in it, every day of it."""
        return self.start <= other.start and other.end <= self.end

    def __contains__(self, day: date) -> bool:
        """Say whether *day* lies in it."""
        return self.start <= day <= self.end
