"""Rules of counting visits and conclusions."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning import domain
from services.planning.handlers import PLAN
from tests.planning.examples import (
    COMPLETED,
    CONCLUDED,
    ORDERED,
    PLAN_IN_EFFECT,
    ROUND_SCHEDULED,
    SCHEDULED,
    STORY,
    VISITED,
)

visit = partial(domain.count_visit, counted=VISITED[0])
conclude = partial(domain.count_conclusion, counted=CONCLUDED[0])


def test_a_visit_is_counted():
    given(PLAN, *ROUND_SCHEDULED).when(visit).then(VISITED[0])


def test_a_visit_is_counted_once():
    given(PLAN, *ROUND_SCHEDULED, VISITED[0]).when(visit).then_nothing()
    given(PLAN, *STORY).when(visit).then_nothing()


def test_a_visit_that_nobody_ordered_is_not_counted():
    given(PLAN).when(visit).then_refused("visit-not-ordered")


def test_a_visit_counts_for_the_unit_it_was_ordered_at_whoever_succeeded_it():
    succeeded = replace(VISITED[0], agency_id="vn34-x29955")

    given(PLAN, *ROUND_SCHEDULED).when(partial(visit, counted=succeeded)).then(
        VISITED[0]
    )


def test_a_conclusion_is_counted():
    given(PLAN, *ROUND_SCHEDULED).when(conclude).then(CONCLUDED[0])


def test_a_conclusion_is_counted_once():
    given(PLAN, *ROUND_SCHEDULED, CONCLUDED[0]).when(conclude).then_nothing()


def test_a_conclusion_that_nobody_ordered_is_not_counted():
    given(PLAN).when(conclude).then_refused("visit-not-ordered")


def test_the_last_conclusion_completes_the_plan():
    history = (*ROUND_SCHEDULED, *VISITED, *CONCLUDED[1:])

    given(PLAN, *history).when(conclude).then(CONCLUDED[0], COMPLETED)


def test_a_visit_heard_of_late_completes_the_plan_on_the_last_of_all_days():
    history = (*ROUND_SCHEDULED, *VISITED[1:], *CONCLUDED)

    given(PLAN, *history).when(visit).then(VISITED[0], COMPLETED)


def test_a_plan_with_a_target_that_nobody_was_sent_to_is_not_completed():
    only = replace(SCHEDULED, inspection_ids=(ORDERED[0].inspection_id,))
    history = (*PLAN_IN_EFFECT, only, ORDERED[0], VISITED[0])

    given(PLAN, *history).when(conclude).then(CONCLUDED[0])


@pytest.mark.seed("2.5")
def test_all_communes_visited_is_a_coverage_of_seven_of_seven():
    progress = PLAN.fold((*ROUND_SCHEDULED, *VISITED)).progress().values()

    assert domain.coverage(progress).said == "7/7"


def test_a_scheduled_visit_covers_nothing():
    progress = PLAN.fold(ROUND_SCHEDULED).progress().values()

    assert domain.coverage(progress) == domain.Coverage(
        targets=7, scheduled=7, visited=0, concluded=0, covered=0
    )


def test_a_desk_inspection_covers_by_its_conclusion():
    assert domain.Progress(concluded_on=date(2023, 6, 5)).covered
