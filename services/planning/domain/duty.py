"""Days by which something is owed: what planning needs of a calendar that counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


class Counted(Protocol):
    """What counting gives: the day as said, and the day it rolls to."""

    @property
    def nominal(self) -> date:
        """The day that the rule names."""

    @property
    def effective(self) -> date:
        """That day, or the next one that is worked."""

    @property
    def overdue_from(self) -> date:
        """The first day that is too late."""

    @property
    def calendar_version(self) -> str:
        """Which calendar counted."""


class Calendar(Protocol):
    """Counts working days; the chassis has one."""

    def due(self, start: date | datetime | None, rule: Mapping[str, Any]) -> Counted:
        """Return when something is due that starts on *start*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """When something is owed, counted once and kept: a replay counts nothing."""

    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str

    @property
    def overdue_at(self) -> datetime:
        """Return the moment, in Hà Nội, from which it is late (BLDS 2015, Đ. 148)."""
        return datetime.combine(self.overdue_from, time.min, tzinfo=HANOI)

    def missed_on(self, day: date) -> bool:
        """Say whether what is done on *day* is late."""
        return day >= self.overdue_from


def within(calendar: Calendar, start: date, *, kind: str, n: int) -> DueDay:
    """Return the day that comes *n* days of *kind* after *start*."""
    return _kept(calendar.due(start, {"kind": kind, "n": n}))


def by(calendar: Calendar, day: date) -> DueDay:
    """Return *day* as a day by which something is owed (chậm nhất ngày …)."""
    return _kept(calendar.due(None, {"kind": "by_date", "date": day.isoformat()}))


def due(calendar: Calendar, start: date | None, rule: Mapping[str, Any]) -> DueDay:
    """Return the day that any rule of the calendar names, counted from *start*."""
    return _kept(calendar.due(start, rule))


def before(calendar: Calendar, day: date, n: int) -> date:
    """Return the *n*-th working day before *day*."""
    rule = {"kind": "working_days_before", "date": day.isoformat(), "n": n}
    return calendar.due(None, rule).effective


def _kept(counted: Counted) -> DueDay:
    return DueDay(
        due_on=counted.nominal,
        effective_due_on=counted.effective,
        overdue_from=counted.overdue_from,
        calendar_version=counted.calendar_version,
    )
