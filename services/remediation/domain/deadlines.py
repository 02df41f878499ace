"""When a recommendation is due, and the ladder that stands on that date.

All of it is computed once, when the date is set, and recorded: a calendar published
later moves no deadline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, Protocol
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
OFFICE_OPENS = time(8)
UNITS = {
    "calendar": "calendar_days",
    "calendar_days": "calendar_days",
    "working": "working_days",
    "working_days": "working_days",
    "weeks": "weeks",
    "months": "months",
    "years": "years",
    "hours": "hours",
}
OF_A_DAY = {"BY_DATE": "by_date", "BEFORE_DATE": "before_date"}
OF_A_MONTH = {
    "START_OF_MONTH": "start_of_month",
    "MIDDLE_OF_MONTH": "middle_of_month",
    "END_OF_MONTH": "end_of_month",
}
OF_A_YEAR = {
    "START_OF_YEAR": "start_of_year",
    "MIDDLE_OF_YEAR": "middle_of_year",
    "END_OF_YEAR": "end_of_year",
}


class RemediationRefused(Exception):
    """A rule of remediation said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class CaseUnknown(RemediationRefused):
    """What was named is not known here: nothing was ever asked under that id."""


class Step(Enum):
    """A rung of the ladder (nhắc hạn, quá hạn, báo cáo cấp trên)."""

    REMINDER = "reminder"
    OVERDUE = "overdue"
    ESCALATION = "escalation"


ORDER = tuple(Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRule:
    """By when something is to be done, as the conclusion says it."""

    kind: str  # as ``_counting`` below; NONE: there is no day to miss
    on: date | None = None
    n: int | None = None
    unit: str | None = None
    year: int | None = None
    month: int | None = None
    quarter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the plan says where the recommendation is silent."""

    default_days: int = 30
    default_unit: str = "calendar_days"
    reminder_working_days_before: int = 5
    escalate_after_working_days: tuple[int, ...] = (10,)
    superior_id: str | None = None
    fallback_id: str | None = None  # told where nobody stands above
    max_extensions: int | None = None  # none: as often as the authority agrees
    rejection_restores: bool = True  # the original date; else a new term begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A due date, and everything that follows from it.

    ``due_on`` is what the rule says, ``effective_due_on`` the working day it rolls to.
    ``escalations`` are the days on whose first moment the superior is told.
    """

    due_rule: DueRule
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str
    provisional: bool
    reminder_on: date | None
    escalations: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A moment of the ladder; escalations have levels, from 1."""

    step: Step
    level: int
    at: datetime

    @property
    def name(self) -> tuple[Step, int]:
        """Return what there is only one of for each due date."""
        return self.step, self.level


class CountedDays(Protocol):
    """What counting days gives."""

    @property
    def nominal(self) -> date:
        """The day the rule names."""

    @property
    def effective(self) -> date:
        """The working day it rolls to."""

    @property
    def overdue_from(self) -> date:
        """The first day on which it is overdue."""

    @property
    def calendar_version(self) -> str:
        """The calendar that counted."""

    @property
    def provisional(self) -> bool:
        """Whether the calendar does not settle that far."""


class WorkingDays(Protocol):
    """A calendar that knows which days are worked."""

    @property
    def version(self) -> str:
        """Which calendar it is."""

    @property
    def versions(self) -> tuple[str, ...]:
        """All versions that can be counted by."""

    def edition(self, version: str) -> WorkingDays | None:
        """Return the calendar of that version; None: it is not known."""

    def due(self, start: date, rule: Mapping[str, Any]) -> CountedDays:
        """Return when something is due by *rule*, counted from *start*."""

    def working_days_after(self, day: date, n: int) -> date:
        """Return the *n*-th working day after *day*."""

    def working_days_before(self, day: date, n: int) -> date:
        """Return the *n*-th working day before *day*."""


def day_of(rule: DueRule, *, start: date, calendar: WorkingDays) -> date:
    """Return the last day on which something is in time, where nobody is reminded."""
    return calendar.due(start, _counting(rule, Policy())).effective


def falls_due(rule: DueRule, *, verifiable: bool) -> bool:
    """Say whether there will ever be a day to miss."""
    return verifiable and rule.kind != "NONE"


def settle(
    rule: DueRule, policy: Policy, *, start: date, known_on: date, calendar: WorkingDays
) -> Terms:
    """Return the date that *rule* gives, counted from *start* (BLDS 2015, Đ. 147-148).

    Nobody is reminded of a date before it is known: a reminder on or before
    *known_on* is left out.
    """
    counted = calendar.due(start, _counting(rule, policy))
    reminder = calendar.working_days_before(
        counted.effective, policy.reminder_working_days_before
    )
    return Terms(
        due_rule=rule,
        due_on=counted.nominal,
        effective_due_on=counted.effective,
        overdue_from=counted.overdue_from,
        calendar_version=counted.calendar_version,
        provisional=counted.provisional,
        reminder_on=reminder if reminder > known_on else None,
        escalations=tuple(
            calendar.working_days_after(counted.effective, n) + DAY
            for n in sorted(policy.escalate_after_working_days)
        ),
    )


def ladder(terms: Terms, *, since: datetime | None = None) -> tuple[Rung, ...]:
    """Return the rungs of a due date, in order; none of them lies before *since*.

    What is overdue already is not reminded of a date that is gone.
    """
    overdue = _midnight(terms.overdue_from)
    rungs = [Rung(step=Step.OVERDUE, level=0, at=overdue)]
    if terms.reminder_on is not None and (since is None or since < overdue):
        at = datetime.combine(terms.reminder_on, OFFICE_OPENS, tzinfo=HANOI)
        rungs.insert(0, Rung(step=Step.REMINDER, level=0, at=at))
    rungs += [
        Rung(step=Step.ESCALATION, level=level, at=_midnight(day))
        for level, day in enumerate(terms.escalations, start=1)
    ]
    return tuple(
        Rung(step=r.step, level=r.level, at=r.at if since is None else max(r.at, since))
        for r in rungs
    )


def in_order(rung: Rung) -> tuple[datetime, int, int]:
    """Sort rungs by their moment; at one moment, from the bottom up."""
    return rung.at, ORDER.index(rung.step), rung.level


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=HANOI)


def _counting(rule: DueRule, policy: Policy) -> dict[str, Any]:
    """Return the rule in the words of the calendar."""
    match rule:
        case DueRule(kind=kind, on=date() as on) if kind in OF_A_DAY:
            return {"kind": OF_A_DAY[kind], "date": on}
        case DueRule(kind="DAYS", n=int() as n, unit=str() as unit) if unit in UNITS:
            return {"kind": UNITS[unit], "n": n}
        case DueRule(kind=kind, year=int() as year, month=int() as month) if (
            kind in OF_A_MONTH
        ):
            return {"kind": OF_A_MONTH[kind], "year": year, "month": month}
        case DueRule(kind="END_OF_QUARTER", year=int() as year, quarter=int() as q):
            return {"kind": "end_of_quarter", "year": year, "quarter": q}
        case DueRule(kind=kind, year=int() as year) if kind in OF_A_YEAR:
            return {"kind": OF_A_YEAR[kind], "year": year}
        case DueRule(kind="DEFAULT"):
            unit = UNITS.get(policy.default_unit, policy.default_unit)
            return {"kind": unit, "n": policy.default_days}
        case _:
            raise RemediationRefused(
                "due-rule-incomplete", f"a due rule {rule.kind} needs its fields"
            )
