"""Rules of teams."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning import domain
from services.planning.handlers import PLAN
from services.planning.handlers import TEAM as TEAM_STREAM
from tests.planning.examples import (
    DRAFTED,
    ESTABLISHED,
    HEAD,
    MEMBER,
    PLAN_IN_EFFECT,
    STORY,
    TEAM,
)

IN_EFFECT = PLAN.fold(PLAN_IN_EFFECT)
establish = partial(domain.establish, decided=ESTABLISHED, plan=IN_EFFECT)


def seated(*seats):
    return partial(establish, decided=replace(ESTABLISHED, seats=seats))


@pytest.mark.seed("2.4")
def test_a_team_is_set_up_with_its_head_named_by_office():
    given(TEAM_STREAM).when(establish).then(ESTABLISHED)

    [head] = [s for s in ESTABLISHED.seats if s.role is domain.Role.HEAD]
    assert (head.agency_id, head.title) == ("hong-ngu-noi-vu", "Trưởng phòng Nội vụ")


def test_a_team_is_set_up_for_a_completed_plan_too():
    later = partial(establish, plan=PLAN.fold(STORY))

    given(TEAM_STREAM).when(later).then(ESTABLISHED)


def test_setting_up_the_same_team_again_is_ignored():
    given(TEAM_STREAM, ESTABLISHED).when(establish).then_nothing()


def test_a_team_is_not_set_up_differently():
    other = seated(HEAD)

    given(TEAM_STREAM, ESTABLISHED).when(other).then_refused(
        "team-established-otherwise"
    )


def test_a_team_has_a_head():
    given(TEAM_STREAM).when(seated(MEMBER)).then_refused("team-without-head")


def test_a_team_has_no_two_heads():
    second = replace(HEAD, agency_id="hong-ngu-vp", person_ref="p-02")

    given(TEAM_STREAM).when(seated(HEAD, second)).then_refused("team-with-two-heads")


def test_no_member_comes_from_a_unit_that_the_plan_inspects():
    at_home = replace(MEMBER, agency_id="hn-an-loc")

    given(TEAM_STREAM).when(seated(HEAD, at_home)).then_refused(
        "member-inspects-own-agency"
    )


def test_the_leading_agency_does_not_inspect_itself():
    led = replace(ESTABLISHED, lead_agency="hn-an-loc")

    given(TEAM_STREAM).when(partial(establish, decided=led)).then_refused(
        "member-inspects-own-agency"
    )


@pytest.mark.parametrize("plan", [domain.Plan(), PLAN.fold([DRAFTED])])
def test_a_team_is_set_up_for_a_plan_in_effect_only(plan):
    early = partial(establish, plan=plan)

    given(TEAM_STREAM).when(early).then_refused("plan-not-issued")


def test_the_agencies_of_a_team_are_named_once_the_leading_one_first():
    again = replace(MEMBER, agency_id="hong-ngu-noi-vu")
    team = domain.Team(decision=replace(ESTABLISHED, seats=(MEMBER, HEAD, again)))

    assert team.agencies == ("hong-ngu-noi-vu", "hong-ngu-vp")
    assert domain.Team().agencies == ()


def test_a_decision_without_a_day_was_taken_today_or_when_it_was_recorded():
    today, given_ = date(2023, 5, 2), date(2023, 4, 1)

    assert domain.Team().day(None, today) == today
    assert TEAM.day(None, today) == ESTABLISHED.decided_on
    assert TEAM.day(given_, today) == given_
