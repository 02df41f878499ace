"""What is asked without a date, or upward, outlives whom it is asked of."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.remediation import domain
from services.remediation.handlers import DIRECTIVE, UPWARD
from tests.remediation.examples import DUTY, OPEN, REPLICATION
from tests.remediation.merging import (
    DISTRICT_GONE,
    DIVIDED,
    LAW,
    MERGED,
    PARTS,
    REFORM,
)
from tests.remediation.turns import ADOPTED, ANSWERED
from tests.remediation.turns import UPWARD as TO_THE_PROVINCE

NOW = ("hn-an-loc", "vn34-x29955")
MOVED = domain.DirectiveHandedOver(
    directive_id="RQ-2",
    kind="STANDING_DUTY",
    from_agency="hn-tan-hoi",
    from_name="UBND xã Tân Hội",
    to_agency="vn34-x29955",
    to_name="UBND phường Hồng Ngự",
    relation="WHOLE",
    addressees=NOW,
    handed_over_on=REFORM,
    legal_ref=LAW,
)
REQUIRED = domain.DirectiveHandoverRequired(
    directive_id="RQ-2",
    kind="STANDING_DUTY",
    ended_agency="hn-tan-hoi",
    ended_name="UBND xã Tân Hội",
    candidates=PARTS,
    required_on=REFORM,
    legal_ref=LAW,
)
DECIDED = replace(
    MOVED,
    to_agency="vn34-x30154",
    to_name="UBND xã Tân Long",
    relation="PART",
    addressees=("hn-an-loc", "vn34-x30154"),
    decided_by="vn34-p82",
    reason="Theo địa bàn",
)
pass_on = partial(domain.pass_on, ended=MERGED, on=REFORM)
hand_over = partial(
    domain.hand_directive_over,
    from_agency="hn-tan-hoi",
    to_agency="vn34-x30154",
    to_name="UBND xã Tân Long",
    by_agency="vn34-p82",
    reason="Theo địa bàn",
    on=REFORM,
)


@pytest.mark.capability("C25")
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (DUTY, {"directive_id": "RQ-2", "kind": "STANDING_DUTY"}),
        (REPLICATION, {"directive_id": "RQ-1", "kind": "REPLICATION"}),
        (OPEN, {"directive_id": "RQ-4", "kind": "RECOMMENDATION"}),
    ],
    ids=["duty", "replication", "open"],
)
def test_a_successor_of_the_whole_is_asked_in_the_units_place(words, named):
    moved = replace(MOVED, **named)

    given(DIRECTIVE, words).when(pass_on).then(moved)
    given(DIRECTIVE, words, moved).when(pass_on).then_nothing()
    assert domain.addressed(DIRECTIVE.fold([words, moved]).said) == NOW


def test_who_was_asked_already_is_not_asked_twice():
    both = replace(DUTY, addressees=("hn-tan-hoi", "vn34-x29955"))

    given(DIRECTIVE, both).when(pass_on).then(
        replace(MOVED, addressees=("vn34-x29955",))
    )


@pytest.mark.capability("C25")
def test_a_divided_unit_leaves_a_decision_once():
    given(DIRECTIVE, DUTY).when(pass_on, ended=DIVIDED).then(REQUIRED)
    given(DIRECTIVE, DUTY, REQUIRED).when(pass_on, ended=DIVIDED).then_nothing()


def test_what_was_asked_of_others_or_never_asked_stays():
    given(DIRECTIVE).when(pass_on).then_nothing()
    given(DIRECTIVE, DUTY).when(pass_on, ended=DISTRICT_GONE).then_nothing()


def test_a_practice_that_the_unit_took_over_stays_the_units():
    adopted = replace(ADOPTED, agency_id="hn-tan-hoi")

    given(DIRECTIVE, REPLICATION, adopted).when(pass_on).then_nothing()


def test_the_successor_takes_the_practice_over():
    moved = replace(MOVED, directive_id="RQ-1", kind="REPLICATION")
    adopt = partial(domain.adopt, on=date(2025, 8, 1), today=date(2025, 8, 1))

    given(DIRECTIVE, REPLICATION, moved).when(adopt, by_agency="vn34-x29955").then(
        replace(
            ADOPTED,
            agency_id="vn34-x29955",
            adopted_on=date(2025, 8, 1),
            remark=None,
        )
    )
    given(DIRECTIVE, REPLICATION, moved).when(
        adopt, by_agency="hn-tan-hoi"
    ).then_refused("not-in-scope")


def test_the_same_words_again_are_ignored_after_a_hand_over():
    given(DIRECTIVE, DUTY, MOVED).when(domain.direct, words=DUTY).then_nothing()


@pytest.mark.capability("C25")
def test_an_authority_decides_of_whom_it_is_asked():
    given(DIRECTIVE, DUTY, REQUIRED).when(hand_over).then(DECIDED)
    given(DIRECTIVE, DUTY, REQUIRED, DECIDED).when(hand_over).then_nothing()


def test_of_a_dissolved_unit_anybodys_place_may_be_named():
    gone = replace(REQUIRED, candidates=())

    given(DIRECTIVE, DUTY, gone).when(hand_over).then(
        replace(DECIDED, relation="DECIDED")
    )


@pytest.mark.parametrize(
    ("history", "also", "code"),
    [
        ((), {}, "unknown-directive"),
        ((DUTY,), {}, "no-handover-decision-required"),
        ((DUTY, REQUIRED), {"to_agency": "an-giang"}, "not-a-successor"),
        ((DUTY, REQUIRED), {"from_agency": "x"}, "no-handover-decision-required"),
    ],
)
def test_a_decision_that_is_none_is_refused(history, also, code):
    given(DIRECTIVE, *history).when(hand_over, **also).then_refused(code)


# upward

ASKED = replace(TO_THE_PROVINCE, addressee="hn-tan-hoi")
UP_MOVED = domain.UpwardHandedOver(
    recommendation_id="KN-1",
    inspection_id="I-2023-HN-07",
    from_agency="hn-tan-hoi",
    from_name="UBND xã Tân Hội",
    to_agency="vn34-x29955",
    to_name="UBND phường Hồng Ngự",
    relation="WHOLE",
    handed_over_on=REFORM,
    legal_ref=LAW,
)
UP_REQUIRED = domain.UpwardHandoverRequired(
    recommendation_id="KN-1",
    inspection_id="I-2023-HN-07",
    ended_agency="hn-tan-hoi",
    ended_name="UBND xã Tân Hội",
    candidates=PARTS,
    required_on=REFORM,
    legal_ref=LAW,
)
UP_DECIDED = replace(
    UP_MOVED,
    to_agency="vn34-x30154",
    to_name="UBND xã Tân Long",
    relation="PART",
    decided_by="vn34-p82",
    reason="Theo địa bàn",
)
outlive = partial(domain.outlive_upward, ended=MERGED, on=REFORM)
decide = partial(
    domain.hand_upward_over,
    to_agency="vn34-x30154",
    to_name="UBND xã Tân Long",
    by_agency="vn34-p82",
    reason="Theo địa bàn",
    on=REFORM,
)


@pytest.mark.capability("C25")
def test_a_successor_of_the_whole_answers_in_the_place_of_whom_was_asked():
    given(UPWARD, ASKED).when(outlive).then(UP_MOVED)
    given(UPWARD, ASKED, UP_MOVED).when(outlive).then_nothing()
    given(UPWARD, ASKED, UP_MOVED).when(
        domain.answer_upward,
        by_agency="vn34-x29955",
        on=ANSWERED.answered_on,
        text=ANSWERED.text,
        document_number=ANSWERED.document_number,
    ).then(replace(ANSWERED, addressee="vn34-x29955"))


@pytest.mark.parametrize(
    "history",
    [
        (),
        (TO_THE_PROVINCE,),
        (ASKED, replace(ANSWERED, addressee="hn-tan-hoi")),
        (ASKED, UP_REQUIRED),
    ],
    ids=["never-asked", "of-another", "answered", "decision-waits"],
)
def test_what_is_not_open_with_the_ended_agency_stays(history):
    given(UPWARD, *history).when(outlive).then_nothing()


@pytest.mark.capability("C25")
def test_who_answers_for_a_divided_agency_is_decided_once():
    given(UPWARD, ASKED).when(outlive, ended=DIVIDED).then(UP_REQUIRED)
    given(UPWARD, ASKED, UP_REQUIRED).when(decide).then(UP_DECIDED)
    given(UPWARD, ASKED, UP_REQUIRED, UP_DECIDED).when(decide).then_nothing()


@pytest.mark.parametrize(
    ("history", "also", "code"),
    [
        ((), {}, "unknown-recommendation"),
        ((ASKED,), {}, "no-handover-decision-required"),
        ((ASKED, UP_REQUIRED), {"to_agency": "an-giang"}, "not-a-successor"),
    ],
)
def test_who_answers_is_not_decided_otherwise(history, also, code):
    given(UPWARD, *history).when(decide, **also).then_refused(code)
