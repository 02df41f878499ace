"""Rules of the duty to report: periods, cut-off, owed, submitted, late."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from services.chassis.testing import given
from services.planning.domain import work
from services.planning.handlers.work import WORK_PROGRAMME
from tests.planning.work_examples import (
    AFTER,
    CALENDAR,
    DRAFTED,
    ENDED,
    IN_EFFECT,
    NOTED,
    QUARTERLY,
    REPORT_LATE,
    UNITS,
)

DAY = timedelta(days=1)
ASKED = replace(QUARTERLY, periods=(), monitor_agency="")
oblige = partial(work.set_duty, duty_set=ASKED, units=UNITS, calendar=CALENDAR)
SUBMITTED = work.Submitted(
    report_id="BC-2019-Q1",
    agency_id="soc-trang-vp-ubnd",
    period="QUARTER",
    start=date(2018, 12, 15),
    end=date(2019, 3, 14),
    document_number="25/BC-VP",
    submitted_on=date(2019, 3, 19),
)
note = partial(work.note_submission, submitted=SUBMITTED)
DUTY = (*IN_EFFECT, QUARTERLY)


@pytest.mark.seed("4.9")
@pytest.mark.capability("C21")
def test_a_duty_names_each_period_its_cut_off_and_its_due_day():
    given(WORK_PROGRAMME, *IN_EFFECT).when(oblige).then(QUARTERLY)


def test_setting_the_same_duty_again_is_ignored():
    later = replace(ASKED, set_on=date(2019, 5, 2))

    given(WORK_PROGRAMME, *DUTY).when(oblige, duty_set=later).then_nothing()


@pytest.mark.parametrize(
    ("history", "change", "code"),
    [
        ((DRAFTED,), {}, "programme-not-issued"),
        (DUTY, {"title": "Khác"}, "duty-set-otherwise"),
        (IN_EFFECT, {"recipient": "nobody"}, "unknown-agency"),
        (IN_EFFECT, {"obliged_agencies": ("nobody",)}, "unknown-agency"),
        (
            IN_EFFECT,
            {"due_rule": {"kind": "by_date", "date": "2019-03-20"}},
            "due-within-period",
        ),
        (IN_EFFECT, {"set_on": date(2019, 12, 15)}, "no-period-left"),
    ],
)
def test_a_duty_is_refused(history, change, code):
    bad = replace(ASKED, **change)

    given(WORK_PROGRAMME, *history).when(oblige, duty_set=bad).then_refused(code)


def test_periods_that_are_over_when_the_duty_is_set_are_not_asked_for():
    late = replace(ASKED, set_on=date(2019, 3, 15))
    [event] = oblige(WORK_PROGRAMME.fold(IN_EFFECT), duty_set=late)

    assert [p.period_id for p in event.periods] == ["2019-Q2", "2019-Q3", "2019-Q4"]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("MONTH", ("2019-M01", date(2018, 12, 15)), ("2019-M12", date(2019, 12, 14))),
        ("HALF", ("2019-H1", date(2018, 12, 15)), ("2019-H2", date(2019, 12, 14))),
        ("YEAR", ("2019", date(2018, 12, 15)), ("2019", date(2019, 12, 14))),
    ],
)
def test_a_year_goes_from_15_december_to_14_december(period, first, last):
    found = work.periods(replace(ASKED, period=period), year=2019, calendar=CALENDAR)

    assert (found[0].period_id, found[0].start) == first
    assert (found[-1].period_id, found[-1].end) == last


@forall(
    period=st.sampled_from(["MONTH", "QUARTER", "HALF", "YEAR"]),
    day=st.integers(min_value=1, max_value=31),
    year=st.integers(min_value=2018, max_value=2027),
)
def test_periods_follow_one_another_without_gap_or_overlap(period, day, year):
    asked = replace(ASKED, period=period, cut_off_day=day)
    years = [
        found
        for each in (year, year + 1)
        for found in work.periods(asked, year=each, calendar=CALENDAR)
    ]

    for one, other in pairwise(years):
        assert other.start == one.end + DAY
    for one in years:
        assert one.start <= one.end < one.due.due_on
        # the cut-off day, or the last one of a month that has no such day
        assert one.end.day == day or (one.end + DAY).day == 1


@pytest.mark.seed("4.9")
def test_a_report_is_owed_when_its_period_is_over():
    end = partial(work.end_periods, on=date(2019, 3, 15))

    given(WORK_PROGRAMME, *DUTY).when(end).then(ENDED)
    given(WORK_PROGRAMME, *DUTY, ENDED).when(end).then_nothing()
    on_the_day = partial(work.end_periods, on=date(2019, 3, 14))
    given(WORK_PROGRAMME, *DUTY).when(on_the_day).then_nothing()


def test_the_last_period_of_the_year_is_followed_by_none():
    [*_, last] = work.end_periods(WORK_PROGRAMME.fold(DUTY), on=date(2019, 12, 15))

    assert last.period.period_id == "2019-Q4"
    assert last.following is None


def test_who_reported_before_the_period_was_marked_owes_nothing():
    end = partial(work.end_periods, on=date(2019, 3, 15))

    given(WORK_PROGRAMME, *DUTY, NOTED).when(end).then(replace(ENDED, outstanding=()))


@pytest.mark.seed("4.12")
def test_a_submitted_report_meets_the_duty_of_its_period_once():
    given(WORK_PROGRAMME, *DUTY, ENDED).when(note).then(NOTED)
    given(WORK_PROGRAMME, *DUTY, ENDED, NOTED).when(note).then_nothing()


@pytest.mark.parametrize(
    "change",
    [
        {"period": "YEAR"},
        {"start": date(2018, 12, 16)},
        {"end": date(2019, 3, 15)},
        {"agency_id": "soc-trang-so-tu-phap"},
    ],
)
def test_a_report_of_other_days_or_of_another_agency_meets_no_duty(change):
    other = replace(SUBMITTED, **change)

    given(WORK_PROGRAMME, *DUTY, ENDED).when(note, submitted=other).then_nothing()


def test_a_report_after_its_day_meets_the_duty_late():
    late = replace(SUBMITTED, submitted_on=ENDED.period.due.overdue_from)
    scene = given(WORK_PROGRAMME, *DUTY, ENDED).when(note, submitted=late)

    scene.then(replace(NOTED, submitted_on=late.submitted_on, late=True))


def test_a_report_is_overdue_from_the_day_after_it_is_due_once_for_each_agency():
    # 14 March and six days: Wednesday, 20 March 2019
    assert QUARTERLY.periods[0].due.effective_due_on == date(2019, 3, 20)
    overdue = partial(work.mark_reports_overdue, on=date(2019, 3, 21))

    given(WORK_PROGRAMME, *DUTY, ENDED).when(overdue).then(REPORT_LATE)
    given(WORK_PROGRAMME, *DUTY, ENDED, REPORT_LATE).when(overdue).then_nothing()
    given(WORK_PROGRAMME, *DUTY, ENDED, NOTED).when(overdue).then_nothing()
    early = partial(work.mark_reports_overdue, on=date(2019, 3, 20))
    given(WORK_PROGRAMME, *DUTY, ENDED).when(early).then_nothing()


def test_each_of_several_agencies_is_late_by_itself():
    both = replace(
        QUARTERLY, obliged_agencies=("soc-trang-vp-ubnd", "soc-trang-so-tu-phap")
    )
    overdue = partial(work.mark_reports_overdue, on=date(2019, 3, 21))
    history = (*IN_EFFECT, both, NOTED)

    given(WORK_PROGRAMME, *history).when(overdue).then(
        replace(REPORT_LATE, agency_id="soc-trang-so-tu-phap")
    )


def test_the_rule_of_a_duty_is_its_own():
    soon = replace(ASKED, due_rule={"kind": "working_days", "n": 1})
    found = work.periods(soon, year=2019, calendar=CALENDAR)

    assert found[0].due.effective_due_on == date(2019, 3, 15)
    assert AFTER["n"] == 6
