"""Every wording of the law, by its vectors and by an oracle that counts day by day.

The oracle knows the package of holidays and the overlay's three days, and nothing of
our own calendar: it walks, asks what each day is, and stops.
"""

from datetime import date, datetime, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.chassis.calendar import official
from services.chassis.context import HANOI

CALENDAR = official()
DAY = timedelta(days=1)
LIBRARY = holidays.country_holidays("VN", years=range(2016, 2031))
OVERLAY = {date(2026, 1, 2): False, date(2026, 1, 10): True}
YEARS = range(2018, 2028)
RANDOM = settings(max_examples=200, deadline=None)


def works(day):
    """Say whether offices work, from the package and the overlay alone."""
    return OVERLAY.get(day, LIBRARY.is_working_day(day))


def rolled(day, by=DAY):
    """Go on until a day that is worked."""
    while not works(day):
        day += by
    return day


def counted(start, n, by=DAY):
    """Go from worked day to worked day, *n* times."""
    while n:
        start += by
        n -= works(start)
    return start


def same_day(start, months):
    """Walk month by month; a month without that day gives its last."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for day in range(start.day, 0, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError


def last_of(year, month):
    """Walk to the last day that still lies in the month."""
    day = date(year, month, 28)
    while (day + DAY).month == month:
        day += DAY
    return day


def due(start, kind, **values):
    found = CALENDAR.due(start, {"kind": kind, **values})
    return found.nominal, found.effective


VECTORS = [
    ("2019-04-22", 15, "2019-05-15"),
    ("2023-04-21", 15, "2023-05-17"),
    ("2023-05-23", 15, "2023-06-13"),
    ("2023-08-18", 15, "2023-09-12"),
    ("2024-04-22", 15, "2024-05-15"),
    ("2025-04-21", 15, "2025-05-14"),
    ("2026-02-06", 15, "2026-03-06"),
    ("2026-08-17", 15, "2026-09-09"),
    ("2025-12-29", 5, "2026-01-07"),
]


@pytest.mark.parametrize(("start", "n", "day"), VECTORS)
def test_the_vectors_of_working_days(start, n, day):
    begun, expected = date.fromisoformat(start), date.fromisoformat(day)

    assert due(begun, "working_days", n=n) == (expected, expected)
    assert counted(begun, n) == expected


@pytest.mark.parametrize(
    ("words", "rule", "nominal", "effective"),
    [
        (
            "trong tháng 9 năm 2023",
            {"kind": "end_of_month", "year": 2023, "month": 9},
            "2023-09-30",
            "2023-10-02",
        ),
        (
            "đầu tháng 4 năm 2023",
            {"kind": "start_of_month", "year": 2023, "month": 4},
            "2023-04-01",
            "2023-04-03",
        ),
        (
            "giữa tháng 7 năm 2023",
            {"kind": "middle_of_month", "year": 2023, "month": 7},
            "2023-07-15",
            "2023-07-17",
        ),
        (
            "trong quý III năm 2023",
            {"kind": "end_of_quarter", "year": 2023, "quarter": 3},
            "2023-09-30",
            "2023-10-02",
        ),
        (
            "đầu năm 2024",
            {"kind": "start_of_year", "year": 2024},
            "2024-01-01",
            "2024-01-02",
        ),
        (
            "giữa năm 2024",
            {"kind": "middle_of_year", "year": 2024},
            "2024-06-30",
            "2024-07-01",
        ),
        (
            "cuối năm 2023",
            {"kind": "end_of_year", "year": 2023},
            "2023-12-31",
            "2024-01-02",
        ),
        (
            "đến hết ngày 02/9/2023",
            {"kind": "by_date", "date": "2023-09-02"},
            "2023-09-02",
            "2023-09-05",
        ),
        (
            "trước ngày 03/9/2023",
            {"kind": "before_date", "date": "2023-09-03"},
            "2023-09-02",
            "2023-09-02",
        ),
        (
            "từ ngày 09/5 đến ngày 23/5/2023",
            {"kind": "window", "from": "2023-05-09", "to": "2023-05-23"},
            "2023-05-23",
            "2023-05-23",
        ),
        (
            "ít nhất 5 ngày làm việc trước ngày 09/5/2023",
            {"kind": "working_days_before", "date": "2023-05-09", "n": 5},
            "2023-04-27",
            "2023-04-27",
        ),
    ],
)
def test_the_vectors_of_words(words, rule, nominal, effective):
    found = CALENDAR.due(None, rule)

    assert (found.nominal.isoformat(), found.effective.isoformat()) == (
        nominal,
        effective,
    ), words


def test_twenty_days_end_on_a_holiday_and_roll():
    assert due(date(2025, 8, 13), "calendar_days", n=20) == (
        date(2025, 9, 2),
        date(2025, 9, 3),
    )


@pytest.mark.parametrize(
    ("start", "kind", "n", "nominal"),
    [
        ("2023-01-31", "months", 1, "2023-02-28"),
        ("2024-01-31", "months", 1, "2024-02-29"),
        ("2024-02-29", "years", 1, "2025-02-28"),
        ("2023-05-23", "weeks", 2, "2023-06-06"),
    ],
)
def test_the_same_day_or_the_last_of_the_month(start, kind, n, nominal):
    found, _ = due(date.fromisoformat(start), kind, n=n)

    assert found.isoformat() == nominal


DAYS = st.dates(date(min(YEARS), 1, 1), date(max(YEARS), 12, 31))
MONTHS = st.builds(
    lambda year, month: {"year": year, "month": month},
    st.sampled_from(YEARS),
    st.integers(1, 12),
)


@RANDOM
@given(DAYS, st.integers(0, 60))
def test_working_days_as_the_oracle_walks_them(start, n):
    expected = rolled(counted(start, n))

    assert due(start, "working_days", n=n)[1] == expected


@RANDOM
@given(DAYS, st.integers(0, 200))
def test_days_weeks_and_what_follows_a_holiday(start, n):
    day = start + n * DAY

    assert due(start, "calendar_days", n=n) == (day, rolled(day))
    weeks = start + 7 * n * DAY
    assert due(start, "weeks", n=n)[0] == weeks


@RANDOM
@given(DAYS, st.integers(0, 30))
def test_months_and_years(start, n):
    month = same_day(start, n)

    assert due(start, "months", n=n) == (month, rolled(month))
    year = same_day(start, 12 * (n % 3))
    assert due(start, "years", n=n % 3) == (year, rolled(year))


@RANDOM
@given(MONTHS)
def test_the_beginning_the_middle_and_the_end_of_a_month(month):
    first, middle = date(month["year"], month["month"], 1), 14 * DAY
    last = last_of(**month)

    assert due(None, "start_of_month", **month) == (first, rolled(first))
    assert due(None, "middle_of_month", **month) == (
        first + middle,
        rolled(first + middle),
    )
    assert due(None, "end_of_month", **month) == (last, rolled(last))


@RANDOM
@given(st.sampled_from(YEARS), st.integers(1, 4))
def test_quarters_halves_and_years(year, quarter):
    of_quarter = last_of(year, 3 * quarter)
    half = 1 + (quarter > 2)
    of_half, of_year = last_of(year, 6 * half), last_of(year, 12)

    assert due(None, "end_of_quarter", year=year, quarter=quarter) == (
        of_quarter,
        rolled(of_quarter),
    )
    assert due(None, "end_of_half", year=year, half=half) == (of_half, rolled(of_half))
    assert due(None, "start_of_year", year=year)[0] == date(year, 1, 1)
    assert due(None, "middle_of_year", year=year)[0] == date(year, 6, 30)
    assert due(None, "end_of_year", year=year) == (of_year, rolled(of_year))


@RANDOM
@given(DAYS, st.integers(0, 40))
def test_by_before_and_between(day, n):
    assert due(None, "by_date", date=day) == (day, rolled(day))
    assert due(None, "before_date", date=day) == (day - DAY, day - DAY)
    window = {"from": day, "to": day + n * DAY}
    assert due(None, "window", **window) == (day + n * DAY, day + n * DAY)


@RANDOM
@given(DAYS, st.integers(1, 40))
def test_counting_back_skips_what_is_not_worked(day, n):
    back = counted(day, n, -DAY)

    assert due(None, "working_days_before", date=day, n=n) == (back, back)


@RANDOM
@given(
    st.builds(datetime.combine, DAYS, st.times()),
    st.integers(0, 300),
)
def test_hours_run_by_the_clock_to_the_end_of_the_day_they_reach(moment, n):
    start = moment.replace(tzinfo=HANOI)
    day = (moment + timedelta(hours=n)).date()

    assert due(start, "hours", n=n) == (day, rolled(day))


@RANDOM
@given(DAYS)
def test_the_next_working_day(start):
    day = rolled(start + DAY)

    assert due(start, "next_working_day") == (day, day)
