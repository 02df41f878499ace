"""The duty to inspect oneself: own plan by a day, result by another."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from services.chassis.testing.scenario import given
from services.planning.domain import self_inspecting as own
from services.planning.handlers.aggregates import PLAN
from services.planning.handlers.self_inspections import SELF_INSPECTION
from tests.planning.change_examples import CANCELLED
from tests.planning.examples import AN_LOC, DRAFTED, PLAN_IN_EFFECT, unit
from tests.planning.self_examples import (
    OWN_PLAN,
    PLAN_OVERDUE,
    REPORTED,
    REQUIRED,
    RESULT_OVERDUE,
)

IN_EFFECT = PLAN.fold(PLAN_IN_EFFECT)
UNIT = unit(AN_LOC)


def require(*history, required=REQUIRED, plan=IN_EFFECT, about=UNIT):
    scenario = given(SELF_INSPECTION, *history)
    return scenario.when(
        own.require_self_inspection, required=required, plan=plan, unit=about
    )


@pytest.mark.seed("3.8")
@pytest.mark.capability("C12")
def test_a_plan_in_effect_obliges_a_unit():
    require().then(REQUIRED)


def test_obliging_again_is_ignored_on_a_later_day_too():
    require(REQUIRED, required=replace(REQUIRED, required_on=date(2023, 5, 1))).then()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (
            {"required": replace(REQUIRED, plan_due=REQUIRED.result_due)},
            "self-inspection-required-otherwise",
        ),
    ],
)
def test_what_is_required_is_not_required_differently(changed, code):
    require(REQUIRED, **changed).then_refused(code)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"plan": PLAN.initial()}, "unknown-plan"),
        ({"plan": PLAN.fold([DRAFTED])}, "plan-not-issued"),
        ({"about": None}, "unknown-agency"),
        ({"about": replace(UNIT, valid_to=date(2023, 6, 30))}, "target-not-active"),
        (
            {
                "required": replace(
                    REQUIRED,
                    plan_due=REQUIRED.result_due,
                    result_due=REQUIRED.plan_due,
                )
            },
            "window-reversed",
        ),
    ],
)
def test_who_cannot_be_obliged_is_not(changed, code):
    require(**changed).then_refused(code)


def issue(*history, by="hn-an-loc", **changed):
    issued = replace(OWN_PLAN, plan_id="", late=False, **changed)
    scenario = given(SELF_INSPECTION, *history)
    return scenario.when(own.issue_own_plan, issued=issued, by_agency=by)


@pytest.mark.seed("3.9")
def test_the_unit_issues_its_own_plan_online_or_direct():
    issue(REQUIRED).then(OWN_PLAN)
    issue(REQUIRED, mode="DIRECT").then(replace(OWN_PLAN, mode="DIRECT"))


def test_the_same_plan_again_is_ignored():
    issue(REQUIRED, OWN_PLAN).then_nothing()


def test_a_plan_after_its_day_is_late_and_still_taken():
    day = date(2023, 5, 16)
    issue(REQUIRED, PLAN_OVERDUE, issued_on=day).then(
        replace(OWN_PLAN, issued_on=day, late=True)
    )


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        ((), {}, "unknown-self-inspection"),
        ((REQUIRED,), {"by": "hn-an-lac"}, "not-your-duty"),
        ((REQUIRED,), {"by": None}, "not-your-duty"),
        ((REQUIRED,), {"divisions": ()}, "self-inspection-without-divisions"),
        ((REQUIRED,), {"divisions_total": None}, "divisions-total-missing"),
        ((REQUIRED,), {"divisions_total": 5}, "self-inspection-share-short"),
        (
            (REQUIRED, OWN_PLAN),
            {"document_number": "13/KH-UBND"},
            "self-inspection-planned-otherwise",
        ),
    ],
)
def test_a_plan_that_does_not_do_is_refused(history, changed, code):
    issue(*history, **changed).then_refused(code)


@forall(st.integers(1, 100_000), st.integers(1, 100))
def test_a_share_is_the_least_whole_number_that_is_enough(total, percent):
    enough = own.share(total, percent)

    assert enough * 100 >= total * percent
    assert (enough - 1) * 100 < total * percent


def report(*history, by="hn-an-loc", **changed):
    reported = replace(REPORTED, plan_id="", short_by=0, late=False, **changed)
    scenario = given(SELF_INSPECTION, *history)
    return scenario.when(own.report_self_inspection, reported=reported, by_agency=by)


def test_the_unit_reports_and_what_it_left_out_is_counted():
    report(REQUIRED, OWN_PLAN).then(REPORTED)
    report(REQUIRED, OWN_PLAN, REPORTED).then_nothing()


@pytest.mark.parametrize(
    ("day", "late"), [(date(2023, 10, 2), False), (date(2023, 10, 3), True)]
)
def test_a_report_is_late_from_the_day_after_the_rolled_day(day, late):
    report(REQUIRED, OWN_PLAN, reported_on=day).then(
        replace(REPORTED, reported_on=day, late=late)
    )


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        ((), {}, "unknown-self-inspection"),
        ((REQUIRED,), {}, "self-inspection-without-plan"),
        ((REQUIRED, OWN_PLAN), {"by": "hong-ngu"}, "not-your-duty"),
        (
            (REQUIRED, OWN_PLAN, REPORTED),
            {"findings": 0},
            "self-inspection-reported-otherwise",
        ),
    ],
)
def test_a_report_that_does_not_do_is_refused(history, changed, code):
    report(*history, **changed).then_refused(code)


miss_plan = partial(own.mark_plan_overdue, plan=IN_EFFECT)
miss_result = partial(own.mark_result_overdue, plan=IN_EFFECT)


def test_a_plan_called_off_lets_nobody_be_late():
    off = PLAN.fold([*PLAN_IN_EFFECT, CANCELLED])
    for mark in (miss_plan, miss_result):
        given(SELF_INSPECTION, REQUIRED).when(partial(mark, plan=off)).then_nothing()


@pytest.mark.seed("3.8")
def test_a_day_without_a_plan_is_told_once():
    given(SELF_INSPECTION, REQUIRED).when(miss_plan).then(PLAN_OVERDUE)
    for more in (PLAN_OVERDUE, OWN_PLAN):
        given(SELF_INSPECTION, REQUIRED, more).when(miss_plan).then()


def test_a_day_without_a_result_is_told_once():
    planned = (REQUIRED, OWN_PLAN)
    given(SELF_INSPECTION, *planned).when(miss_result).then(RESULT_OVERDUE)
    for more in (RESULT_OVERDUE, REPORTED):
        given(SELF_INSPECTION, *planned, more).when(miss_result).then()


def test_nothing_is_overdue_of_what_nobody_required():
    for mark in (miss_plan, miss_result):
        given(SELF_INSPECTION).when(mark).then_refused("unknown-self-inspection")
