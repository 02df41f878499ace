"""When something is due: the vectors of the law, and what holds for every count."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import services.chassis.calendar
from services.chassis.calendar import (
    READINGS,
    Calendar,
    Overlay,
    OverlayInvalid,
    RuleRefused,
    official,
)

CALENDAR = official()
FOLDER = Path(services.chassis.calendar.__file__).parent
SHIPPED = json.loads((FOLDER / "vietnam.json").read_text(encoding="utf-8"))
WITHOUT_OVERLAY = Calendar(Overlay.read(SHIPPED | {"entries": []}))
DAY = timedelta(days=1)
HANOI = timezone(timedelta(hours=7))


def day(text):
    return date.fromisoformat(text)


def due(start, kind, **fields):
    return CALENDAR.due(day(start) if start else None, {"kind": kind, **fields})


# --- vectors (BLDS 2015, Đ. 144-148; official calendars 2018-2026) ------------------


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2019-04-22", 15, "2019-05-15"),  # Saturday 4 May worked
        ("2023-04-21", 15, "2023-05-17"),  # Giỗ Tổ, 30/4, 1/5 with compensations
        ("2023-05-23", 15, "2023-06-13"),  # the end of the Hồng Ngự round
        ("2023-08-18", 15, "2023-09-12"),  # Quốc khánh with compensation
        ("2024-04-22", 15, "2024-05-15"),  # 29 April off, Saturday 4 May worked
        ("2025-04-21", 15, "2025-05-14"),  # 2 May off, Saturday 26 April worked
        ("2026-02-06", 15, "2026-03-06"),  # Tết
        ("2026-08-17", 15, "2026-09-09"),  # Saturday 22 August worked, 31 off
        ("2025-12-29", 5, "2026-01-07"),  # 2 January off: the overlay
        ("2023-10-02", 10, "2023-10-16"),  # the escalation of Hồng Ngự
    ],
)
def test_working_days_are_counted_from_the_next_day_on(start, n, expected):
    counted = due(start, "working_days", n=n)

    assert counted.nominal == counted.effective == day(expected)
    assert counted.overdue_from == day(expected) + DAY
    assert (counted.provisional, counted.reading) == (False, None)


def test_without_the_overlay_the_swap_of_january_2026_is_missed():
    rule = {"kind": "working_days", "n": 5}

    assert WITHOUT_OVERLAY.due(day("2025-12-29"), rule).effective == day("2026-01-06")


@pytest.mark.parametrize(
    ("start", "rule", "nominal", "effective"),
    [
        ("2025-08-13", ("calendar_days", {"n": 20}), "2025-09-02", "2025-09-03"),
        ("2023-06-05", ("calendar_days", {"n": 30}), "2023-07-05", "2023-07-05"),
        ("2024-04-20", ("calendar_days", {"n": 14}), "2024-05-04", "2024-05-04"),
        ("2023-05-23", ("calendar_days", {"n": 0}), "2023-05-23", "2023-05-23"),
        ("2023-05-27", ("working_days", {"n": 0}), "2023-05-27", "2023-05-29"),
        ("2023-05-23", ("weeks", {"n": 2}), "2023-06-06", "2023-06-06"),
        ("2023-01-31", ("months", {"n": 1}), "2023-02-28", "2023-02-28"),
        ("2024-01-31", ("months", {"n": 1}), "2024-02-29", "2024-02-29"),
        ("2023-08-31", ("months", {"n": 6}), "2024-02-29", "2024-02-29"),
        ("2023-11-30", ("months", {"n": 1}), "2023-12-30", "2024-01-02"),
        ("2024-02-29", ("years", {"n": 1}), "2025-02-28", "2025-02-28"),
        (None, ("by_date", {"date": "2023-09-30"}), "2023-09-30", "2023-10-02"),
        (
            None,
            ("end_of_month", {"year": 2023, "month": 9}),
            "2023-09-30",
            "2023-10-02",
        ),
        (
            None,
            ("middle_of_month", {"year": 2023, "month": 7}),
            "2023-07-15",
            "2023-07-17",
        ),
        (
            None,
            ("end_of_quarter", {"year": 2023, "quarter": 3}),
            "2023-09-30",
            "2023-10-02",
        ),
        (None, ("end_of_half", {"year": 2023, "half": 1}), "2023-06-30", "2023-06-30"),
        (None, ("end_of_half", {"year": 2022, "half": 2}), "2022-12-31", "2023-01-03"),
        (None, ("end_of_year", {"year": 2023}), "2023-12-31", "2024-01-02"),
        ("2023-04-28", ("next_working_day", {}), "2023-05-04", "2023-05-04"),
    ],
)
def test_a_last_day_that_is_not_worked_rolls_forward(start, rule, nominal, effective):
    counted = due(start, rule[0], **rule[1])

    assert (counted.nominal, counted.effective) == (day(nominal), day(effective))
    assert counted.overdue_from == day(effective) + DAY
    assert (counted.provisional, counted.reading) == (False, None)


@pytest.mark.parametrize(
    ("rule", "expected", "reading"),
    [
        (
            ("before_date", {"date": "2023-10-02"}),
            "2023-10-01",
            "before-date-not-rolled",
        ),
        (
            ("window", {"from": "2023-05-09", "to": "2023-05-21"}),
            "2023-05-21",
            "window-ends-not-rolled",
        ),
    ],
)
def test_what_is_not_rolled_says_so(rule, expected, reading):
    counted = due(None, rule[0], **rule[1])

    assert counted.nominal == counted.effective == day(expected)
    assert counted.reading == reading
    assert reading in READINGS


@pytest.mark.parametrize(
    ("start", "hours", "nominal", "effective"),
    [
        (datetime(2023, 5, 23, 16, tzinfo=HANOI), 24, "2023-05-24", "2023-05-24"),
        (datetime(2023, 5, 23, 16, tzinfo=HANOI), 7, "2023-05-23", "2023-05-23"),
        (datetime(2023, 5, 23, 17, tzinfo=UTC), 1, "2023-05-24", "2023-05-24"),
        (datetime(2023, 5, 26, 16, tzinfo=HANOI), 24, "2023-05-27", "2023-05-29"),
        (date(2023, 5, 23), 36, "2023-05-24", "2023-05-24"),
    ],
)
def test_hours_run_by_the_clock(start, hours, nominal, effective):
    counted = CALENDAR.due(start, {"kind": "hours", "n": hours})

    assert (counted.nominal, counted.effective) == (day(nominal), day(effective))
    assert counted.reading == "hours-by-the-clock"


@pytest.mark.parametrize(
    ("before", "n", "expected"),
    [
        ("2023-05-09", 5, "2023-04-27"),  # 29 April to 3 May are off
        ("2024-05-06", 1, "2024-05-04"),  # a worked Saturday
        ("2026-01-12", 2, "2026-01-09"),  # Saturday 10 January is one
        ("2023-10-01", 0, "2023-09-29"),  # the day itself, or the one worked before
    ],
)
def test_counting_back_skips_days_that_are_not_worked(before, n, expected):
    counted = due(None, "working_days_before", date=before, n=n)

    assert counted.effective == day(expected)


def test_a_moment_counts_from_its_day_in_hanoi():
    late = datetime(2023, 5, 22, 17, 30, tzinfo=UTC)  # 00:30 on the 23rd in Hà Nội

    counted = CALENDAR.due(late, {"kind": "working_days", "n": 15})

    assert counted.effective == day("2023-06-13")


def test_a_day_may_be_given_as_a_day():
    rule = {"kind": "by_date", "date": day("2023-09-30")}

    assert CALENDAR.due(None, rule) == due(None, "by_date", date="2023-09-30")


def test_the_hong_ngu_round_has_eleven_working_days():
    days = [day("2023-05-09") + n * DAY for n in range(15)]

    assert sum(map(CALENDAR.is_working_day, days)) == 11


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2018, 250),
        (2019, 252),
        (2020, 252),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 250),
        (2026, 249),
        (2027, 249),
    ],
)
def test_a_year_has_its_working_days(year, expected):
    days = (date(year, 1, 1) + n * DAY for n in range(366))

    assert sum(CALENDAR.is_working_day(d) for d in days if d.year == year) == expected


def test_swapped_days_are_what_the_decision_says():
    assert not CALENDAR.is_working_day(day("2026-01-02"))
    assert CALENDAR.is_working_day(day("2026-01-10"))
    assert WITHOUT_OVERLAY.is_working_day(day("2026-01-02"))
    assert not WITHOUT_OVERLAY.is_working_day(day("2026-01-10"))


# --- coverage: never a silent answer, never none ------------------------------------


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        ("2026-12-30", {"kind": "working_days", "n": 2}),
        ("2017-12-20", {"kind": "working_days", "n": 10}),
        ("2026-12-30", {"kind": "calendar_days", "n": 3}),
        (None, {"kind": "by_date", "date": "2031-03-03"}),
        (None, {"kind": "by_date", "date": "1954-07-20"}),
        (None, {"kind": "before_date", "date": "2027-03-03"}),
        (None, {"kind": "window", "from": "2026-01-01", "to": "2027-01-05"}),
        (None, {"kind": "working_days_before", "date": "2018-01-03", "n": 4}),
        (None, {"kind": "working_days_before", "date": "2027-01-05", "n": 3}),
        ("2026-11-20", {"kind": "working_days", "n": 5}),  # over 24 November 2026
        (None, {"kind": "by_date", "date": "2026-11-24"}),
    ],
)
def test_what_the_decisions_do_not_cover_is_provisional(start, rule):
    assert CALENDAR.due(day(start) if start else None, rule).provisional


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        ("2026-12-28", {"kind": "working_days", "n": 3}),
        ("2017-12-31", {"kind": "working_days", "n": 10}),
        ("2026-11-20", {"kind": "calendar_days", "n": 10}),  # the 24th is not asked for
        (None, {"kind": "working_days_before", "date": "2027-01-01", "n": 3}),
    ],
)
def test_what_they_cover_is_final(start, rule):
    assert not CALENDAR.due(day(start) if start else None, rule).provisional


def test_the_coverage_is_that_of_the_overlay():
    edges = ["2017-12-31", "2018-01-01", "2026-12-31", "2027-01-01"]

    assert [CALENDAR.covers(day(edge)) for edge in edges] == [False, True, True, False]


def test_the_version_names_the_overlay_and_the_library():
    assert CALENDAR.version.startswith(SHIPPED["version"] + "+holidays-")
    assert due("2023-05-23", "weeks", n=1).calendar_version == CALENDAR.version


def test_the_furthest_days_are_counted_too():
    far = CALENDAR.due(day("9900-01-01"), {"kind": "working_days", "n": 10_000})

    assert far.provisional
    assert far.effective > day("9930-01-01")


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        ("9999-12-01", {"kind": "working_days", "n": 10_000}),
        ("2023-01-01", {"kind": "years", "n": 10_000}),
        ("2023-01-01", {"kind": "months", "n": 10_000 * 10}),
        (None, {"kind": "before_date", "date": "0001-01-01"}),
        (None, {"kind": "by_date", "date": "9999-12-31"}),
        (None, {"kind": "working_days_before", "date": "0001-01-02", "n": 9}),
        (datetime.max.replace(tzinfo=UTC), {"kind": "hours", "n": 1}),
    ],
)
def test_what_leads_out_of_all_calendars_is_refused(start, rule):
    with pytest.raises(RuleRefused) as refused:
        CALENDAR.due(day(start) if isinstance(start, str) else start, rule)

    assert refused.value.code in {"date-out-of-range", "rule-n-invalid"}


# --- versions -----------------------------------------------------------------------

BEFORE = SHIPPED | {"version": "vn-2025.9", "entries": []}
BOTH = Calendar(Overlay.read(SHIPPED | {"earlier": [BEFORE]}))


def test_an_earlier_state_that_the_overlay_holds_counts_as_it_did():
    rule = {"kind": "working_days", "n": 5}
    earlier = BOTH.edition("vn-2025.9")

    assert earlier.due(day("2025-12-29"), rule).nominal == day("2026-01-06")
    assert BOTH.due(day("2025-12-29"), rule).nominal == day("2026-01-07")
    assert earlier.version == BOTH.versions[1]


def test_a_version_may_be_named_with_the_library_or_without():
    assert BOTH.edition(BOTH.version) is BOTH
    assert BOTH.edition(SHIPPED["version"]) is BOTH
    assert BOTH.edition(BOTH.versions[1]).version == BOTH.versions[1]


def test_a_version_that_nobody_shipped_is_none():
    assert BOTH.edition("vn-1999.1") is None
    assert CALENDAR.edition("vn-2025.9") is None


def test_two_states_do_not_share_a_version():
    with pytest.raises(OverlayInvalid):
        Overlay.read(SHIPPED | {"earlier": [SHIPPED]})
