"""Officers: what bars them from a visit, and when it is found out late."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning import domain
from services.planning.domain.officer import months_after
from services.planning.handlers.burdens import OFFICER

LAN = domain.Member(agency_id="hong-ngu-vp", person_ref="p-02")
WHO = {"officer_id": "hong-ngu-vp.p-02", "member": LAN}
DUTY = domain.Duty(
    team_id="T-2023-HN",
    plan_id="KH-2023-HN",
    inspection_id="I-2023-HN-04",
    target_id="hn-an-loc",
    planned_on=date(2023, 5, 15),
)
OTHER_PLAN = replace(
    DUTY, plan_id="KH-2023-CV", inspection_id="I-2023-CV-01", target_id="hn-an-lac"
)
KIN = domain.Tie(agency_id="hn-an-loc", kind=domain.TieKind.KINSHIP)
POST = domain.Tie(
    agency_id="hn-an-loc",
    kind=domain.TieKind.FORMER_POST,
    since=date(2018, 1, 1),
    until=date(2021, 5, 15),
)
TODAY = date(2023, 5, 2)
DECLARED = domain.TieDeclared(**WHO, tie=KIN, declared_on=TODAY)
ASSIGNED = domain.DutiesAssigned(**WHO, duties=(DUTY,))
FLAGGED = domain.TeamMemberConflictDetected(
    **WHO, duty=DUTY, tie=KIN, past=False, detected_on=TODAY
)
declare = partial(
    domain.declare_tie, named="hong-ngu-vp.p-02", member=LAN, tie=KIN, on=TODAY
)
assign = partial(domain.assign, member=LAN, duties=(DUTY,))


def declared(tie):
    return replace(DECLARED, tie=tie)


def test_a_tie_is_declared_once():
    given(OFFICER).when(declare).then(DECLARED)
    given(OFFICER, DECLARED).when(declare).then_nothing()


def test_a_tie_is_declared_under_the_officers_own_name():
    verb = partial(declare, named="hong-ngu-vp.p-03")

    given(OFFICER).when(verb).then_refused("officer-named-otherwise")


def test_a_tie_does_not_end_before_it_begins():
    reversed_ = replace(POST, since=date(2022, 1, 1))

    given(OFFICER).when(partial(declare, tie=reversed_)).then_refused("window-reversed")


@pytest.mark.capability("C5")
def test_a_visit_is_assigned_once():
    given(OFFICER).when(assign).then(ASSIGNED)
    given(OFFICER, ASSIGNED).when(assign).then_nothing()


@pytest.mark.seed("1.5")
@pytest.mark.parametrize("kind", domain.TieKind)
def test_a_tie_bars_the_visit_when_it_is_assigned(kind):
    tie = domain.Tie(agency_id="hn-an-loc", kind=kind)

    given(OFFICER, declared(tie)).when(assign).then_refused(
        "member-conflict-of-interest"
    )


def test_nobody_is_sent_to_their_own_agency():
    home = replace(DUTY, target_id="hong-ngu-vp")

    given(OFFICER).when(partial(assign, duties=(home,))).then_refused(
        "member-inspects-own-agency"
    )


@pytest.mark.parametrize(
    ("until", "barred"),
    [(date(2021, 5, 15), False), (date(2021, 5, 16), True)],
)
def test_a_former_post_bars_until_it_has_cooled_off(until, barred):
    scenario = given(OFFICER, declared(replace(POST, until=until))).when(assign)

    if barred:
        scenario.then_refused("member-conflict-of-interest")
    else:
        scenario.then(ASSIGNED)


def test_a_plan_says_how_long_a_post_cools_off():
    duty = replace(DUTY, cool_off_months=36)

    given(OFFICER, declared(POST)).when(partial(assign, duties=(duty,))).then_refused(
        "member-conflict-of-interest"
    )


def test_a_tie_that_ended_or_is_of_another_unit_bars_nothing():
    ended = replace(KIN, until=date(2023, 5, 14))
    to_come = replace(KIN, since=date(2023, 5, 16))
    elsewhere = replace(KIN, agency_id="hn-an-lac")
    history = [declared(tie) for tie in (ended, to_come, elsewhere)]

    given(OFFICER, *history).when(assign).then(ASSIGNED)


@pytest.mark.seed("1.5")
def test_a_tie_declared_late_flags_the_planned_visit():
    given(OFFICER, ASSIGNED).when(declare).then(DECLARED, FLAGGED)


def test_a_tie_declared_after_the_visit_marks_it():
    later = date(2023, 5, 16)
    verb = partial(declare, on=later)

    given(OFFICER, ASSIGNED).when(verb).then(
        replace(DECLARED, declared_on=later),
        replace(FLAGGED, past=True, detected_on=later),
    )


def test_a_visit_that_was_taken_off_is_not_flagged():
    ended = domain.DutiesEnded(
        officer_id="hong-ngu-vp.p-02", inspection_ids=("I-2023-HN-04",)
    )
    end = partial(domain.end_duties, member=LAN, inspection_ids=["I-2023-HN-04", "I"])

    given(OFFICER, ASSIGNED).when(end).then(ended)
    given(OFFICER, ASSIGNED, ended).when(end).then_nothing()
    given(OFFICER, ASSIGNED, ended).when(declare).then(DECLARED)


@pytest.mark.seed("1.7")
@pytest.mark.capability("C6")
def test_visits_of_two_plans_on_one_day_are_told_once():
    [found] = assign(OFFICER.fold([ASSIGNED]), duties=(OTHER_PLAN,))[0].found

    assert (found.kind, found.plans) == (
        domain.OverlapKind.MEMBER,
        ("KH-2023-CV", "KH-2023-HN"),
    )
    told = domain.DutiesAssigned(**WHO, duties=(OTHER_PLAN,), found=(found,))
    again = replace(OTHER_PLAN, inspection_id="I-2023-CV-02")
    [event] = assign(OFFICER.fold([ASSIGNED, told]), duties=(again,))
    assert event.found == ()


@pytest.mark.parametrize(
    "other",
    [
        replace(DUTY, inspection_id="I-2023-HN-05", target_id="hn-an-lac"),
        replace(OTHER_PLAN, planned_on=date(2023, 5, 16)),
        replace(OTHER_PLAN, desk=True),
    ],
)
def test_one_plans_visits_another_day_and_the_desk_do_not_clash(other):
    [event] = assign(OFFICER.fold([ASSIGNED]), duties=(other,))

    assert event.found == ()


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2021, 5, 15), 24, date(2023, 5, 15)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2023, 12, 1), 1, date(2024, 1, 1)),
        (date(2023, 1, 31), 0, date(2023, 1, 31)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_months_last(day, months, then):
    assert months_after(day, months) == then
