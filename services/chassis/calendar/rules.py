"""What a due rule may say, and the day it names before any roll to a working day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from services.chassis.context import HANOI

MAX_N = 10_000  # longer than any term in the law, short enough to be counted at once
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DECEMBER, HALF, QUARTER = 12, 6, 3

READINGS = {
    "before-date-not-rolled": (
        "“Trước ngày D”: hạn là ngày liền trước D, không chuyển sang ngày làm việc sau"
    ),
    "window-ends-not-rolled": (
        "Khoảng thời gian kết thúc đúng ngày cuối, không chuyển sang ngày làm việc sau"
    ),
    "hours-by-the-clock": (
        "Giờ tính liên tục từ thời điểm bắt đầu; hạn là hết ngày mà giờ cuối rơi vào"
    ),
}
READING_OF = {
    "before_date": "before-date-not-rolled",
    "window": "window-ends-not-rolled",
    "hours": "hours-by-the-clock",
}


class RuleRefused(Exception):
    """The rule cannot be counted; *code* says which of its rules it breaks."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def day_of(start: date | datetime | None) -> date:
    """Return the day, in Hà Nội, that *start* lies on."""
    if start is None:
        raise RuleRefused("start-missing", "this rule counts from a day: give it one")
    if not isinstance(start, datetime):
        return start
    return (start if start.tzinfo is None else start.astimezone(HANOI)).date()


def plus_months(day: date, months: int) -> date:
    """Return the same day *months* on, or that month's last (BLDS 2015, Đ. 148.3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= date.max.year:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_month(year: int, month: int) -> date:
    """Return the last day of a month (cuối tháng; BLDS 2015, Đ. 146)."""
    return date(year, month, monthrange(year, month)[1])


def after_hours(start: date | datetime | None, hours: int) -> date:
    """Return the day that the last of *hours* falls on; a bare day starts at 00:00."""
    day = day_of(start)
    if isinstance(start, datetime):
        moment = start if start.tzinfo is None else start.astimezone(HANOI)
    else:
        moment = datetime.combine(day, time())
    return (moment.replace(tzinfo=None) + timedelta(hours=hours)).date()


def parse(rule: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the rule's kind and its checked values.

    Raises:
        RuleRefused: It is not one of the rules of this module.
    """
    if not isinstance(rule, Mapping):
        raise RuleRefused("rule-malformed", "a rule is an object with a kind")
    kind = rule.get("kind")
    fields = FIELDS.get(kind) if isinstance(kind, str) else None
    if not isinstance(kind, str) or fields is None:
        known = ", ".join(FIELDS)
        raise RuleRefused("rule-kind-unknown", f"the kind is not one of {known}")
    given = {name: value for name, value in rule.items() if name != "kind"}
    for name in fields:
        if name not in given:
            raise RuleRefused("rule-field-missing", f"{kind} needs {name}")
    for name in given:
        if name not in fields:
            raise RuleRefused("rule-field-unknown", f"{kind} knows no {name}")
    values = {name: read(name, given[name]) for name, read in fields.items()}
    if kind == "window" and values["from"] > values["to"]:
        raise RuleRefused("window-reversed", "the window ends before it starts")
    return kind, values


def _between(low: int, high: int, code: str) -> Callable[[str, Any], int]:
    """Make a reader of whole numbers; True is none, and neither is 3.0."""

    def read(name: str, value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise RuleRefused(code, f"{name} is a whole number, {low} to {high}")
        return value

    return read


def _day(name: str, value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # 2023-02-30: refused below like any other word that names no day
    raise RuleRefused("rule-date-invalid", f"{name} is a day, such as 2023-09-30")


_N = {"n": _between(0, MAX_N, "rule-n-invalid")}
_YEAR = _between(1, date.max.year, "rule-year-invalid")
_MONTH = {"year": _YEAR, "month": _between(1, DECEMBER, "rule-month-invalid")}
FIELDS: dict[str, dict[str, Callable[[str, Any], Any]]] = {
    "working_days": _N,
    "calendar_days": _N,
    "weeks": _N,
    "months": _N,
    "years": _N,
    "hours": _N,
    "by_date": {"date": _day},
    "before_date": {"date": _day},
    "start_of_month": _MONTH,
    "end_of_month": _MONTH,
    "middle_of_month": _MONTH,
    "end_of_quarter": {
        "year": _YEAR,
        "quarter": _between(1, DECEMBER // QUARTER, "rule-quarter-invalid"),
    },
    "end_of_half": {
        "year": _YEAR,
        "half": _between(1, DECEMBER // HALF, "rule-half-invalid"),
    },
    "start_of_year": {"year": _YEAR},
    "middle_of_year": {"year": _YEAR},
    "end_of_year": {"year": _YEAR},
    "next_working_day": {},
    "working_days_before": {"date": _day, **_N},
    "window": {"from": _day, "to": _day},
}
# the days that a rule names by the calendar of the year alone
Namer = Callable[[date | datetime | None, Mapping[str, Any]], date]
NAMED: dict[str, Namer] = {
    "calendar_days": lambda start, v: day_of(start) + timedelta(days=v["n"]),
    "weeks": lambda start, v: day_of(start) + timedelta(weeks=v["n"]),
    "months": lambda start, v: plus_months(day_of(start), v["n"]),
    "years": lambda start, v: plus_months(day_of(start), 12 * v["n"]),
    "hours": lambda start, v: after_hours(start, v["n"]),
    "by_date": lambda _, v: v["date"],
    "before_date": lambda _, v: v["date"] - timedelta(days=1),
    "end_of_month": lambda _, v: end_of_month(v["year"], v["month"]),
    "start_of_month": lambda _, v: date(v["year"], v["month"], 1),
    "middle_of_month": lambda _, v: date(v["year"], v["month"], 15),
    "end_of_quarter": lambda _, v: end_of_month(v["year"], QUARTER * v["quarter"]),
    "end_of_half": lambda _, v: end_of_month(v["year"], HALF * v["half"]),
    "start_of_year": lambda _, v: date(v["year"], 1, 1),
    "middle_of_year": lambda _, v: end_of_month(v["year"], HALF),
    "end_of_year": lambda _, v: end_of_month(v["year"], DECEMBER),
    "window": lambda _, v: v["to"],
}
UNROLLED = {"before_date", "window"}
