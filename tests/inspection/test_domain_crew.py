"""Who may record what an inspection sees: the team as it sits now."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import CREW, INSPECTION
from tests.inspection.examples import AT_THE_UNIT, PLANNED

UNIT = PLANNED.terms.agency_id
HEAD = domain.Officer(agency_id="hong-ngu-noi-vu", person_ref="p-01")
OFFICE = domain.Officer(agency_id="hong-ngu-vp")
NAMED = replace(OFFICE, person_ref="p-02")
OTHER = replace(OFFICE, person_ref="p-03")
GUEST = domain.Officer(agency_id="hong-ngu-tu-phap", person_ref="p-04")


def seat(officer, role="MEMBER", only=None):
    return domain.Seat(officer=officer, role=role, for_inspection=only)


SEATS = (seat(HEAD, "HEAD"), seat(OFFICE))
SEATED = domain.CrewSeated(team_id="T-2023-HN", seats=SEATS)
APPOINTED = replace(SEATED, seats=(SEATS[0], seat(NAMED)))
REPLACED = replace(SEATED, seats=(SEATS[0], seat(OTHER)))
INVITED = replace(SEATED, seats=(*SEATS, seat(GUEST, only=PLANNED.inspection_id)))
HERE = domain.Group(officers=(HEAD,), target_ids=(UNIT,))
ELSEWHERE = domain.Group(officers=(OFFICE,), target_ids=("hn-binh-thanh",))
SPLIT = replace(SEATED, groups=(HERE, ELSEWHERE))
AWAY = domain.KeptAway(officer=OFFICE, target_id=UNIT)
KEPT = replace(SEATED, kept_away=(AWAY,))
DISSOLVED = replace(SEATED, ended_on=date(2023, 5, 20))

decided = partial(domain.seat_team, team_id="T-2023-HN", seats=SEATS)
appoint = partial(domain.take_seat, before=None, seat=seat(NAMED))
swap = partial(domain.take_seat, before=seat(NAMED), seat=seat(OTHER))
invite = partial(domain.take_seat, before=None, seat=INVITED.seats[-1])
split = partial(domain.split_crew, groups=SPLIT.groups)
away = partial(domain.keep_away, kept=AWAY)
end = partial(domain.end_crew, on=date(2023, 5, 20))


@pytest.mark.parametrize(
    ("history", "verb", "comes"),
    [
        ((), decided, SEATED),
        ((SEATED,), appoint, APPOINTED),
        ((APPOINTED,), swap, REPLACED),
        ((SEATED,), invite, INVITED),
        ((SEATED,), split, SPLIT),
        ((SEATED,), away, KEPT),
        ((SEATED,), end, DISSOLVED),
    ],
    ids=["decided", "appointed", "replaced", "invited", "split", "away", "dissolved"],
)
def test_each_change_of_a_team_is_noted_once(history, verb, comes):
    given(CREW, *history).when(verb).then(comes)
    given(CREW, comes).when(verb).then_nothing()


@pytest.mark.parametrize("verb", [appoint, split, away, end])
def test_a_team_that_nobody_told_of_does_not_change(verb):
    given(CREW).when(verb).then_refused("unknown-team")


def test_a_new_decision_seats_anew_without_groups_and_who_stays_away_stays_so():
    before = replace(SPLIT, kept_away=(AWAY,))

    given(CREW, before).when(decided).then(KEPT)


def test_who_takes_a_seat_takes_the_place_in_the_group():
    named = replace(
        SPLIT,
        seats=APPOINTED.seats,
        groups=(HERE, replace(ELSEWHERE, officers=(NAMED,))),
    )

    given(CREW, SPLIT).when(appoint).then(named)


def test_a_group_keeps_an_agency_of_which_another_seat_is_still_without_a_person():
    two = replace(SPLIT, seats=(*SEATS, seat(OFFICE)))

    given(CREW, two).when(appoint).then(
        replace(two, seats=(SEATS[0], seat(NAMED), seat(OFFICE)))
    )


def refusal(seated, officer, history=AT_THE_UNIT):
    """Return the code of the refusal; None: the officer may."""
    inspection = INSPECTION.fold(history)
    crew = CREW.fold((seated,) if seated else ())
    try:
        domain.of_the_team(inspection, crew=crew, officer=officer)
    except domain.InspectionRefused as refused:
        return refused.code
    return None


NOT_IN_IT = "officer-not-in-team"


@pytest.mark.capability("C5")
@pytest.mark.parametrize(
    ("seated", "officer", "code"),
    [
        (SEATED, HEAD, None),
        (SEATED, NAMED, None),
        (SEATED, replace(HEAD, person_ref="p-09"), NOT_IN_IT),
        (SEATED, GUEST, NOT_IN_IT),
        (APPOINTED, NAMED, None),
        (APPOINTED, OTHER, NOT_IN_IT),
        (REPLACED, NAMED, NOT_IN_IT),
        (REPLACED, OTHER, None),
        (INVITED, GUEST, None),
        (replace(SEATED, seats=(*SEATS, seat(GUEST, only="I-X"))), GUEST, NOT_IN_IT),
        (SPLIT, HEAD, None),
        (SPLIT, NAMED, NOT_IN_IT),
        (replace(INVITED, groups=SPLIT.groups), GUEST, None),
        (KEPT, HEAD, None),
        (KEPT, NAMED, NOT_IN_IT),
    ],
)
def test_only_who_has_a_seat_that_goes_to_the_unit_records(seated, officer, code):
    assert refusal(seated, officer) == code


@pytest.mark.capability("C5")
def test_who_leads_the_team_leads_each_of_its_groups_but_not_where_kept_away():
    others = replace(SPLIT, groups=(replace(ELSEWHERE, target_ids=(UNIT,)),))
    away = domain.KeptAway(officer=HEAD, target_id=UNIT)

    assert refusal(others, HEAD) is None
    assert refusal(replace(others, kept_away=(away,)), HEAD) == NOT_IN_IT


def test_a_unit_that_no_group_has_is_the_whole_teams():
    assert refusal(replace(SPLIT, groups=(ELSEWHERE,)), NAMED) is None


def test_a_team_that_is_no_more_begins_nothing_but_ends_what_it_began():
    assert refusal(DISSOLVED, HEAD, (PLANNED,)) == "team-dissolved"
    assert refusal(DISSOLVED, HEAD, AT_THE_UNIT) is None
    assert refusal(DISSOLVED, GUEST, AT_THE_UNIT) == NOT_IN_IT


def test_until_a_team_is_told_of_the_agencies_of_the_order_may_record():
    assert refusal(None, NAMED) is None
    assert refusal(None, GUEST) == NOT_IN_IT


def test_of_an_inspection_that_was_never_ordered_nothing_is_said_here():
    assert refusal(SEATED, GUEST, ()) is None
