"""One decision on many cases: what is recorded of it."""

from dataclasses import replace
from functools import partial

import pytest

from services.chassis.testing import given
from services.remediation import domain
from services.remediation.handlers import CARRY_OVER, RECALCULATION
from tests.remediation.turns import DECIDED, RUN

REHEARSED = replace(RUN, rehearsed=True)
EMPTY = replace(DECIDED, case_ids=())
decide = partial(domain.decide_carry_over, decided=DECIDED)
run = partial(domain.record_run, run=RUN)


def test_a_carry_over_names_its_cases():
    given(CARRY_OVER).when(decide).then(DECIDED)


def test_a_carry_over_of_what_went_before_is_ignored():
    given(CARRY_OVER, DECIDED).when(
        domain.decide_carry_over, decided=EMPTY
    ).then_nothing()


@pytest.mark.parametrize(
    ("decided", "code"),
    [
        (EMPTY, "nothing-to-carry-over"),
        (replace(DECIDED, from_plan_id="KH-2024-HN"), "carried-to-itself"),
    ],
)
def test_a_carry_over_of_nothing_is_refused(decided, code):
    given(CARRY_OVER).when(domain.decide_carry_over, decided=decided).then_refused(code)


def test_a_recalculation_is_tried_and_then_done_once():
    given(RECALCULATION).when(domain.record_run, run=REHEARSED).then(REHEARSED)
    given(RECALCULATION, REHEARSED).when(
        domain.record_run, run=REHEARSED
    ).then_nothing()
    given(RECALCULATION, REHEARSED).when(run).then(RUN)
    given(RECALCULATION, RUN).when(run).then_nothing()


def test_another_recalculation_under_the_same_id_is_refused():
    given(RECALCULATION, RUN).when(
        domain.record_run, run=replace(RUN, calendar_version="vn-2024.1")
    ).then_refused("recalculation-run-otherwise")
