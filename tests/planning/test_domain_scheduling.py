"""Rules of rounds and visits."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning import domain
from services.planning.handlers import PLAN
from tests.planning.examples import (
    AN_LOC,
    COMPLETED,
    DRAFTED,
    ESTABLISHED,
    HEAD,
    ISSUED,
    ORDERED,
    PLAN_IN_EFFECT,
    REVERSED,
    ROUND,
    ROUND_SCHEDULED,
    SCHEDULED,
    TEAM,
    UNITS,
    VISITS,
    WANTED,
    added,
)

schedule = partial(domain.schedule_round, wanted=WANTED, team=TEAM, units=UNITS)
FIRST = VISITS[0]


def wanting(**changes):
    return partial(schedule, wanted=replace(WANTED, **changes))


def visiting(**changes):
    return wanting(visits=(replace(FIRST, **changes), *VISITS[1:]))


@pytest.mark.seed("2.2")
def test_a_round_is_scheduled_with_a_visit_to_every_unit():
    given(PLAN, *PLAN_IN_EFFECT).when(schedule).then(SCHEDULED, *ORDERED)

    assert (ROUND.end - ROUND.start).days + 1 == 15


@pytest.mark.seed("2.3")
def test_one_visit_serves_every_programme_of_the_plan():
    assert {ordered.programmes for ordered in ORDERED} == {("PAR", "TTHC_CONTROL")}


def test_scheduling_the_same_round_again_is_ignored():
    given(PLAN, *ROUND_SCHEDULED).when(schedule).then_nothing()
    given(PLAN, *ROUND_SCHEDULED, COMPLETED).when(schedule).then_nothing()


def test_a_round_is_not_scheduled_differently():
    given(PLAN, *ROUND_SCHEDULED).when(wanting(visits=VISITS[:3])).then_refused(
        "round-scheduled-otherwise"
    )
    given(PLAN, *ROUND_SCHEDULED).when(
        visiting(planned_on=date(2023, 5, 10))
    ).then_refused("round-scheduled-otherwise")


def test_a_round_is_scheduled_for_a_plan_in_effect_only():
    given(PLAN).when(schedule).then_refused("unknown-plan")
    given(PLAN, DRAFTED).when(schedule).then_refused("plan-not-issued")


def test_a_round_does_not_end_before_it_begins():
    given(PLAN, *PLAN_IN_EFFECT).when(wanting(window=REVERSED)).then_refused(
        "window-reversed"
    )


@pytest.mark.parametrize(
    "team",
    [
        domain.Team(),
        domain.Team(decision=replace(ESTABLISHED, plan_id="KH-2023-TN")),
    ],
)
def test_a_round_needs_a_team_of_its_plan(team):
    strangers = partial(schedule, team=team)

    given(PLAN, *PLAN_IN_EFFECT).when(strangers).then_refused("unknown-team")


def test_only_units_on_the_plan_are_visited():
    given(PLAN, *PLAN_IN_EFFECT).when(visiting(agency_id="hong-ngu")).then_refused(
        "not-a-target"
    )


@pytest.mark.parametrize("day", [date(2023, 5, 8), date(2023, 5, 24)])
def test_a_visit_lies_in_its_round(day):
    given(PLAN, *PLAN_IN_EFFECT).when(visiting(planned_on=day)).then_refused(
        "visit-outside-window"
    )


def test_a_visit_lies_in_the_days_that_the_plan_promises():
    june = domain.Window(start=date(2023, 6, 1), end=date(2023, 6, 30))
    history = (DRAFTED, added(AN_LOC, june), ISSUED)
    one = wanting(visits=(replace(FIRST, agency_id="hn-an-loc"),))

    given(PLAN, *history).when(one).then_refused("visit-outside-window")


def test_days_that_the_plan_only_means_bind_nobody():
    june = domain.Window(start=date(2023, 6, 1), end=date(2023, 6, 30), tentative=True)
    history = (DRAFTED, added(AN_LOC, june), ISSUED)
    [loc] = [visit for visit in VISITS if visit.agency_id == "hn-an-loc"]
    [ordered] = [event for event in ORDERED if event.agency_id == "hn-an-loc"]

    given(PLAN, *history).when(wanting(visits=(loc,))).then(
        replace(SCHEDULED, inspection_ids=(loc.inspection_id,)), ordered
    )


def test_nobody_of_the_team_inspects_their_own_agency():
    at_home = replace(HEAD, agency_id=FIRST.agency_id, role=domain.Role.MEMBER)
    team = domain.Team(decision=replace(ESTABLISHED, seats=(HEAD, at_home)))

    given(PLAN, *PLAN_IN_EFFECT).when(partial(schedule, team=team)).then_refused(
        "member-inspects-own-agency"
    )


def test_a_unit_that_does_not_exist_on_the_day_is_not_visited():
    ended = replace(UNITS[0], valid_to=date(2023, 5, 8))
    gone = partial(schedule, units=(ended, *UNITS[1:]))
    unknown = partial(schedule, units=UNITS[1:])

    given(PLAN, *PLAN_IN_EFFECT).when(gone).then_refused("target-not-active")
    given(PLAN, *PLAN_IN_EFFECT).when(unknown).then_refused("target-not-active")


@pytest.mark.parametrize(
    "changes",
    [{"agency_id": VISITS[1].agency_id}, {"inspection_id": VISITS[1].inspection_id}],
)
def test_no_unit_and_no_inspection_comes_twice_in_a_round(changes):
    given(PLAN, *PLAN_IN_EFFECT).when(visiting(**changes)).then_refused(
        "visit-scheduled-twice"
    )


@pytest.mark.parametrize(
    "again",
    [
        replace(FIRST, inspection_id="I-2023-HN-08"),
        replace(FIRST, agency_id="hong-ngu"),
    ],
)
def test_no_unit_and_no_inspection_comes_again_in_a_later_round(again):
    later = wanting(round_id="R-2023-HN-2", visits=(again,))

    given(PLAN, *ROUND_SCHEDULED).when(later).then_refused("visit-scheduled-twice")


def test_escalation_goes_to_the_plans_superior_then_the_units_then_the_issuer():
    def told(drafted, unit):
        history = (drafted, added(AN_LOC), ISSUED)
        loc = replace(FIRST, agency_id="hn-an-loc")
        wanted = replace(WANTED, visits=(loc,))
        _, order = domain.schedule_round(
            PLAN.fold(history), wanted=wanted, team=TEAM, units=[unit]
        )
        return order.remedy_policy.superior_id

    named = replace(DRAFTED, remedy_policy=domain.RemedyPolicy(superior_id="dong-thap"))
    [loc] = [unit for unit in UNITS if unit.agency_id == "hn-an-loc"]

    assert told(named, loc) == "dong-thap"
    assert told(DRAFTED, replace(loc, superior_id="hong-ngu-vp")) == "hong-ngu-vp"
    assert told(DRAFTED, replace(loc, superior_id=None)) == "hong-ngu"
