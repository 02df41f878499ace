"""Rules of findings, and of misconduct."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import INSPECTION
from tests.inspection.examples import (
    ASSESSED,
    AT_THE_UNIT,
    BACKLOG,
    CONCLUDED,
    PERSON,
    PLANNED,
    POSTING,
    RAISED,
    RECORDS,
    REFERRED,
    REVIEW,
    ROUND_OVER,
    UNHASHED,
    VERTICAL,
    VISIT_DAY,
    VISITED,
    WITHDRAWN,
    raised,
)

find = partial(domain.raise_finding, finding=REVIEW, on=VISIT_DAY, by=PERSON)
withdraw = partial(
    domain.withdraw_finding,
    finding_id="F-07-1",
    reason=WITHDRAWN.reason,
    on=VISIT_DAY,
)
refer = partial(
    domain.refer_misconduct,
    to_authority=REFERRED.to_authority,
    reference=REFERRED.reference,
    on=VISIT_DAY,
)


@pytest.mark.seed("2.13")
def test_a_finding_is_raised_for_one_unit_within_its_group():
    given(INSPECTION, *AT_THE_UNIT).when(find).then(RAISED)
    assert (RAISED.agency_id, REVIEW.finding_group_id) == (
        "hn-tan-hoi",
        "FG-PROCEDURE-REVIEW",
    )


@pytest.mark.seed("2.14", "2.15", "2.16", "2.17")
@pytest.mark.parametrize(
    "finding",
    [RECORDS, POSTING, VERTICAL, BACKLOG],
    ids=lambda finding: finding.item,
)
def test_a_finding_keeps_its_checks_its_list_and_its_period(finding):
    given(INSPECTION, *AT_THE_UNIT).when(find, finding=finding).then(raised(finding))


def test_the_same_finding_again_is_ignored():
    later = VISIT_DAY + timedelta(days=1)

    given(INSPECTION, *AT_THE_UNIT, RAISED).when(find, on=later).then_nothing()
    given(INSPECTION, *VISITED).when(find).then_nothing()


def test_a_findings_id_is_not_used_for_another():
    other = replace(REVIEW, description="Khác")

    given(INSPECTION, *AT_THE_UNIT, RAISED).when(find, finding=other).then_refused(
        "finding-raised-otherwise"
    )


def test_what_was_withdrawn_is_not_raised_again_under_its_id():
    given(INSPECTION, *AT_THE_UNIT, RAISED, WITHDRAWN).when(find).then_refused(
        "finding-withdrawn"
    )


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"evidence": ()}, "finding-without-evidence"),
        ({"legal_basis": ()}, "finding-without-basis"),
        ({"legal_basis": ("  ",)}, "finding-without-basis"),
        ({"evidence": (UNHASHED,)}, "evidence-without-hash"),
        ({"evidence": (replace(UNHASHED, sha256="F" * 64),)}, "evidence-without-hash"),
        ({"evidence": (replace(UNHASHED, sha256="f" * 65),)}, "evidence-without-hash"),
        ({"item": "IMPACT_ASSESSMENT"}, "item-not-in-plan"),
    ],
)
def test_a_finding_that_does_not_hold_is_not_raised(wrong, code):
    given(INSPECTION, *AT_THE_UNIT).when(
        find, finding=replace(REVIEW, **wrong)
    ).then_refused(code)


def test_nobody_need_be_named_for_a_finding_for_the_unit_answers():
    nobody = replace(REVIEW, head_ref=None, roles=())

    given(INSPECTION, *AT_THE_UNIT).when(find, finding=nobody).then(raised(nobody))


def test_no_finding_is_raised_outside_the_visit():
    given(INSPECTION).when(find).then_refused("unknown-inspection")
    given(INSPECTION, PLANNED).when(find).then_refused("visit-not-started")
    given(INSPECTION, *VISITED).when(find, finding=BACKLOG).then_refused(
        "visit-completed"
    )


def test_a_finding_is_withdrawn_with_its_reason():
    given(INSPECTION, *VISITED).when(withdraw).then(WITHDRAWN)


def test_a_finding_is_withdrawn_once():
    given(INSPECTION, *VISITED, WITHDRAWN).when(withdraw).then_nothing()


def test_a_finding_that_nobody_raised_is_not_withdrawn():
    given(INSPECTION).when(withdraw).then_refused("unknown-inspection")
    given(INSPECTION, *AT_THE_UNIT, ASSESSED).when(withdraw).then_refused(
        "unknown-finding"
    )


def test_what_was_concluded_is_not_withdrawn():
    given(INSPECTION, *ROUND_OVER, CONCLUDED).when(withdraw).then_refused(
        "already-concluded"
    )


@pytest.mark.seed("2.22")
def test_misconduct_is_referred_to_whom_it_belongs():
    given(INSPECTION, *AT_THE_UNIT).when(refer).then(REFERRED)


def test_misconduct_may_be_referred_after_the_visit():
    given(INSPECTION, *VISITED).when(refer).then(REFERRED)


def test_misconduct_is_referred_once():
    given(INSPECTION, *AT_THE_UNIT, REFERRED).when(refer).then_nothing()


def test_nothing_is_referred_from_where_nobody_was():
    given(INSPECTION).when(refer).then_refused("unknown-inspection")
    given(INSPECTION, PLANNED).when(refer).then_refused("visit-not-started")
