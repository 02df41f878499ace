"""Rules of teams: set up by a decision, composed anew, ended."""

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
RECOMPOSED = domain.TeamRecomposed(
    team_id="T-2023-HN",
    plan_id="KH-2023-HN",
    decision_number="131/QĐ-UBND",
    replaces="120/QĐ-UBND",
    vacated=2,
    decided_on=date(2023, 5, 4),
    lead_agency="hong-ngu-noi-vu",
    seats=(replace(HEAD, person_ref="p-07"),),
)
recompose = partial(domain.recompose, decided=RECOMPOSED, plan=IN_EFFECT)
DISSOLVED = domain.TeamDissolved(
    team_id="T-2023-HN",
    plan_id="KH-2023-HN",
    dissolved_on=date(2023, 12, 31),
    reason="DECIDED",
)
dissolve = partial(domain.dissolve, on=DISSOLVED.dissolved_on)
COMPLETED_ON = date(2023, 6, 5)


def seated(*seats):
    return partial(establish, decided=replace(ESTABLISHED, seats=seats))


def delegated(**changes):
    """The decision of the lead agency, which the plan delegates."""
    said = {
        "decided_by": "hong-ngu-noi-vu",
        "delegated_by_plan_id": "KH-2023-HN",
        **changes,
    }
    return replace(ESTABLISHED, **said)


@pytest.mark.seed("2.4")
@pytest.mark.capability("C5")
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


@pytest.mark.seed("1.20")
def test_a_team_has_no_two_heads():
    second = replace(HEAD, agency_id="hong-ngu-vp", person_ref="p-02")

    given(TEAM_STREAM).when(seated(HEAD, second)).then_refused("team-with-two-heads")


@pytest.mark.seed("1.20")
def test_the_head_is_of_the_leading_agency():
    other = replace(HEAD, agency_id="hong-ngu-vp")

    given(TEAM_STREAM).when(seated(other)).then_refused("head-not-from-lead-agency")


@pytest.mark.seed("3.10", "1.19")
def test_the_heads_seat_is_an_agencys_first_and_a_persons_later():
    nameless = replace(HEAD, person_ref=None, title=None)
    decided = replace(ESTABLISHED, seats=(nameless, MEMBER))

    given(TEAM_STREAM).when(partial(establish, decided=decided)).then(decided)


@pytest.mark.seed("3.11")
def test_bodies_of_the_press_sit_in_a_team_as_such():
    media = domain.Seat(agency_id="bao-dong-thap", role=domain.Role.MEDIA)
    decided = replace(ESTABLISHED, seats=(HEAD, MEMBER, media))

    given(TEAM_STREAM).when(partial(establish, decided=decided)).then(decided)


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


@pytest.mark.seed("1.18")
@pytest.mark.capability("C5")
def test_the_plans_lead_agency_decides_where_the_plan_delegates():
    decided = delegated()
    verb = partial(establish, decided=decided, by_agency="hong-ngu-noi-vu")

    given(TEAM_STREAM).when(verb).then(decided)


@pytest.mark.parametrize(
    ("changes", "by"),
    [
        ({"delegated_by_plan_id": None}, "hong-ngu-noi-vu"),
        ({"delegated_by_plan_id": "KH-2023-TN"}, "hong-ngu-noi-vu"),
        ({"decided_by": "hong-ngu-vp"}, "hong-ngu-vp"),
        ({"decided_by": "hong-ngu"}, "hong-ngu"),
    ],
)
def test_nobody_else_decides_through_a_plan(changes, by):
    verb = partial(establish, decided=delegated(**changes), by_agency=by)

    given(TEAM_STREAM).when(verb).then_refused("decision-not-delegated")


def test_an_agency_does_not_sign_the_decision_of_another():
    verb = partial(establish, decided=delegated(), by_agency="hong-ngu-vp")

    given(TEAM_STREAM).when(verb).then_refused("decision-of-another-agency")


def test_a_mandate_does_not_end_before_it_begins():
    decided = replace(ESTABLISHED, until=date(2023, 4, 24))

    given(TEAM_STREAM).when(partial(establish, decided=decided)).then_refused(
        "window-reversed"
    )


@pytest.mark.capability("C5")
def test_a_new_decision_takes_the_place_of_the_old_one():
    given(TEAM_STREAM, ESTABLISHED).when(recompose).then(RECOMPOSED)

    team = TEAM_STREAM.fold([ESTABLISHED, RECOMPOSED])
    assert [seat.person_ref for seat in team.seats] == ["p-07"]
    assert team.agencies == ("hong-ngu-noi-vu",)


def test_the_same_new_decision_again_is_ignored():
    again = partial(recompose, decided=replace(RECOMPOSED, vacated=1))

    given(TEAM_STREAM, ESTABLISHED, RECOMPOSED).when(again).then_nothing()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"replaces": "119/QĐ-UBND"}, "replaces-another-decision"),
        ({"decision_number": "120/QĐ-UBND"}, "decision-number-taken"),
        ({"seats": (MEMBER,)}, "team-without-head"),
    ],
)
def test_a_new_decision_is_held_to_the_rules_of_the_first(changes, code):
    verb = partial(recompose, decided=replace(RECOMPOSED, **changes))

    given(TEAM_STREAM, ESTABLISHED).when(verb).then_refused(code)


def test_a_team_that_nobody_set_up_is_neither_recomposed_nor_dissolved():
    given(TEAM_STREAM).when(recompose).then_refused("unknown-team")
    given(TEAM_STREAM).when(dissolve).then_refused("unknown-team")


@pytest.mark.capability("C5")
def test_a_team_is_dissolved_once():
    given(TEAM_STREAM, ESTABLISHED).when(dissolve).then(DISSOLVED)
    given(TEAM_STREAM, ESTABLISHED, DISSOLVED).when(dissolve).then_nothing()


def test_a_dissolved_team_is_not_recomposed():
    given(TEAM_STREAM, ESTABLISHED, DISSOLVED).when(recompose).then_refused(
        "team-dissolved"
    )


def test_a_team_dissolves_itself_with_its_plan_where_its_decision_says_so():
    until = replace(ESTABLISHED, until_plan_completed=True)
    verb = partial(domain.dissolve_when_done, completed_on=COMPLETED_ON)
    done = replace(DISSOLVED, dissolved_on=COMPLETED_ON, reason="PLAN_COMPLETED")

    given(TEAM_STREAM, until).when(verb).then(done)
    given(TEAM_STREAM, ESTABLISHED).when(verb).then_nothing()
    given(TEAM_STREAM).when(verb).then_nothing()


def test_a_mandate_ends_the_day_after_its_last():
    until = replace(ESTABLISHED, until=date(2023, 12, 31))
    verb = partial(domain.end_mandate, on=date(2024, 1, 1))
    over = replace(DISSOLVED, dissolved_on=date(2024, 1, 1), reason="MANDATE_ENDED")

    given(TEAM_STREAM, until).when(verb).then(over)
    given(TEAM_STREAM, until).when(
        partial(domain.end_mandate, on=date(2023, 12, 31))
    ).then_nothing()
    given(TEAM_STREAM, ESTABLISHED).when(verb).then_nothing()


def test_a_decision_with_a_mandate_waits_for_its_end():
    until = replace(ESTABLISHED, until=date(2023, 12, 31))

    kinds = [(d.kind, d.at) for d in TEAM_STREAM.arms(until).deadlines]
    stopped, started = kinds
    assert stopped == ("planning.team-mandate", None)
    assert started[1].isoformat() == "2024-01-01T00:00:00+07:00"


def test_a_team_does_not_work_after_its_last_day():
    until = TEAM_STREAM.fold([replace(ESTABLISHED, until=date(2023, 5, 9))])

    domain.ready_on(until, date(2023, 5, 9))
    with pytest.raises(domain.TeamRefused) as refused:
        domain.ready_on(until, date(2023, 5, 10))
    assert refused.value.code == "team-mandate-ended"


def test_a_dissolved_team_does_not_work():
    with pytest.raises(domain.TeamRefused) as refused:
        domain.ready_on(TEAM_STREAM.fold([ESTABLISHED, DISSOLVED]), date(2023, 5, 9))
    assert refused.value.code == "team-dissolved"


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
