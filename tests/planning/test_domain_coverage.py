"""How far a plan has come: the campaign of Đồng Tháp, 2022 (seed text S3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.chassis.testing import given
from services.planning import domain
from services.planning.domain import counting, plan
from services.planning.domain.quota import Eligible, Quota
from services.planning.handlers import PLAN
from tests.planning.change_examples import CANCELLED
from tests.planning.examples import (
    DRAFTED,
    ISSUED,
    ORDERED,
    PLAN_IN_EFFECT,
    QUARTER,
    ROUND_SCHEDULED,
    SCHEDULED,
    VISITED,
)

YEAR = domain.Window(start=date(2023, 3, 1), end=date(2023, 12, 31), tentative=True)
CHECK = date(2023, 12, 1)
DISTRICTS = [f"huyen-{n:02}" for n in range(12)]
COMMUNES = [f"{district}.xa" for district in DISTRICTS]
DEPARTMENTS = [f"so-{n}" for n in range(8)]
TARGETS = (
    [(name, "DEPARTMENT") for name in DEPARTMENTS]
    + [(name, "DISTRICT") for name in DISTRICTS]
    + [(name, "XA") for name in COMMUNES]
)


def units(names, kind):
    return tuple(
        Eligible(agency_id=n, kind=kind, parent_id=n.partition(".")[0]) for n in names
    )


def quota(kind, rule, n, names, form=None):
    return domain.QuotaSet(
        plan_id="KH-2023-HN",
        quota=Quota(kind=kind, rule=rule, n=n),
        window=YEAR,
        eligible=units(names, form or kind),
    )


QUOTAS = (
    quota("DEPARTMENT", "AT_LEAST", 8, [*DEPARTMENTS, "so-8", "so-9"]),
    quota("DISTRICT", "ALL", None, DISTRICTS),
    quota(
        "COMMUNE",
        "AT_LEAST_PER_PARENT",
        1,
        [*COMMUNES, *(f"{d}.xa-2" for d in DISTRICTS)],
        "XA",
    ),
)


def added(name, kind):
    return plan.UnitAdded(
        plan_id="KH-2023-HN", agency_id=name, name=name, kind=kind, window=YEAR
    )


def ordered(name, mode="DIRECT"):
    return replace(
        ORDERED[0],
        inspection_id=f"I-{name}",
        agency_id=name,
        planned_on=date(2023, 5, 9),
        mode=mode,
    )


def visited(name, day=date(2023, 5, 9)):
    return replace(
        VISITED[0], inspection_id=f"I-{name}", agency_id=name, visited_on=day
    )


def concluded(name, day=date(2023, 6, 5)):
    return domain.ConclusionCounted(
        plan_id="KH-2023-HN",
        inspection_id=f"I-{name}",
        agency_id=name,
        concluded_on=day,
    )


IN_EFFECT = (
    DRAFTED,
    *QUOTAS,
    *(added(*target) for target in TARGETS),
    replace(ISSUED, quotas=tuple(set_.quota for set_ in QUOTAS)),
    SCHEDULED,
    *(ordered(name) for name, _ in TARGETS),
)
LAST = COMMUNES[-1]
ALL_BUT_ONE = (*IN_EFFECT, *(visited(n) for n, _ in TARGETS if n != LAST))
check = counting.check_coverage


@pytest.mark.seed("3.15")
@pytest.mark.seed("3.16")
@pytest.mark.seed("3.17")
def test_thirty_one_of_thirty_two_are_short_by_one_and_the_last_closes_it():
    [short] = check(PLAN.fold(ALL_BUT_ONE), on=CHECK)

    assert (short.ordered, short.covered, short.short_by) == (32, 31, 1)
    [quota_] = short.quotas
    [missing] = quota_.missing
    assert (quota_.kind, quota_.short_by) == ("COMMUNE", 1)
    assert (missing.stratum, missing.need, missing.have) == ("huyen-11", 1, 0)

    day = date(2023, 12, 14)
    given(PLAN, *ALL_BUT_ONE, short).when(
        domain.count_visit, counted=visited(LAST, day)
    ).then(
        visited(LAST, day),
        plan.PlanCoverageMet(plan_id="KH-2023-HN", met_on=day, ordered=32, covered=32),
    )


def test_what_is_only_scheduled_covers_nothing():
    [short] = check(PLAN.fold(IN_EFFECT), on=CHECK)

    assert (short.covered, short.short_by) == (0, 32)


def test_a_desk_inspection_covers_its_unit_once_it_is_concluded():
    desk = ordered(LAST, "INDIRECT")
    history = [desk if e == ordered(LAST) else e for e in ALL_BUT_ONE]

    given(PLAN, *history, concluded(LAST)).when(check, on=CHECK).then_nothing()


def test_a_desk_inspection_is_finished_without_a_visit():
    history = [
        replace(e, mode="INDIRECT") if isinstance(e, domain.VisitOrdered) else e
        for e in IN_EFFECT
    ]
    for name, _ in TARGETS[:-1]:
        history.append(concluded(name))

    events = domain.count_conclusion(PLAN.fold(history), counted=concluded(LAST))

    assert [type(event).__name__ for event in events] == [
        "ConclusionCounted",
        "PlanCompleted",
    ]
    assert (events[1].ordered, events[1].visited, events[1].concluded) == (32, 0, 32)


def test_it_is_said_once_that_units_are_missing():
    [short] = check(PLAN.fold(ALL_BUT_ONE), on=CHECK)

    given(PLAN, *ALL_BUT_ONE, short).when(check, on=CHECK).then_nothing()
    given(PLAN).when(check, on=CHECK).then_nothing()
    given(PLAN, *PLAN_IN_EFFECT, CANCELLED).when(check, on=CHECK).then_nothing()


def test_a_plan_without_quotas_is_short_of_what_it_lists():
    history = [e for e in ALL_BUT_ONE if not isinstance(e, domain.QuotaSet)]

    [short] = check(PLAN.fold(history), on=CHECK)

    assert (short.ordered, short.short_by) == (32, 1)


@pytest.mark.seed("0.7")
def test_each_unit_whose_days_went_by_is_said_to_be_missed_once():
    history = (*ROUND_SCHEDULED, *VISITED[:5])
    day = QUARTER.end + timedelta(days=1)

    missed = counting.miss_windows(PLAN.fold(history), on=day)

    assert [event.agency_id for event in missed] == ["hn-binh-thanh", "hn-tan-hoi"]
    assert {event.missed_from for event in missed} == {day}
    given(PLAN, *history, *missed).when(counting.miss_windows, on=day).then_nothing()
    given(PLAN, *history).when(counting.miss_windows, on=QUARTER.end).then_nothing()
    given(PLAN, DRAFTED).when(counting.miss_windows, on=day).then_nothing()
