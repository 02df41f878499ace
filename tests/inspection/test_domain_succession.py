"""Rules of succession: an inspection that is not concluded outlives its unit."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import INSPECTION, STANDING
from tests.inspection.examples import PLANNED, STARTED, TERMS
from tests.inspection.merging import (
    DIVIDED,
    MERGED,
    PARTS,
    REFORM,
    REQUIRED,
    TRANSFERRED,
)

CANCELLED = domain.InspectionCancelled(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    round_id="R-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="Ủy ban nhân dân xã Tân Hội",
    basis="PLANNED",
    reason="Sáp nhập",
    cancelled_on=REFORM,
)
outlive = partial(domain.outlive, ended=MERGED, on=REFORM)
divide = partial(outlive, ended=DIVIDED)
decide = partial(
    domain.transfer,
    to_agency="vn34-x30154",
    to_name="Ủy ban nhân dân xã Tân Long",
    by_agency="vn34-p82",
    reason="Trụ sở cũ nay thuộc xã Tân Long",
    on=REFORM,
)
DECIDED = replace(
    TRANSFERRED,
    agency_id="vn34-x30154",
    agency_name="Ủy ban nhân dân xã Tân Long",
    relation="PART",
    decided_by="vn34-p82",
    reason="Trụ sở cũ nay thuộc xã Tân Long",
)


def test_an_end_is_noted_once():
    note = partial(domain.note_unit_end, ended=MERGED)

    given(STANDING).when(note).then(MERGED)
    given(STANDING, MERGED).when(note).then_nothing()


@pytest.mark.capability("C25")
def test_an_inspection_goes_on_with_the_successor_of_the_whole():
    given(INSPECTION, PLANNED).when(outlive).then(TRANSFERRED)
    given(INSPECTION, PLANNED, STARTED).when(outlive).then(TRANSFERRED)


def test_a_transferred_inspection_is_not_transferred_again():
    given(INSPECTION, PLANNED, TRANSFERRED).when(outlive).then_nothing()


def test_an_inspection_of_another_unit_stays():
    other = partial(outlive, ended=replace(MERGED, agency_id="hn-an-loc"))

    given(INSPECTION, PLANNED).when(other).then_nothing()
    given(INSPECTION).when(outlive).then_nothing()


def test_what_was_called_off_stays():
    given(INSPECTION, PLANNED, CANCELLED).when(outlive).then_nothing()


def test_a_divided_unit_leaves_a_decision_once():
    given(INSPECTION, PLANNED).when(divide).then(REQUIRED)
    given(INSPECTION, PLANNED, REQUIRED).when(divide).then_nothing()


def test_an_authority_decides_for_a_part_of_the_unit():
    given(INSPECTION, PLANNED, REQUIRED).when(decide).then(DECIDED)
    given(INSPECTION, PLANNED, REQUIRED, DECIDED).when(decide).then_nothing()


def test_nobody_takes_a_place_that_is_held():
    given(INSPECTION, PLANNED).when(decide).then_refused(
        "no-transfer-decision-required"
    )
    given(INSPECTION).when(decide).then_refused("unknown-inspection")


def test_the_inspection_of_a_divided_unit_goes_on_with_a_part_of_it():
    other = partial(decide, to_agency="vn34-x29955")

    given(INSPECTION, PLANNED, REQUIRED).when(other).then_refused("not-a-successor")


def test_the_order_heard_again_after_a_transfer_is_ignored():
    plan = partial(domain.plan, inspection_id="I-2023-HN-07", terms=TERMS)

    given(INSPECTION, PLANNED, TRANSFERRED).when(plan).then_nothing()


def test_what_happens_after_the_transfer_names_the_successor():
    inspection = INSPECTION.fold([PLANNED, TRANSFERRED])

    assert inspection.planned.terms.agency_id == "vn34-x29955"
    assert inspection.ordered.terms.agency_id == "hn-tan-hoi"


@drawn(st.lists(st.sampled_from(["whole", "parts", "decide"]), max_size=6))
def test_an_inspection_has_one_unit_and_waits_only_while_that_unit_is_gone(moves):
    inspection, gone = INSPECTION.fold([PLANNED]), set()
    for n, move in enumerate(moves):
        unit = inspection.planned.terms.agency_id
        heir = domain.Heir(agency_id=f"a-{n}", name=f"A {n}", relation="WHOLE")
        if move == "decide":
            choose = partial(decide, to_agency=PARTS[0].agency_id)
            events = choose(inspection) if inspection.undecided else []
        else:
            whole = move == "whole"
            ended = replace(
                MERGED,
                agency_id=unit,
                heirs=(heir,) if whole else PARTS,
                automatic_to=heir.agency_id if whole else None,
            )
            events = domain.outlive(inspection, ended=ended, on=REFORM)
            gone.add(unit)
        for event in events:
            inspection = domain.evolve(inspection, event)
        if inspection.undecided:
            assert inspection.planned.terms.agency_id in gone
