"""A plan that is called off calls its visits off; what has come stays."""

from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning import domain
from services.planning.domain import amending, counting, plan
from services.planning.handlers.aggregates import PLAN
from tests.planning.change_examples import CANCELLED, SHORT, WITHDRAWN
from tests.planning.examples import CONCLUDED, ORDERED, ROUND_SCHEDULED, VISITED

cancel = partial(amending.cancel, cancelled=CANCELLED)


def off(ordered):
    return plan.VisitCalledOff(
        plan_id=ordered.plan_id,
        inspection_id=ordered.inspection_id,
        agency_id=ordered.agency_id,
        reason=CANCELLED.reason,
    )


ALL_OFF = tuple(off(ordered) for ordered in ORDERED)
JOINED = plan.VisitJoined(
    plan_id="KH-2023-HN",
    inspection_id="I-2023-CV-01",
    agency_id=ORDERED[0].agency_id,
    lead_plan_id="KH-2023-CV",
    round_id="R-2023-CV",
    planned_on=date(2023, 5, 10),
)


def test_each_visit_of_a_cancelled_plan_is_called_off_by_an_event_of_its_own():
    given(PLAN, *ROUND_SCHEDULED).when(cancel).then(CANCELLED, *ALL_OFF)
    given(PLAN, *ROUND_SCHEDULED, CANCELLED, *ALL_OFF).when(cancel).then_nothing()


def test_what_has_been_or_is_off_already_is_not_called_off():
    before = (*ROUND_SCHEDULED, *VISITED[:2], CONCLUDED[2], WITHDRAWN)

    given(PLAN, *before).when(cancel).then(CANCELLED, *ALL_OFF[3:-1])


def test_the_visit_of_another_plan_is_not_called_off():
    history = (*ROUND_SCHEDULED, ALL_OFF[0], JOINED)

    given(PLAN, *history).when(cancel).then(CANCELLED, *ALL_OFF[1:])


@pytest.mark.parametrize("come", [VISITED[0], CONCLUDED[0]])
def test_a_visit_that_took_place_all_the_same_is_counted(come):
    """The team had arrived when the plan was called off: that inspection goes on."""
    verb = {
        domain.VisitCounted: domain.count_visit,
        domain.ConclusionCounted: domain.count_conclusion,
    }[type(come)]
    history = (*ROUND_SCHEDULED, CANCELLED, *ALL_OFF)

    given(PLAN, *history).when(partial(verb, counted=come)).then(come)

    known = PLAN.fold([*history, come])
    assert known.progress()[come.agency_id].covered
    assert known.status is domain.Status.CANCELLED


def test_a_cancelled_plan_is_short_of_nothing_and_meets_nothing():
    lacks_one = (*ROUND_SCHEDULED, *VISITED[:-1], SHORT, CANCELLED, ALL_OFF[-1])

    given(PLAN, *lacks_one).when(partial(domain.count_visit, counted=VISITED[-1])).then(
        VISITED[-1]
    )
    given(PLAN, *lacks_one).when(
        partial(counting.miss_windows, on=date(2024, 1, 1))
    ).then_nothing()


def test_what_was_counted_was_ordered():
    """A visit of which the plan has lost the day is one of those scheduled."""
    counted = domain.coverage([domain.Progress(visited_on=date(2023, 5, 9))])

    assert (counted.scheduled, counted.visited, counted.covered) == (1, 1, 1)


def test_a_visit_put_off_stays_called_off():
    moved = plan.VisitRescheduled(
        plan_id="KH-2023-HN",
        inspection_id=ORDERED[0].inspection_id,
        round_id="R-2023-HN",
        agency_id=ORDERED[0].agency_id,
        before=date(2023, 5, 9),
        planned_on=date(2023, 5, 10),
        reason="Mưa bão",
    )

    known = PLAN.fold([*ROUND_SCHEDULED, ALL_OFF[0], moved])

    assert known.visits[ORDERED[0].inspection_id].withdrawn
