"""Rules of a unit's memory: the same finding within five years is a repeat."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import MEMORY
from tests.inspection import examples_contents as it

remember = partial(domain.remember_finding, finding=it.REMEMBERED)
look_back = partial(domain.look_back, inherited=(), on=it.REPEATED.noticed_on)
name = partial(
    domain.name_predecessor,
    agency_id="hn-thuong-lac",
    predecessor_id="hn-tan-hoi",
    effective_on=it.SUCCEEDED.effective_on,
)
BEFORE = (it.REMEMBERED, it.DID_NOT_LAST)


def test_a_finding_is_remembered_once():
    given(MEMORY).when(remember).then(it.REMEMBERED)
    given(MEMORY, it.REMEMBERED).when(remember).then_nothing()


@pytest.mark.capability("C14")
def test_the_same_finding_a_year_on_is_a_repeat_and_shows_the_remedy_that_failed():
    given(MEMORY, *BEFORE, it.A_YEAR_ON).when(look_back).then(it.REPEATED)
    given(MEMORY, *BEFORE, it.A_YEAR_ON, it.REPEATED).when(look_back).then_nothing()


@pytest.mark.parametrize(
    "changed",
    [
        {"item": "RECORDS"},
        {"legal_basis": ("NĐ 61/2018/NĐ-CP",)},
        {"legal_basis": (" ",)},
        {"inspection_id": it.ID},
        {"raised_on": date(2028, 5, 23)},
    ],
)
def test_another_finding_is_no_repeat(changed):
    other = replace(it.A_YEAR_ON, **changed)

    given(MEMORY, *BEFORE, other).when(look_back).then_nothing()


def test_five_years_to_the_day_is_a_repeat():
    last = replace(it.A_YEAR_ON, raised_on=date(2028, 5, 22))

    [repeated] = domain.look_back(
        MEMORY.fold((*BEFORE, last)), inherited=(), on=date(2028, 5, 22)
    )

    assert (repeated.times, repeated.years) == (2, 2)


def test_a_leap_day_looks_back_to_the_end_of_february():
    leap = replace(it.A_YEAR_ON, raised_on=date(2028, 2, 29))
    before = replace(it.REMEMBERED, raised_on=date(2023, 2, 28))

    assert domain.look_back(
        MEMORY.fold((before, leap)), inherited=(), on=date(2028, 2, 29)
    )


def test_what_was_taken_back_is_nothing_to_repeat():
    forget = partial(domain.forget_finding, agency_id="hn-tan-hoi", finding_id="F-07-1")

    given(MEMORY, *BEFORE).when(forget).then(it.FORGOTTEN)
    given(MEMORY, *BEFORE, it.FORGOTTEN).when(forget).then_nothing()
    given(MEMORY).when(forget).then_nothing()
    given(MEMORY, *BEFORE, it.FORGOTTEN, it.A_YEAR_ON).when(look_back).then_nothing()


def test_a_remedy_is_remembered_once():
    verb = partial(domain.remember_remedies, remedies=(it.DID_NOT_LAST,))

    given(MEMORY).when(verb).then(it.DID_NOT_LAST)
    given(MEMORY, it.DID_NOT_LAST).when(verb).then_nothing()


@pytest.mark.capability("C25")
def test_a_successor_repeats_what_was_found_at_the_unit_before_it():
    at_the_new = replace(it.A_YEAR_ON, agency_id="hn-thuong-lac")
    old = MEMORY.fold(BEFORE)

    given(MEMORY, at_the_new).when(name).then(it.SUCCEEDED)
    given(MEMORY, at_the_new, it.SUCCEEDED).when(name).then_nothing()
    given(MEMORY, at_the_new, it.SUCCEEDED).when(look_back, inherited=(old,)).then(
        replace(it.REPEATED, agency_id="hn-thuong-lac")
    )


def test_no_unit_came_from_itself():
    given(MEMORY).when(name, predecessor_id="hn-thuong-lac").then_nothing()


FOUND = st.builds(
    replace,
    st.just(it.REMEMBERED),
    finding_id=st.uuids().map(str),
    inspection_id=st.sampled_from(["I-1", "I-2", "I-3", "I-4"]),
    item=st.sampled_from(["PROCEDURE_REVIEW", "RECORDS"]),
    raised_on=st.dates(date(2019, 1, 1), date(2026, 12, 31)),
)


@any_of(st.lists(FOUND, max_size=8), st.integers(0, 8))
def test_repeats_are_found_however_many_units_merged_in_between(found, split):
    alone = MEMORY.fold(found)
    old, new = MEMORY.fold(found[:split]), MEMORY.fold(found[split:])

    whole = {
        e.finding_id: {x.finding_id for x in e.earlier}
        for e in domain.look_back(alone, inherited=(), on=date(2027, 1, 1))
    }
    merged = {
        e.finding_id: {x.finding_id for x in e.earlier}
        for e in domain.look_back(new, inherited=(old,), on=date(2027, 1, 1))
    }

    later = {finding.finding_id for finding in found[split:]}
    assert merged == {name: ids for name, ids in whole.items() if name in later}
