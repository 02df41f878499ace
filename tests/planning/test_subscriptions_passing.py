"""A unit that took another's place bears what that one was to bear."""

from datetime import date

import pytest

from services.chassis.deciding import decide, load
from services.planning import domain
from services.planning.commands import overlaps as asked
from services.planning.domain import plan
from services.planning.handlers import AGENCY, PLAN, burdens
from services.planning.handlers.succeeding import take_on
from services.planning.subscriptions import burdens as heard
from services.planning.subscriptions.succeeding import on_target_transferred
from tests.planning.merging import AN_BINH, MERGED
from tests.planning.reacting import react
from tests.planning.registry import register
from tests.planning.two_plans import (
    AN_LOC_DAY,
    CV,
    HN,
    OVERLAP,
    order,
    told,
    two_plans_in,
)

HEIR, BEFORE = AN_BINH.agency_id, "hn-an-loc"
TABLE = {**heard.OWN, plan.TargetTransferred: on_target_transferred}


@pytest.fixture
async def merged(journal):
    """Both plans want a unit; one of them visits it; the unit is merged."""
    await two_plans_in(journal)
    await register(journal, AN_BINH)
    await order(journal, HN)
    await react(journal)
    await decide(journal, AGENCY, BEFORE, lambda _: [MERGED])
    return journal


async def pass_on(journal, *plans):
    done = await journal.head()
    for plan_id in plans:
        await take_on(plan_id, BEFORE, journal)
    await react(journal, TABLE, after=done)


async def burden(journal, agency_id):
    return await load(journal, burdens.BURDEN, agency_id)


async def conflicts(journal):
    events = await told(journal, burdens.OFFICER, "hong-ngu-vp.p-02")
    return [e for e in events if isinstance(e, domain.TeamMemberConflictDetected)]


async def test_claims_days_and_duties_pass_to_the_successor(merged):
    await pass_on(merged, HN, CV)
    await react(merged, TABLE)  # all of it again

    before, heir = await burden(merged, BEFORE), await burden(merged, HEIR)
    assert (before.claims, before.bookings) == ({}, {})
    assert set(heir.claims) == {HN, CV}
    assert heir.bookings["I-HN-1"].day == AN_LOC_DAY
    officer = await load(merged, burdens.OFFICER, "hong-ngu-vp.p-02")
    assert officer.duties["I-HN-1"].target_id == HEIR
    assert await conflicts(merged) == []


async def test_the_overlap_ends_with_the_unit_and_is_found_at_the_successor(merged):
    await pass_on(merged, HN, CV)

    *_, resolved = await told(merged, burdens.OVERLAP, OVERLAP)
    assert resolved.resolution is domain.Resolution.RELEASED
    [found] = await told(merged, burdens.OVERLAP, f"{HEIR}:{CV}:{HN}")
    assert found.agency_id == HEIR


@pytest.mark.parametrize("plans", [(HN, CV), (CV, HN)])
async def test_a_joint_visit_stays_joint(merged, plans):
    merge = asked.MergeOverlap(lead_plan_id=HN, lead_agency="hong-ngu-noi-vu")
    await burdens.merge_overlap(OVERLAP, merge, merged)

    await pass_on(merged, *plans)

    heir = await burden(merged, HEIR)
    assert heir.merged == {CV: HN}
    assert await told(merged, burdens.OVERLAP, f"{HEIR}:{CV}:{HN}") == []
    claimed = [
        event
        for event in await told(merged, burdens.BURDEN, HEIR)
        if isinstance(event, domain.UnitClaimed) and event.claim.plan_id == CV
    ]
    assert [event.merged_into for event in claimed] == [HN]
    own = domain.Booking(inspection_id="I-CV-1", plan_id=CV, day=date(2023, 5, 18))
    with pytest.raises(domain.LoadRefused) as refused:
        domain.book_visit(heir, agency_id=HEIR, wanted=heir.claims[CV], booking=own)
    assert refused.value.code == "target-merged"


async def test_who_is_bound_to_the_successor_is_flagged_and_not_in_the_way(merged):
    tie = asked.DeclareTie(
        person_ref="p-02", member_of="hong-ngu-vp", agency_id=HEIR, kind="KINSHIP"
    )
    await burdens.declare_tie("hong-ngu-vp.p-02", tie, merged)

    await pass_on(merged, HN)

    [conflict] = await conflicts(merged)
    assert (conflict.duty.target_id, conflict.past) == (HEIR, False)


async def test_what_is_called_off_passes_to_nobody(merged):
    off = plan.VisitCalledOff(
        plan_id=HN, inspection_id="I-HN-1", agency_id=BEFORE, reason="Mưa bão"
    )
    await decide(merged, PLAN, HN, lambda _: [off])

    await pass_on(merged, HN)

    assert (await burden(merged, HEIR)).bookings == {}
