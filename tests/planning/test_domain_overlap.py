"""Overlaps: told once, merged or waived, and a joint visit proposed."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning import domain
from services.planning.domain.overlap import overlap_id
from services.planning.handlers.burdens import OVERLAP

ON = date(2023, 4, 20)
DAYS = domain.Window(start=date(2023, 5, 22), end=date(2023, 5, 26))
DETECTED = domain.OverlapDetected(
    overlap_id="hn-an-loc:KH-2023-CV:KH-2023-HN",
    kind=domain.OverlapKind.UNIT,
    agency_id="hn-an-loc",
    person_ref=None,
    plans=("KH-2023-CV", "KH-2023-HN"),
    window=DAYS,
)
MERGED = domain.OverlapResolved(
    overlap_id=DETECTED.overlap_id,
    kind=DETECTED.kind,
    agency_id="hn-an-loc",
    plans=DETECTED.plans,
    resolution=domain.Resolution.MERGED,
    resolved_on=ON,
    lead_plan_id="KH-2023-HN",
    lead_agency="hong-ngu-noi-vu",
)
WAIVED = replace(
    MERGED,
    resolution=domain.Resolution.WAIVED,
    lead_plan_id=None,
    lead_agency=None,
    reason="Hai nội dung khác nhau",
)
RELEASED = replace(WAIVED, resolution=domain.Resolution.RELEASED, reason=None)
detect = partial(domain.detect_overlap, detected=DETECTED)
merge = partial(
    domain.merge_overlap,
    lead_plan_id="KH-2023-HN",
    lead_agency="hong-ngu-noi-vu",
    on=ON,
)
waive = partial(domain.waive_overlap, reason="Hai nội dung khác nhau", on=ON)
release = partial(domain.release_overlap, on=ON)


@pytest.mark.seed("1.7")
@pytest.mark.capability("C6")
def test_an_overlap_is_told_once():
    given(OVERLAP).when(detect).then(DETECTED)
    for history in ((DETECTED,), (DETECTED, MERGED), (DETECTED, WAIVED)):
        given(OVERLAP, *history).when(detect).then_nothing()


def test_an_overlap_that_comes_again_is_told_again():
    given(OVERLAP, DETECTED, RELEASED).when(detect).then(DETECTED)


@pytest.mark.seed("1.7")
@pytest.mark.parametrize(("verb", "event"), [(merge, MERGED), (waive, WAIVED)])
def test_an_overlap_is_merged_or_waived_with_a_reason(verb, event):
    given(OVERLAP, DETECTED).when(verb).then(event)
    given(OVERLAP, DETECTED, event).when(
        partial(verb, on=date(2023, 5, 1))
    ).then_nothing()


def test_an_overlap_is_not_resolved_twice_differently():
    given(OVERLAP, DETECTED, WAIVED).when(merge).then_refused(
        "overlap-resolved-otherwise"
    )
    given(OVERLAP, DETECTED, MERGED).when(waive).then_refused(
        "overlap-resolved-otherwise"
    )


def test_the_lead_is_one_of_the_plans():
    other = partial(merge, lead_plan_id="KH-2023-TT")

    given(OVERLAP, DETECTED).when(other).then_refused("lead-plan-not-in-overlap")


def test_an_officer_is_not_merged():
    member = replace(DETECTED, kind=domain.OverlapKind.MEMBER, person_ref="p-02")

    given(OVERLAP, member).when(merge).then_refused("member-cannot-be-merged")


@pytest.mark.parametrize("verb", [merge, waive])
def test_an_overlap_that_nobody_found_is_unknown(verb):
    given(OVERLAP).when(verb).then_refused("unknown-overlap")


def test_an_overlap_ends_with_its_claim_unless_it_was_resolved():
    given(OVERLAP, DETECTED).when(release).then(RELEASED)
    given(OVERLAP, DETECTED, MERGED).when(release).then_nothing()
    given(OVERLAP).when(release).then_nothing()


def test_a_pair_has_one_name_and_no_name_is_too_long():
    a, b = "K" * 60, "L" * 60

    assert overlap_id("xa", ("KH-2", "KH-1")) == "xa:KH-1:KH-2"
    assert overlap_id("xa", (a, b)) == overlap_id("xa", (b, a))
    assert len(overlap_id("xa", (a, b))) <= 120


PAR = domain.JointPart(
    plan_id="KH-2023-HN",
    window=domain.Window(start=date(2023, 5, 9), end=date(2023, 5, 26)),
    lead_agency="hong-ngu-noi-vu",
    content_items=("DIRECTION",),
    issued_on=ON,
)
DUTY = domain.JointPart(
    plan_id="KH-2023-CV",
    window=domain.Window(start=date(2023, 5, 19), end=date(2023, 6, 5)),
    lead_agency="hong-ngu-thanh-tra",
    content_items=("OFFICER_DUTY", "DIRECTION"),
)


@pytest.mark.capability("C6")
def test_a_joint_visit_is_proposed_on_the_days_that_both_have():
    joint = domain.propose_joint_visit(
        [DUTY, PAR],
        taken={date(2023, 5, 22)},
        blackout=(domain.Window(start=date(2023, 5, 25), end=date(2023, 5, 25)),),
    )

    assert (joint.lead_plan_id, joint.lead_agency) == ("KH-2023-HN", "hong-ngu-noi-vu")
    assert joint.common == domain.Window(start=date(2023, 5, 19), end=date(2023, 5, 26))
    assert [day.day for day in joint.days] == [19, 23, 24, 26]
    assert joint.content_items == ("DIRECTION", "OFFICER_DUTY")


def test_the_plan_that_has_ordered_its_visit_leads():
    booked = replace(DUTY, planned_on=date(2023, 5, 30))

    joint = domain.propose_joint_visit([PAR, booked], taken=())

    assert (joint.lead_plan_id, joint.days) == ("KH-2023-CV", (date(2023, 5, 30),))


def test_plans_without_a_common_day_have_none():
    june = replace(
        DUTY, window=domain.Window(start=ON.replace(month=6), end=ON.replace(month=6))
    )

    joint = domain.propose_joint_visit([PAR, june], taken=())

    assert (joint.common, joint.days) == (None, ())
