"""When an inspection is closed: nothing that it asked for is still waited for."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import INSPECTION
from tests.inspection.examples import CONCLUDED, PLANNED, REMEDY
from tests.inspection.examples_closing import CARRIED_OVER, CLOSED, REOPENED

CASE = REMEDY.recommendation_id
SETTLED = replace(CARRIED_OVER, recommendation_id=CASE)
OPEN_AGAIN = replace(REOPENED, recommendation_id=CASE)
SECOND = replace(REMEDY, recommendation_id="RC-99")
VAGUE = replace(REMEDY, recommendation_id="RC-98", verifiable=False)
TWO = replace(CONCLUDED, recommendations=(REMEDY, SECOND, VAGUE))
settle = partial(
    domain.settle_remedy,
    recommendation_id=CASE,
    settled_as="CARRIED_OVER",
    on=date(2023, 12, 20),
)
reopen = partial(domain.reopen_remedy, recommendation_id=CASE, on=date(2024, 2, 1))
close = partial(domain.close_without_remedies, on=date(2023, 6, 5))


@pytest.mark.capability("C19")
def test_the_last_remedy_that_is_settled_closes_the_inspection():
    given(INSPECTION, PLANNED, CONCLUDED).when(settle).then(SETTLED, CLOSED)


def test_settled_again_is_ignored():
    given(INSPECTION, PLANNED, CONCLUDED, SETTLED, CLOSED).when(settle).then_nothing()


def test_what_was_carried_over_and_is_verified_later_closes_nothing_twice():
    verified = replace(SETTLED, settled_as="VERIFIED")

    given(INSPECTION, PLANNED, CONCLUDED, SETTLED, CLOSED).when(
        settle, settled_as="VERIFIED"
    ).then(verified)


def test_while_one_is_waited_for_the_inspection_stays_open():
    """What has no test of closure is not waited for."""
    given(INSPECTION, PLANNED, TWO).when(settle).then(SETTLED)


def test_a_case_that_the_conclusion_does_not_name_is_ignored():
    given(INSPECTION, PLANNED, CONCLUDED).when(
        settle, recommendation_id="RC-1"
    ).then_nothing()
    given(INSPECTION, PLANNED).when(settle).then_nothing()


def test_a_case_that_is_open_again_opens_the_inspection_too():
    given(INSPECTION, PLANNED, CONCLUDED, SETTLED, CLOSED).when(reopen).then(OPEN_AGAIN)
    given(INSPECTION, PLANNED, CONCLUDED).when(reopen).then_nothing()

    again = INSPECTION.fold([PLANNED, CONCLUDED, SETTLED, CLOSED, OPEN_AGAIN])
    assert again.status is domain.Status.CONCLUDED


def test_both_closings_are_told():
    history = [PLANNED, CONCLUDED, SETTLED, CLOSED, OPEN_AGAIN]

    given(INSPECTION, *history).when(settle).then(SETTLED, CLOSED)


def test_an_inspection_that_asks_for_nothing_is_closed_at_once():
    nothing = replace(CONCLUDED, recommendations=(VAGUE,))
    closed = replace(CLOSED, closed_on=date(2023, 6, 5), carried_over=0)

    given(INSPECTION, PLANNED, nothing).when(close).then(closed)
    given(INSPECTION, PLANNED, nothing, closed).when(close).then_nothing()
    given(INSPECTION, PLANNED, CONCLUDED).when(close).then_nothing()
    given(INSPECTION, PLANNED).when(close).then_nothing()


MOVES = st.lists(
    st.tuples(
        st.sampled_from([CASE, "RC-99", "RC-98"]),
        st.sampled_from(["VERIFIED", "WAIVED", "CARRIED_OVER", "REOPENED"]),
    ),
    max_size=12,
)


@drawn(MOVES)
def test_it_is_closed_exactly_while_all_that_is_awaited_is_settled(moves):
    state, settled = INSPECTION.fold([PLANNED, TWO]), {}
    for case, how in moves:
        if how == "REOPENED":
            events = reopen(state, recommendation_id=case)
            settled.pop(case, None)
        else:
            events = settle(state, recommendation_id=case, settled_as=how)
            if case != "RC-98":
                settled[case] = how
        for event in events:
            state = INSPECTION.evolve(state, event)
        closed = state.status is domain.Status.CLOSED
        assert closed == ({CASE, "RC-99"} <= set(settled))
