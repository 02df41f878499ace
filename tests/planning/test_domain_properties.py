"""What holds of planning whatever is asked, in whatever order."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.planning import domain
from services.planning.handlers import PLAN
from tests.planning.examples import (
    ALL_COMMUNES,
    DRAFTED,
    ESTABLISHED,
    ISSUED,
    ORDERED,
    SCHEDULED,
    added,
)

NAMES = ("hn-an-loc", "hn-an-lac", "hn-tan-hoi", "hong-ngu", "hong-ngu-vp")
FIRST = date(2023, 5, 1)
names = st.sampled_from(NAMES)
days = st.integers(0, 9).map(lambda n: FIRST + timedelta(days=n))
windows = st.builds(
    lambda a, b, tentative: domain.Window(
        start=min(a, b), end=max(a, b), tentative=tentative
    ),
    days,
    days,
    st.booleans(),
)
kinds = st.sampled_from(["XA", "PHUONG", "THI_TRAN", "DAC_KHU", "DISTRICT", "DIVISION"])
units = st.builds(
    lambda agency_id, kind, exists, ends: domain.Unit(
        agency_id=agency_id,
        kind=kind,
        name=agency_id,
        valid_from=exists.start,
        valid_to=exists.end if ends else None,
    ),
    names,
    kinds,
    windows,
    st.booleans(),
)
registries = st.lists(units, unique_by=lambda unit: unit.agency_id)
seats = st.builds(domain.Seat, agency_id=names, role=st.sampled_from(domain.Role))
teams = st.builds(
    lambda lead, seats: replace(ESTABLISHED, lead_agency=lead, seats=tuple(seats)),
    names,
    st.lists(seats, max_size=4),
)
visits = st.builds(
    domain.PlannedVisit,
    inspection_id=st.sampled_from(["I-1", "I-2", "I-3"]),
    agency_id=names,
    planned_on=days,
)
rounds = st.builds(
    domain.WantedRound,
    round_id=st.sampled_from(["R-1", "R-2"]),
    window=windows,
    team_id=st.just("T-2023-HN"),
    visits=st.lists(visits, min_size=1, max_size=3).map(tuple),
)


def plan_of(known, window):
    entries = [replace(ADDED_ANY, agency_id=u.agency_id, window=window) for u in known]
    return PLAN.fold((DRAFTED, *entries, ISSUED))


def decided(decision):
    """The events of a decision; none where a rule says no."""
    with suppress(domain.PlanRefused, domain.TeamRefused):
        return decision()
    return []


ADDED_ANY = added(
    domain.AgencyRegistered(agency_id="any", kind="XA", name="any", valid_from=FIRST)
)


@given(teams, registries, windows)
def test_a_team_has_one_head_and_nobody_at_home(decision, known, window):
    plan = plan_of(known, window)

    for event in decided(
        lambda: domain.establish(domain.Team(), decided=decision, plan=plan)
    ):
        heads = [seat for seat in event.seats if seat.role is domain.Role.HEAD]
        assert len(heads) == 1
        assert not {seat.agency_id for seat in event.seats} & set(plan.targets)
        assert event.lead_agency not in plan.targets


@given(teams, registries, windows, rounds)
def test_a_member_never_inspects_their_own_agency(decision, known, window, wanted):
    team = domain.Team(decision=decision)

    for order in orders_of(plan_of(known, window), wanted, team, known):
        assert order.agency_id != decision.lead_agency
        assert order.agency_id not in {seat.agency_id for seat in decision.seats}


@given(registries, windows, rounds)
def test_a_target_is_active_on_the_planned_day(known, window, wanted):
    team = domain.Team(decision=ESTABLISHED)
    registry = {unit.agency_id: unit for unit in known}

    for order in orders_of(plan_of(known, window), wanted, team, known):
        unit, day = registry[order.agency_id], order.planned_on
        assert unit.valid_from <= day
        assert unit.valid_to is None or day <= unit.valid_to
        assert wanted.window.start <= day <= wanted.window.end


@given(registries, windows, st.lists(rounds, max_size=3))
def test_no_unit_is_visited_twice_in_a_plan(known, window, all_wanted):
    plan, team = plan_of(known, window), domain.Team(decision=ESTABLISHED)
    visited = []
    for wanted in all_wanted:
        orders = orders_of(plan, wanted, team, known)
        visited += [order.agency_id for order in orders]
        plan = PLAN.evolve(plan, replace(SCHEDULED, round_id=wanted.round_id))
        for order in orders:
            plan = PLAN.evolve(plan, order)

    assert len(visited) == len(set(visited))


def orders_of(plan, wanted, team, known):
    events = decided(
        lambda: domain.schedule_round(plan, wanted=wanted, team=team, units=known)
    )
    return [event for event in events if isinstance(event, domain.VisitOrdered)]


@given(
    st.lists(
        st.builds(
            domain.Progress,
            planned_on=st.none() | days,
            visited_on=st.none() | days,
            concluded_on=st.none() | days,
        )
    )
)
def test_coverage_counts_what_was_visited_or_concluded_never_what_is_scheduled(all_):
    counted = domain.coverage(all_)
    unscheduled = domain.coverage(replace(p, planned_on=None) for p in all_)

    assert counted.covered == sum(
        1 for p in all_ if (p.visited_on, p.concluded_on) != (None, None)
    )
    assert counted.covered == unscheduled.covered <= counted.targets


def reached(unit, kind, window):
    """What the quota says, written once more, day by day."""
    of_kind = (
        unit.kind in ("XA", "PHUONG", "THI_TRAN", "DAC_KHU")
        if kind == "COMMUNE"
        else unit.kind == kind
    )
    span = (window.end - window.start).days + 1
    return of_kind and any(
        unit.valid_from <= day and (unit.valid_to is None or day <= unit.valid_to)
        for day in (window.start + timedelta(days=n) for n in range(span))
    )


@given(registries, st.sampled_from(["COMMUNE", "DISTRICT", "XA"]), windows)
def test_the_quota_all_puts_on_the_plan_what_the_registry_holds(known, kind, window):
    events = decided(
        lambda: domain.select_units(
            PLAN.fold([DRAFTED]),
            quota=replace(ALL_COMMUNES, kind=kind),
            window=window,
            units=known,
        )
    )
    chosen = [
        event.agency_id for event in events if isinstance(event, domain.UnitAdded)
    ]

    assert chosen == sorted(u.agency_id for u in known if reached(u, kind, window))


numbers = st.sampled_from(["45/KH-UBND", "46/KH-UBND"])
requests = st.one_of(
    st.builds(
        lambda year: (
            lambda plan: domain.draft(plan, drafted=replace(DRAFTED, year=year))
        ),
        st.sampled_from([2023, 2024]),
    ),
    st.builds(
        lambda unit, window: (
            lambda plan: domain.add_unit(
                plan, agency_id=unit.agency_id, unit=unit, window=window
            )
        ),
        units,
        windows,
    ),
    st.builds(
        lambda known, window: (
            lambda plan: domain.select_units(
                plan, quota=ALL_COMMUNES, window=window, units=known
            )
        ),
        registries,
        windows,
    ),
    st.builds(
        lambda number, on: (
            lambda plan: domain.issue(plan, document_number=number, on=on)
        ),
        numbers,
        days,
    ),
    st.builds(
        lambda wanted, known: (
            lambda plan: domain.schedule_round(
                plan, wanted=wanted, team=domain.Team(decision=ESTABLISHED), units=known
            )
        ),
        rounds,
        registries,
    ),
)


@given(st.lists(requests, max_size=12))
def test_an_issued_plan_keeps_its_number_and_its_units(all_requests):
    plan, issued = PLAN.fold([DRAFTED]), []
    for request in all_requests:
        for event in decided(lambda request=request, plan=plan: request(plan)):
            plan = PLAN.evolve(plan, event)
            issued += [event] if isinstance(event, domain.PlanIssued) else []
        assert not issued or plan.document_number == issued[0].document_number
        assert not issued or tuple(plan.targets.values()) == issued[0].targets

    assert len(issued) <= 1


@given(st.permutations([*range(7)] * 2))
def test_a_plan_is_completed_once_whatever_is_heard_of_first(order):
    plan = PLAN.fold((DRAFTED, *map(added_of, ORDERED), ISSUED, SCHEDULED, *ORDERED))
    seen, completed = set(), []
    for n in order:
        verb, counted = heard(ORDERED[n], first=n not in seen)
        seen.add(n)
        for event in verb(plan, counted=counted):
            plan = PLAN.evolve(plan, event)
            completed += [event] if isinstance(event, domain.PlanCompleted) else []

    [done] = completed
    assert (done.completed_on, done.visited) == (date(2023, 6, 5), 7)


def added_of(order):
    return replace(ADDED_ANY, agency_id=order.agency_id)


def heard(order, *, first):
    """The visit to a unit, and afterwards its conclusion."""
    of = {
        "plan_id": order.plan_id,
        "inspection_id": order.inspection_id,
        "agency_id": order.agency_id,
    }
    if first:
        visited = domain.VisitCounted(**of, visited_on=order.planned_on)
        return domain.count_visit, visited
    concluded = domain.ConclusionCounted(**of, concluded_on=date(2023, 6, 5))
    return domain.count_conclusion, concluded
