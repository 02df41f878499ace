"""Rules of hand-over: a case outlives its unit and its superior."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from services.chassis.testing import given
from services.remediation import domain
from services.remediation.handlers import CASE, STANDING
from tests.remediation.examples import (
    ASKED,
    CALENDAR,
    CLOSED,
    DEFAULT,
    ISSUED,
    REPORTED,
    VERIFIED,
)
from tests.remediation.merging import (
    AUTHORITY_REQUIRED,
    DISTRICT_GONE,
    DIVIDED,
    HANDED_OVER,
    LAW,
    MERGED,
    PARTS,
    REFORM,
    REQUIRED,
)

outlive = partial(domain.outlive, ended=MERGED, on=REFORM)
divide = partial(outlive, ended=DIVIDED)
decide = partial(
    domain.hand_over,
    concerns=domain.Concerns.UNIT,
    to_agency="vn34-x30154",
    to_name="UBND xã Tân Long",
    by_agency="vn34-p82",
    reason="Địa bàn có tồn tại nay thuộc xã Tân Long",
    on=REFORM,
)
DECIDED = replace(
    HANDED_OVER,
    to_agency="vn34-x30154",
    to_name="UBND xã Tân Long",
    relation="PART",
    decided_by="vn34-p82",
    reason="Địa bàn có tồn tại nay thuộc xã Tân Long",
)


def test_an_end_is_noted_once():
    note = partial(domain.end, ended=MERGED)

    given(STANDING).when(note).then(MERGED)
    given(STANDING, MERGED).when(note).then_nothing()


@pytest.mark.capability("C25")
def test_an_open_case_goes_to_the_successor_of_the_whole():
    given(CASE, ISSUED).when(outlive).then(HANDED_OVER)


def test_a_case_that_was_handed_over_is_not_handed_over_again():
    given(CASE, ISSUED, HANDED_OVER).when(outlive).then_nothing()


def test_a_closed_case_stays_with_the_unit_that_had_it():
    given(CASE, ISSUED, REPORTED, VERIFIED, CLOSED).when(outlive).then_nothing()


def test_a_case_of_another_unit_stays():
    other = partial(outlive, ended=replace(MERGED, agency_id="hn-an-loc"))

    given(CASE, ISSUED).when(other).then_nothing()
    given(CASE).when(outlive).then_nothing()


@pytest.mark.capability("C25")
def test_a_divided_unit_leaves_a_decision():
    given(CASE, ISSUED).when(divide).then(REQUIRED)


def test_the_decision_is_asked_for_once():
    given(CASE, ISSUED, REQUIRED).when(divide).then_nothing()


def test_a_dissolved_superior_leaves_a_decision_on_the_authority():
    gone = partial(outlive, ended=DISTRICT_GONE)

    given(CASE, ISSUED).when(gone).then(AUTHORITY_REQUIRED)


def test_an_authority_decides_for_a_part_of_the_unit():
    given(CASE, ISSUED, REQUIRED).when(decide).then(DECIDED)


def test_the_same_decision_again_is_ignored():
    given(CASE, ISSUED, REQUIRED, DECIDED).when(decide).then_nothing()


def test_nobody_takes_a_place_that_is_held():
    given(CASE, ISSUED).when(decide).then_refused("no-handover-decision-required")
    given(CASE).when(decide).then_refused("unknown-case")


def test_a_case_of_a_divided_unit_goes_to_a_part_of_it():
    other = partial(decide, to_agency="vn34-x29955")

    given(CASE, ISSUED, REQUIRED).when(other).then_refused("not-a-successor")


def test_a_closed_case_is_not_handed_over():
    closed = (ISSUED, REQUIRED, REPORTED, VERIFIED, CLOSED)

    given(CASE, *closed).when(decide).then_refused("case-closed")


def test_the_place_of_a_dissolved_authority_goes_to_whom_is_decided():
    take = partial(
        decide,
        concerns=domain.Concerns.AUTHORITY,
        to_agency="vn34-p82",
        to_name="UBND tỉnh Đồng Tháp",
        by_agency="vn34-p82",
        reason="Không còn cấp huyện",
    )

    given(CASE, ISSUED, AUTHORITY_REQUIRED).when(take).then(
        replace(
            HANDED_OVER,
            concerns=domain.Concerns.AUTHORITY,
            from_agency="hong-ngu",
            from_name="UBND thành phố Hồng Ngự",
            to_agency="vn34-p82",
            to_name="UBND tỉnh Đồng Tháp",
            relation=None,
            decided_by="vn34-p82",
            reason="Không còn cấp huyện",
            legal_ref=LAW,
        )
    )


def test_the_successor_reports_and_the_old_unit_does_not():
    report = partial(domain.report, on=REFORM, summary="Đã khắc phục")

    given(CASE, ISSUED, HANDED_OVER).when(
        partial(report, by_agency="hn-tan-hoi")
    ).then_refused("not-your-case")
    [told] = domain.report(
        CASE.fold([ISSUED, HANDED_OVER]),
        by_agency="vn34-x29955",
        on=REFORM,
        summary="Đã khắc phục",
    )
    assert told.agency_id == "vn34-x29955"


def test_what_falls_due_after_the_hand_over_is_the_successors():
    case = CASE.fold([ISSUED, HANDED_OVER])
    [missed] = domain.answer(case, rung=case.armed[1])

    assert missed.agency_id == "vn34-x29955"
    assert missed.agency_name == "UBND phường Hồng Ngự"


def test_escalation_goes_to_the_authority_that_took_over():
    taken = replace(
        HANDED_OVER, concerns=domain.Concerns.AUTHORITY, to_agency="vn34-p82"
    )
    case = CASE.fold([ISSUED, taken])
    [told] = domain.answer(case, rung=case.armed[-1])

    assert told.superior_id == "vn34-p82"


def test_the_recommendation_heard_again_after_a_hand_over_is_ignored():
    issue = partial(domain.issue, **ASKED, due_rule=DEFAULT, calendar=CALENDAR)

    given(CASE, ISSUED, HANDED_OVER).when(issue).then_nothing()


@drawn(st.lists(st.sampled_from(["whole", "parts", "decide", "again"]), max_size=6))
def test_a_case_has_one_unit_and_waits_only_while_that_unit_is_gone(moves):
    case, ends = CASE.fold([ISSUED]), []
    for n, move in enumerate(moves):
        heir = domain.Candidate(agency_id=f"a-{n}", name=f"A {n}", relation="WHOLE")
        ended = replace(
            MERGED,
            agency_id=case.issued.agency_id,
            candidates=(heir,) if move == "whole" else PARTS,
            automatic_to=heir.agency_id if move == "whole" else None,
        )
        if move == "again" and ends:
            ended = ends[-1]
        if move == "decide":
            waiting = case.undecided
            decision = partial(decide, to_agency=PARTS[0].agency_id, to_name="x")
            events = decision(case) if waiting else []
        else:
            events = domain.outlive(case, ended=ended, on=REFORM)
            ends.append(ended)
        for event in events:
            case = domain.evolve(case, event)
        gone = {end.agency_id for end in ends}
        assert len(case.undecided) <= 1
        if case.undecided:
            assert case.issued.agency_id in gone
