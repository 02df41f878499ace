"""Rules of drafting and issuing a plan."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning import domain
from services.planning.handlers import PLAN
from tests.planning.examples import (
    ADDED,
    ALL_COMMUNES,
    AN_LOC,
    DRAFTED,
    ISSUED,
    PLAN_IN_EFFECT,
    QUARTER,
    QUOTA_SET,
    REVERSED,
    ROUND,
    UNITS,
    added,
    unit,
)

draft = partial(domain.draft, drafted=DRAFTED)
select = partial(domain.select_units, quota=ALL_COMMUNES, window=QUARTER, units=UNITS)
add = partial(domain.add_unit, agency_id="hn-an-loc", unit=unit(AN_LOC), window=QUARTER)
issue = partial(domain.issue, document_number="45/KH-UBND", on=date(2023, 4, 20))


def test_a_plan_is_drafted():
    given(PLAN).when(draft).then(DRAFTED)


def test_a_plan_need_not_say_which_days_it_reviews():
    open_ = replace(DRAFTED, review_period=None)

    given(PLAN).when(partial(draft, drafted=open_)).then(open_)


def test_drafting_the_same_again_is_ignored():
    given(PLAN, DRAFTED).when(draft).then_nothing()
    given(PLAN, *PLAN_IN_EFFECT).when(draft).then_nothing()


def test_a_plan_is_not_drafted_differently():
    other = partial(draft, drafted=replace(DRAFTED, year=2024))

    given(PLAN, DRAFTED).when(other).then_refused("plan-drafted-otherwise")


def test_a_review_period_does_not_end_before_it_begins():
    other = partial(draft, drafted=replace(DRAFTED, review_period=REVERSED))

    given(PLAN).when(other).then_refused("window-reversed")


@pytest.mark.seed("2.5")
def test_the_quota_all_puts_every_commune_on_the_plan():
    given(PLAN, DRAFTED).when(select).then(QUOTA_SET, *ADDED)


def test_a_unit_that_is_on_the_plan_is_not_added_twice():
    history = (DRAFTED, added(AN_LOC, ROUND))
    others = [event for event in ADDED if event.agency_id != "hn-an-loc"]

    given(PLAN, *history).when(select).then(QUOTA_SET, *others)


def test_selecting_the_same_units_again_is_ignored():
    given(PLAN, DRAFTED, QUOTA_SET, *ADDED).when(select).then_nothing()
    given(PLAN, *PLAN_IN_EFFECT).when(select).then_nothing()


def test_a_quota_that_reaches_nobody_is_not_set():
    nobody = partial(select, units=())

    given(PLAN, DRAFTED).when(nobody).then_refused("no-eligible-unit")


@pytest.mark.parametrize(
    "rule", ["EXACT", "AT_LEAST", "EXACT_PER_PARENT", "AT_LEAST_PER_PARENT", "SOME"]
)
def test_a_rule_that_does_not_say_which_units_selects_none(rule):
    other = partial(select, quota=replace(ALL_COMMUNES, rule=rule, n=3))

    given(PLAN, DRAFTED).when(other).then_refused("quota-rule-unknown")


def test_units_are_not_selected_for_a_window_that_ends_before_it_begins():
    backwards = partial(select, window=REVERSED)

    given(PLAN, DRAFTED).when(backwards).then_refused("window-reversed")


def test_units_are_selected_for_a_draft_only():
    other = partial(select, window=ROUND)

    given(PLAN).when(select).then_refused("unknown-plan")
    given(PLAN, *PLAN_IN_EFFECT).when(other).then_refused("plan-not-draft")


def test_a_unit_is_added():
    given(PLAN, DRAFTED).when(add).then(added(AN_LOC))


def test_adding_a_unit_again_is_ignored():
    given(PLAN, DRAFTED, added(AN_LOC)).when(add).then_nothing()


def test_a_unit_is_not_added_for_other_days():
    other = partial(add, window=ROUND)

    given(PLAN, DRAFTED, added(AN_LOC)).when(other).then_refused("unit-added-otherwise")


def test_an_agency_the_registry_does_not_know_is_not_added():
    unknown = partial(add, agency_id="hn-an-phu", unit=None)

    given(PLAN, DRAFTED).when(unknown).then_refused("unknown-agency")


def test_an_agency_that_does_not_exist_in_the_window_is_not_added():
    after = domain.Window(start=date(2025, 7, 1), end=date(2025, 7, 31))
    late = partial(add, window=after)

    given(PLAN, DRAFTED).when(late).then_refused("target-not-active")


def test_a_unit_is_not_added_for_a_window_that_ends_before_it_begins():
    backwards = partial(add, window=REVERSED)

    given(PLAN, DRAFTED).when(backwards).then_refused("window-reversed")


def test_a_unit_is_added_to_a_draft_only():
    given(PLAN).when(add).then_refused("unknown-plan")
    given(PLAN, *PLAN_IN_EFFECT).when(
        partial(add, agency_id="hong-ngu-vp")
    ).then_refused("plan-not-draft")


@pytest.mark.seed("2.1")
@pytest.mark.seed("2.3")
def test_a_draft_with_units_and_contents_is_issued():
    given(PLAN, DRAFTED, QUOTA_SET, *ADDED).when(issue).then(ISSUED)


@pytest.mark.parametrize("now", [None, "b" * 64])
def test_a_plan_is_not_issued_on_a_simulation_of_another(now):
    signed = partial(issue, simulation_hash="a" * 64)
    draft = (DRAFTED, QUOTA_SET, *ADDED)

    given(PLAN, *draft).when(partial(signed, simulated=now)).then_refused(
        "simulation-outdated"
    )
    given(PLAN, *draft).when(partial(signed, simulated="a" * 64)).then(
        replace(ISSUED, simulation_hash="a" * 64)
    )
    given(PLAN, *PLAN_IN_EFFECT).when(partial(signed, simulated=now)).then_nothing()
    given(PLAN, *draft).when(partial(issue, simulated=now)).then(ISSUED)


def test_issuing_again_under_the_same_number_is_ignored():
    given(PLAN, *PLAN_IN_EFFECT).when(issue).then_nothing()


def test_an_issued_plan_is_not_issued_under_another_number():
    other = partial(issue, document_number="46/KH-UBND")

    given(PLAN, *PLAN_IN_EFFECT).when(other).then_refused("plan-not-draft")


def test_a_plan_nobody_drafted_is_not_issued():
    given(PLAN).when(issue).then_refused("unknown-plan")


def test_a_plan_without_units_is_not_issued():
    given(PLAN, DRAFTED).when(issue).then_refused("plan-without-units")


def test_a_plan_without_contents_is_not_issued():
    empty = replace(DRAFTED, content_items=())

    given(PLAN, empty, added(AN_LOC)).when(issue).then_refused("plan-without-contents")
