"""Rules of succession: a plan goes on with the successors of its units."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from services.chassis.testing import given
from services.planning import domain
from services.planning.domain import covering, plan, succeeding
from services.planning.domain.quota import Eligible, Quota
from services.planning.handlers import PLAN
from tests.planning.examples import (
    AN_LOC,
    PLAN_IN_EFFECT,
    ROUND_SCHEDULED,
    STORY,
    VISITED,
)
from tests.planning.merging import (
    AN_BINH,
    AN_BINH_UNIT,
    DISSOLVED,
    LAW,
    MERGED,
    REFORM,
    UNITS_AFTER,
)

LATER = REFORM.replace(year=2026)
ENDED = domain.Agency(entry=AN_LOC, ended=MERGED)
PARTS = tuple(
    domain.Successor(
        agency_id=name, name=UNITS_AFTER[name].name, relation=domain.Relation.PART
    )
    for name in ("vn34-x29992", "vn34-x30154")
)
DIVIDED = domain.Agency(
    entry=AN_LOC, ended=replace(MERGED, successors=PARTS, automatic_to=None)
)
HEIR = plan.Heir(
    agency_id="vn34-x29954", name=AN_BINH.name, kind="PHUONG", relation="WHOLE"
)
outlive = partial(succeeding.outlive, agency=ENDED, units=UNITS_AFTER, on=REFORM)
divide = partial(outlive, agency=DIVIDED)
decide = partial(
    succeeding.transfer,
    agency_id="hn-an-loc",
    unit=UNITS_AFTER["vn34-x30154"],
    by="vn34-p82",
    reason="Phần lớn dân cư thuộc xã Tân Long",
    on=REFORM,
)


def transferred(state, heir=HEIR, **more):
    target = state.targets["hn-an-loc"]
    visit = state.visit_to("hn-an-loc")
    return plan.TargetTransferred(
        plan_id="KH-2023-HN",
        agency_id="hn-an-loc",
        name=target.name,
        heir=heir,
        window=target.window,
        place=target.place,
        unplanned=False,
        missed=False,
        inspection_id=visit,
        round_id="R-2023-HN" if visit else None,
        planned_on=state.visits[visit].progress.planned_on if visit else None,
        mode="DIRECT" if visit else None,
        transferred_on=REFORM,
        legal_ref=LAW,
        **{"joined": False, **more},
    )


MOVED = transferred(PLAN.fold(PLAN_IN_EFFECT))
REQUIRED = plan.PlanHandoverDecisionRequired(
    plan_id="KH-2023-HN",
    agency_id="hn-an-loc",
    name=AN_LOC.name,
    heirs=tuple(
        plan.Heir(
            agency_id=it.agency_id,
            name=it.name,
            kind=UNITS_AFTER[it.agency_id].kind,
            relation="PART",
        )
        for it in PARTS
    ),
    required_on=REFORM,
    legal_ref=LAW,
)


@pytest.mark.capability("C25")
def test_a_target_goes_to_the_successor_of_the_whole():
    given(PLAN, *PLAN_IN_EFFECT).when(outlive).then(MOVED)


def test_what_is_on_the_calendar_goes_with_it():
    ordered = transferred(PLAN.fold(ROUND_SCHEDULED))

    given(PLAN, *ROUND_SCHEDULED).when(outlive).then(ordered)
    state = PLAN.fold([*ROUND_SCHEDULED, ordered])
    assert state.visits[ordered.inspection_id].agency_id == "vn34-x29954"
    assert "hn-an-loc" not in state.targets


def test_a_target_is_transferred_once():
    given(PLAN, *PLAN_IN_EFFECT, MOVED).when(outlive).then_nothing()


def test_a_unit_that_was_visited_stays_as_it_was():
    given(PLAN, *STORY).when(outlive).then_nothing()
    given(PLAN, *ROUND_SCHEDULED, *VISITED).when(outlive).then_nothing()


def test_a_plan_that_does_not_name_the_unit_stays():
    given(PLAN).when(outlive).then_nothing()
    stands = partial(outlive, agency=domain.Agency(entry=AN_LOC))
    given(PLAN, *PLAN_IN_EFFECT).when(stands).then_nothing()


def test_two_units_of_one_successor_become_one_target():
    first = transferred(PLAN.fold(PLAN_IN_EFFECT))
    other = domain.Agency(
        entry=replace(AN_LOC, agency_id="hn-an-binh-a"),
        ended=replace(MERGED, agency_id="hn-an-binh-a"),
    )
    state = PLAN.fold([*PLAN_IN_EFFECT, first])
    [second] = succeeding.outlive(state, agency=other, units=UNITS_AFTER, on=REFORM)

    assert second.joined
    assert len(domain.evolve_plan(state, second).targets) == 6


@pytest.mark.capability("C25")
def test_a_divided_unit_leaves_a_decision_once():
    given(PLAN, *PLAN_IN_EFFECT).when(divide).then(REQUIRED)
    given(PLAN, *PLAN_IN_EFFECT, REQUIRED).when(divide).then_nothing()


def test_a_dissolved_unit_leaves_a_decision_without_candidates():
    gone = partial(outlive, agency=domain.Agency(entry=AN_LOC, ended=DISSOLVED))

    given(PLAN, *PLAN_IN_EFFECT).when(gone).then(replace(REQUIRED, heirs=()))


def test_somebody_decides_for_a_part_of_the_unit():
    decided = replace(
        MOVED,
        heir=REQUIRED.heirs[1],
        decided_by="vn34-p82",
        reason="Phần lớn dân cư thuộc xã Tân Long",
    )

    given(PLAN, *PLAN_IN_EFFECT, REQUIRED).when(decide).then(decided)
    given(PLAN, *PLAN_IN_EFFECT, REQUIRED, decided).when(decide).then_nothing()


@pytest.mark.parametrize(
    ("history", "change", "code"),
    [
        ((), {}, "unknown-plan"),
        (PLAN_IN_EFFECT, {}, "no-handover-decision-required"),
        ((*PLAN_IN_EFFECT, REQUIRED), {"unit": None}, "unknown-agency"),
        ((*PLAN_IN_EFFECT, REQUIRED), {"unit": AN_BINH_UNIT}, "not-a-successor"),
        (
            (*PLAN_IN_EFFECT, REQUIRED),
            {"unit": replace(UNITS_AFTER["vn34-x30154"], valid_from=LATER)},
            "target-not-active",
        ),
    ],
)
def test_a_decision_that_cannot_be_is_refused(history, change, code):
    given(PLAN, *history).when(partial(decide, **change)).then_refused(code)


def test_a_quota_counts_the_successors_of_its_units():
    eligible = (
        Eligible(agency_id="a", kind="XA", parent_id="d"),
        Eligible(agency_id="b", kind="XA", parent_id="d"),
        Eligible(agency_id="c", kind="XA", parent_id="d"),
    )
    now = plan.inherited(eligible, {"a": "n", "b": "n", "n": "m"})

    assert [it.agency_id for it in now] == ["m", "c"]
    quota = Quota(kind="COMMUNE", rule="EXACT_PER_PARENT", n=3, parent="DISTRICT")
    [counted] = covering.covered(
        [covering.Counting(quota=quota, eligible=now)],
        {"m": domain.Progress(), "c": domain.Progress()},
    )
    assert counted.short_by == 3


@drawn(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=6)
)
def test_following_heirs_ends_even_where_steps_circle(steps):
    transfers = dict(steps)

    assert plan.heir_of("a", transfers) in set("abcd")
