"""What holds for every count, whatever it starts from."""

from datetime import date, timedelta

import holidays
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.calendar import official

CALENDAR = official()
DAY = timedelta(days=1)
DAYS = st.dates(date(2017, 6, 1), date(2028, 6, 1))
NUMBERS = st.integers(0, 400)
KINDS = st.sampled_from(
    ["working_days", "calendar_days", "weeks", "months", "years", "hours"]
)


@given(DAYS, KINDS, NUMBERS)
def test_nothing_is_due_before_it_starts(start, kind, n):
    counted = CALENDAR.due(start, {"kind": kind, "n": n})

    assert start <= counted.nominal <= counted.effective


@given(DAYS, KINDS, NUMBERS)
def test_a_rolled_rule_ends_on_a_working_day_and_is_overdue_the_day_after(
    start, kind, n
):
    counted = CALENDAR.due(start, {"kind": kind, "n": n})

    assert CALENDAR.is_working_day(counted.effective)
    assert counted.overdue_from == counted.effective + DAY


@given(DAYS, KINDS, NUMBERS, NUMBERS)
def test_more_is_never_due_earlier(start, kind, one, other):
    fewer, more = (
        CALENDAR.due(start, {"kind": kind, "n": n}) for n in sorted((one, other))
    )

    assert fewer.effective <= more.effective


@given(DAYS, DAYS, NUMBERS)
def test_who_starts_later_is_never_due_earlier(one, other, n):
    earlier, later = sorted((one, other))
    rule = {"kind": "working_days", "n": n}

    assert CALENDAR.due(earlier, rule).effective <= CALENDAR.due(later, rule).effective


@given(DAYS, NUMBERS)
def test_there_and_back_is_where_it_began(start, n):
    begun = CALENDAR.working_days_after(start, 1)

    assert (
        CALENDAR.working_days_before(CALENDAR.working_days_after(begun, n), n) == begun
    )
    assert (
        CALENDAR.working_days_after(CALENDAR.working_days_before(begun, n), n) == begun
    )


@given(DAYS, st.integers(1, 60))
def test_counting_day_by_day_gives_the_same(start, n):
    library = holidays.country_holidays("VN", years=range(2016, 2030))
    swaps = {date(2026, 1, 2): False, date(2026, 1, 10): True}
    worked, last = 0, start
    while worked < n:
        last += DAY
        worked += swaps.get(last, library.is_working_day(last))

    assert CALENDAR.due(start, {"kind": "working_days", "n": n}).effective == last


@given(DAYS, NUMBERS)
def test_it_is_provisional_exactly_if_a_day_it_asked_for_is_not_settled(start, n):
    counted = CALENDAR.due(start, {"kind": "working_days", "n": n})
    asked = [
        start + m * DAY for m in range(n > 0, (counted.effective - start).days + 1)
    ]

    assert counted.provisional == (not all(map(CALENDAR.covers, asked)))
