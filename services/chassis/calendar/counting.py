"""The calendar that counts: which days work, and when something is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version
from typing import Any

import holidays

from services.chassis.calendar.overlay import SATURDAY, Overlay, Special
from services.chassis.calendar.rules import (
    MAX_N,
    NAMED,
    READING_OF,
    UNROLLED,
    RuleRefused,
    day_of,
    parse,
)

DAY = timedelta(days=1)
LIBRARY = f"holidays-{version('holidays')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What counting gives; *reading* names the interpretation taken, if any."""

    nominal: date
    effective: date
    overdue_from: date
    calendar_version: str
    provisional: bool
    reading: str | None


class Calendar:
    """Working days in Việt Nam: the law's holidays, and an overlay that wins."""

    def __init__(self, overlay: Overlay) -> None:
        self.overlay = overlay
        self.version = f"{overlay.version}+{LIBRARY}"
        self._years: dict[int, Mapping[date, Special]] = {}

    @property
    def versions(self) -> tuple[str, ...]:
        """Return the versions that can be counted by, this one first."""
        earlier = (f"{it.version}+{LIBRARY}" for it in self.overlay.earlier)
        return (self.version, *earlier)

    def edition(self, version: str) -> Calendar | None:
        """Return the calendar of a version that the overlay knows.

        It may be named without the library's: a date says both, a document the first.
        """
        if version in {self.version, self.overlay.version}:
            return self
        known = (Calendar(it) for it in self.overlay.earlier)
        return next(
            (it for it in known if version in {it.version, it.overlay.version}), None
        )

    def due(self, start: date | datetime | None, rule: Mapping[str, Any]) -> Counted:
        """Return when something is due that is to be done by *rule*, from *start*.

        The first day is not counted; a last day that is not worked rolls to the next
        one that is (BLDS 2015, Đ. 147-148).

        Raises:
            RuleRefused: The rule is malformed, or leads out of all calendars.
        """
        kind, values = parse(rule)
        walk = _Walk(self)
        try:
            nominal, effective = walk.count(kind, start, values)
            overdue_from = effective + DAY
        except OverflowError as error:
            raise RuleRefused("date-out-of-range", "no calendar goes there") from error
        return Counted(
            nominal=nominal,
            effective=effective,
            overdue_from=overdue_from,
            calendar_version=self.version,
            provisional=walk.unsure or not all(map(self.covers, (nominal, effective))),
            reading=READING_OF.get(kind),
        )

    def is_working_day(self, day: date) -> bool:
        """Say whether offices work on *day* (ngày làm việc)."""
        special = self._specials(day.year).get(day)
        return day.weekday() < SATURDAY if special is None else special.works

    def working_days_after(self, day: date, n: int) -> date:
        """Return the *n*-th working day after *day*; for 0, *day* itself."""
        return _Walk(self).step(day, n, DAY)

    def working_days_before(self, day: date, n: int) -> date:
        """Return the *n*-th working day before *day*; for 0, *day* itself."""
        return _Walk(self).step(day, n, -DAY)

    def covers(self, day: date) -> bool:
        """Say whether it is settled what *day* is: all decisions are in."""
        special = self.overlay.days.get(day)
        settled = special is None or not special.provisional
        return settled and self.overlay.start <= day <= self.overlay.end

    def specials(self, year: int) -> tuple[Special, ...]:
        """Return the days of a year that are not what their weekday says, in order."""
        found = self._specials(year)
        return tuple(found[day] for day in sorted(found))

    def _specials(self, year: int) -> Mapping[date, Special]:
        if year not in self._years:
            self._years[year] = {
                **_by_law(year),
                **{d: s for d, s in self.overlay.days.items() if d.year == year},
            }
        return self._years[year]


def _by_law(year: int) -> dict[date, Special]:
    """Return the holidays and the make-up days that the library knows."""
    known = holidays.country_holidays("VN", years=year, language="vi")
    off = {
        day: Special(day=day, works=False, name=name, document=LIBRARY)
        for day, name in known.items()
        if day.year == year
    }
    made_up = {
        day: Special(day=day, works=True, name="Ngày làm bù", document=LIBRARY)
        for day in known.weekend_workdays
        if day.year == year
    }
    return off | made_up


class _Walk:
    """One count: it goes from day to day and remembers whether all were settled."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self.unsure = False

    def count(
        self, kind: str, start: date | datetime | None, values: Mapping[str, Any]
    ) -> tuple[date, date]:
        """Return the nominal and the effective due date."""
        if kind in NAMED:
            nominal = NAMED[kind](start, values)
            return nominal, nominal if kind in UNROLLED else self.roll(nominal, DAY)
        if kind == "working_days_before":
            nominal = self.step(values["date"], values["n"], -DAY)
            return nominal, self.roll(nominal, -DAY)
        nominal = self.step(day_of(start), values.get("n", 1), DAY)
        return nominal, self.roll(nominal, DAY)

    def step(self, day: date, n: int, by: timedelta) -> date:
        """Return the *n*-th working day from *day*, which itself is not counted."""
        if type(n) is not int or not 0 <= n <= MAX_N:
            raise RuleRefused("rule-n-invalid", f"n is a whole number, 0 to {MAX_N}")
        for _ in range(n):
            day = self.roll(day + by, by)
        return day

    def roll(self, day: date, by: timedelta) -> date:
        """Return *day* if offices work on it, else the next one on which they do."""
        while not self._works(day):
            day += by
        return day

    def _works(self, day: date) -> bool:
        self.unsure = self.unsure or not self._calendar.covers(day)
        return self._calendar.is_working_day(day)
