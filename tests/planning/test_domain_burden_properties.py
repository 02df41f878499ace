"""What holds of teams, officers and units whatever is asked, in whatever order."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.planning import domain
from services.planning.handlers import PLAN, TEAM
from services.planning.handlers.burdens import BURDEN, OFFICER
from tests.planning.examples import ESTABLISHED, PLAN_IN_EFFECT

FIRST = date(2023, 5, 1)
IN_EFFECT = PLAN.fold(PLAN_IN_EFFECT)
days = st.integers(0, 20).map(lambda n: FIRST + timedelta(days=n))
agencies = st.sampled_from(
    ["hong-ngu-noi-vu", "hong-ngu-vp", "hong-ngu-tu-phap", "hn-an-loc"]
)
persons = st.sampled_from([None, "p-1", "p-2", "p-3"])
roles = st.sampled_from(domain.Role)
seats = st.builds(domain.Seat, agency_id=agencies, role=roles, person_ref=persons)
members = st.builds(domain.Member, agency_id=agencies, person_ref=persons)
appointees = st.builds(
    domain.Appointee,
    agency_id=agencies,
    person_ref=st.sampled_from(["p-1", "p-2", "p-3"]),
    role=st.none() | roles,
)
decided = st.fixed_dictionaries(
    {
        "team_id": st.just("T-2023-HN"),
        "plan_id": st.just("KH-2023-HN"),
        "decision_number": st.sampled_from(["1/QĐ", "2/QĐ"]),
        "decided_on": st.just(FIRST),
        "lead_agency": agencies,
        "seats": st.lists(seats, max_size=4).map(tuple),
    }
)
groups = st.builds(
    domain.Group,
    group_id=st.sampled_from(["TO-1", "TO-2"]),
    leader=members,
    members=st.lists(members, max_size=2).map(tuple),
    target_ids=st.lists(st.sampled_from(["hn-an-loc", "hn-an-lac"])).map(tuple),
)
requests = st.one_of(
    decided.map(
        lambda d: (
            lambda team: domain.establish(
                team, decided=domain.TeamEstablished(**d), plan=IN_EFFECT
            )
        )
    ),
    decided.map(
        lambda d: (
            lambda team: domain.recompose(
                team,
                decided=domain.TeamRecomposed(
                    replaces=team.decision.decision_number if team.decision else "",
                    vacated=len(team.seats),
                    **d,
                ),
                plan=IN_EFFECT,
            )
        )
    ),
    appointees.map(lambda named: lambda team: domain.appoint(team, named=named)),
    st.builds(
        lambda leaving, named: (
            lambda team: domain.replace_member(
                team, leaving=leaving, named=named, reason="Ốm"
            )
        ),
        persons.filter(bool),
        appointees,
    ),
    seats.map(
        lambda seat: (
            lambda team: domain.invite(
                team, seat=seat, plan=IN_EFFECT, by_agency="hong-ngu-noi-vu"
            )
        )
    ),
    st.lists(groups, min_size=1, max_size=2).map(
        lambda wanted: lambda team: domain.split(team, groups=wanted, plan=IN_EFFECT)
    ),
)


@pytest.mark.seed("1.20")
@given(st.lists(requests, max_size=12), st.booleans())
def test_a_team_has_one_head_of_its_lead_agency_always(asked, set_up):
    team = TEAM.fold([ESTABLISHED] if set_up else [])
    for request in asked:
        with suppress(domain.TeamRefused):
            team = after(team, request)
        if team.decision is not None:
            [head] = [s for s in team.seats if s.role is domain.Role.HEAD]
            assert head.agency_id == team.decision.lead_agency
            assert not {s.agency_id for s in team.seats} & set(IN_EFFECT.targets)


def after(team, request):
    for event in request(team):
        team = TEAM.evolve(team, event)
    return team


plans = st.builds(
    lambda n, start, span: domain.Claim(
        plan_id=f"KH-{n}",
        window=domain.Window(start=start, end=start + timedelta(days=span)),
        year=2023,
        programmes=(f"P-{n}",),
        content_items=(),
    ),
    st.integers(0, 5),
    days,
    st.integers(0, 6),
)


@pytest.mark.seed("1.7")
@pytest.mark.capability("C6")
@given(st.lists(plans, max_size=6, unique_by=lambda claim: claim.plan_id))
def test_overlaps_are_those_that_brute_force_finds_day_by_day(claims):
    burden, found = BURDEN.fold([]), []
    for wanted in claims:
        for event in domain.claim_unit(burden, agency_id="hn-an-loc", wanted=wanted):
            found += [one.plans for one in event.found]
            burden = BURDEN.evolve(burden, event)

    assert sorted(found) == sorted(
        tuple(sorted((a.plan_id, b.plan_id)))
        for a, b in combinations(claims, 2)
        if every_day(a) & every_day(b)
    )


def every_day(claim):
    span = (claim.window.end - claim.window.start).days + 1
    return {claim.window.start + timedelta(days=n) for n in range(span)}


bookings = st.builds(
    domain.Booking,
    inspection_id=st.sampled_from([f"I-{n}" for n in range(8)]),
    plan_id=st.sampled_from(["KH-0", "KH-1", "KH-2"]),
    day=days,
)


@pytest.mark.seed("1.6")
@given(
    st.lists(bookings, max_size=10),
    st.none() | st.integers(1, 4),
    st.none() | st.integers(1, 4),
    st.integers(0, 5),
    days,
)
def test_a_unit_never_bears_more_than_it_said(asked, visits, most_days, gap, closed):
    limits = domain.LoadLimits(
        max_visits_per_year=visits,
        max_visit_days=most_days,
        min_gap_days=gap,
        blackout=(domain.Window(start=closed, end=closed),),
    )
    burden = BURDEN.fold([domain.LoadLimitsSet(agency_id="u", limits=limits)])
    for booking in asked:
        wanted = domain.Claim(
            plan_id=booking.plan_id,
            window=domain.Window(start=FIRST, end=FIRST),
            year=2023,
            programmes=(),
            content_items=(),
        )
        with suppress(domain.LoadRefused):
            for event in domain.book_visit(
                burden, agency_id="u", wanted=wanted, booking=booking
            ):
                burden = BURDEN.evolve(burden, event)

    booked = sorted(known.day for known in burden.bookings.values())
    assert len(booked) == len(set(booked))
    assert closed not in booked
    assert visits is None or len(booked) <= visits
    assert most_days is None or len(set(booked)) <= most_days
    assert all((b - a).days >= gap for a, b in pairwise(booked))


ties = st.builds(
    domain.Tie,
    agency_id=st.sampled_from(["hn-an-loc", "hn-an-lac"]),
    kind=st.sampled_from(domain.TieKind),
    since=st.none(),
    until=st.none() | days,
)
duties = st.builds(
    domain.Duty,
    team_id=st.just("T"),
    plan_id=st.sampled_from(["KH-0", "KH-1"]),
    inspection_id=st.sampled_from(["I-1", "I-2", "I-3"]),
    target_id=st.sampled_from(["hn-an-loc", "hn-an-lac", "hong-ngu-vp"]),
    planned_on=days,
)
LAN = domain.Member(agency_id="hong-ngu-vp", person_ref="p-1")


@pytest.mark.seed("1.5")
@given(st.lists(ties | duties, max_size=10))
def test_no_visit_is_barred_unless_a_later_declaration_says_so(asked):
    officer, flagged = OFFICER.fold([]), set()
    for one in asked:
        with suppress(domain.OfficerRefused):
            for event in told(officer, one):
                officer = OFFICER.evolve(officer, event)
                if isinstance(event, domain.TeamMemberConflictDetected):
                    flagged.add((event.duty, event.tie))

    for duty in officer.duties.values():
        assert duty.target_id != LAN.agency_id
        for tie in officer.ties:
            if tie.bars(duty.target_id, duty.planned_on, duty.cool_off_months):
                assert (duty, tie) in flagged


def told(officer, one):
    if isinstance(one, domain.Duty):
        return domain.assign(officer, member=LAN, duties=[one])
    return domain.declare_tie(
        officer, named="hong-ngu-vp.p-1", member=LAN, tie=one, on=FIRST
    )
