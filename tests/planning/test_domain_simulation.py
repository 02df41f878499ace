"""A plan played through: the same inputs, the same answer; small cases by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.planning import domain
from services.planning.domain import simulation as sim
from services.planning.domain.covering import Counting
from services.planning.domain.quota import Eligible, Quota

FIRST = date(2023, 5, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(10)]
days = st.sampled_from(DAYS)
windows = st.builds(
    lambda a, b: domain.Window(start=min(a, b), end=max(a, b)), days, days
)
NAMES = [f"u{n}" for n in range(6)]
units = st.lists(
    st.builds(sim.Unit, agency_id=st.sampled_from(NAMES), window=windows),
    unique_by=lambda unit: unit.agency_id,
)
elsewhere = st.lists(
    st.builds(
        sim.Elsewhere,
        plan_id=st.sampled_from(["KH-A", "KH-B"]),
        agency_id=st.sampled_from(NAMES),
        window=windows,
    ),
    max_size=6,
)
members = st.lists(
    st.builds(
        sim.Member,
        person_ref=st.sampled_from(["p-1", "p-2", "p-3", "p-4"]),
        agency_id=st.sampled_from(["so-noi-vu", *NAMES[:2]]),
        group=st.sampled_from(["1", "2"]),
    ),
    unique_by=lambda member: member.person_ref,
).map(tuple)
assumptions = st.builds(
    sim.Assumptions,
    today=st.just(date(2023, 4, 1)),
    visits_per_day=st.integers(1, 2),
    members=members,
    leave=st.frozensets(st.sampled_from(["p-1", "p-2"])),
    min_members=st.integers(1, 2),
    unvisited_years=st.just(3),
)


def weekday(day):
    return day.weekday() < 5


def world(units=(), elsewhere=(), quotas=(), last_visits=None):
    return sim.World(
        quotas=tuple(quotas),
        units=tuple(units),
        elsewhere=tuple(elsewhere),
        last_visits=last_visits or {},
        works=weekday,
    )


@given(units, assumptions)
def test_visits_lie_in_their_windows_on_working_days_and_no_day_is_too_full(
    wanted, assumed
):
    placed = sim.place(world(wanted), assumed)

    window = {unit.agency_id: unit.window for unit in wanted}
    assert sorted(visit.agency_id for visit in placed) == sorted(window)
    for visit in placed:
        if visit.day is None:
            continue
        assert visit.day in window[visit.agency_id]
        assert weekday(visit.day)
    for group in assumed.groups:
        for day in DAYS:
            there = [v for v in placed if (v.group, v.day) == (group, day)]
            assert len(there) <= assumed.visits_per_day


@given(units, assumptions)
def test_a_visit_without_a_day_has_no_working_day_with_room(wanted, assumed):
    placed = sim.place(world(wanted), assumed)

    window = {unit.agency_id: unit.window for unit in wanted}
    for visit in (v for v in placed if v.day is None):
        for day in filter(weekday, (d for d in DAYS if d in window[visit.agency_id])):
            there = [v for v in placed if (v.group, v.day) == (visit.group, day)]
            assert len(there) == assumed.visits_per_day


@given(units, elsewhere)
def test_overlaps_are_what_comparing_day_by_day_finds(wanted, others):
    found = {
        (o.agency_id, o.plan_id, o.start, o.end)
        for o in sim.overlaps(world(wanted, others))
    }

    by_hand = set()
    for unit in wanted:
        for other in others:
            both = [d for d in DAYS if d in unit.window and d in other.window]
            if other.agency_id == unit.agency_id and both:
                by_hand.add((unit.agency_id, other.plan_id, both[0], both[-1]))
    assert found == by_hand


@given(units, assumptions)
def test_the_load_of_all_weeks_is_the_number_of_visits(wanted, assumed):
    placed = sim.place(world(wanted), assumed)
    loads = sim.load(placed, assumed)

    for member in assumed.members:
        mine = sum(o.visits for o in loads if o.person_ref == member.person_ref)
        assert mine == sum(
            1
            for v in placed
            if v.day and v.group == member.group and v.agency_id != member.agency_id
        )


@given(units, assumptions)
def test_a_visit_loses_its_team_if_too_few_are_left(wanted, assumed):
    placed = sim.place(world(wanted), assumed)

    lost = {visit.agency_id for visit in sim.without(placed, assumed)}

    for visit in placed:
        left = [
            m
            for m in assumed.members
            if m.group == visit.group
            and m.person_ref not in assumed.leave
            and m.agency_id != visit.agency_id
        ]
        assert (visit.agency_id in lost) == (len(left) < assumed.min_members)


@given(units, elsewhere)
def test_the_burden_of_a_unit_is_one_day_and_those_of_other_plans(wanted, others):
    found = sim.burden(world(wanted, others))

    assert found == {
        u.agency_id: 1 + sum(1 for o in others if o.agency_id == u.agency_id)
        for u in wanted
    }


@given(units, elsewhere, assumptions)
def test_the_same_plan_played_again_is_the_same(wanted, others, assumed):
    one = world(wanted, others)
    other = world(reversed(wanted), reversed(others))

    assert sim.place(one, assumed) == sim.place(other, assumed)
    assert sim.overlaps(one) == sim.overlaps(other)
    assert sim.burden(one) == sim.burden(other)


def test_quotas_are_looked_at_as_if_all_chosen_were_done():
    eligible = tuple(Eligible(agency_id=name, kind="XA") for name in NAMES)
    quota = Quota(kind="XA", rule="AT_LEAST", n=3)
    wanted = [
        sim.Unit(agency_id=name, window=domain.Window(start=FIRST, end=DAYS[-1]))
        for name in NAMES[:2]
    ]

    [(_, required, chosen, short)] = sim.quotas(
        world(wanted, quotas=[Counting(quota=quota, eligible=eligible)])
    )

    assert (required, chosen, short) == (3, 2, 1)


@pytest.mark.parametrize(
    ("last", "found"),
    [
        (date(2020, 3, 31), NAMES[1:]),
        (date(2020, 4, 1), NAMES[2:]),
        (date(2022, 4, 1), NAMES[2:]),
    ],
)
def test_units_that_nobody_visited_for_years_are_named_unless_chosen(last, found):
    eligible = tuple(Eligible(agency_id=name, kind="XA") for name in NAMES)
    counting = Counting(quota=Quota(kind="XA", rule="ALL"), eligible=eligible)
    chosen = [
        sim.Unit(agency_id=NAMES[0], window=domain.Window(start=FIRST, end=DAYS[-1]))
    ]
    assumed = sim.Assumptions(
        today=date(2023, 4, 1),
        visits_per_day=1,
        members=(),
        leave=frozenset(),
        min_members=1,
        unvisited_years=3,
    )

    known = world(chosen, quotas=[counting], last_visits={NAMES[1]: last})

    assert list(sim.unvisited(known, assumed)) == found


def test_years_before_a_leap_day_are_counted_too():
    assumed = sim.Assumptions(
        today=date(2024, 2, 29),
        visits_per_day=1,
        members=(),
        leave=frozenset(),
        min_members=1,
        unvisited_years=1,
    )

    assert sim.unvisited(world(), assumed) == ()
    assert sim.week(date(2023, 1, 1)) == "2022-W52"
