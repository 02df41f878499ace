"""Plans, rounds and teams, and what becomes of units and officers."""

from dataclasses import replace
from datetime import date

import pytest

from services.chassis.deciding import decide, load
from services.planning import domain
from services.planning.commands import overlaps as asked
from services.planning.commands import plans, teams
from services.planning.domain import ordering
from services.planning.domain import plan as plan_events
from services.planning.handlers import (
    PLAN,
    TEAM,
    burdens,
    count_conclusion,
    count_visit,
    rounds,
)
from services.planning.handlers import teams as team_handlers
from services.planning.handlers.orders import ORDER
from services.planning.subscriptions import burdens as heard
from tests.planning.examples import (
    ADDED,
    COMMUNES,
    CONCLUDED,
    DRAFTED,
    ROUND_SCHEDULED,
    VISITED,
)
from tests.planning.reacting import react
from tests.planning.registry import begin
from tests.planning.trigger_examples import ORDERED_UNANNOUNCED
from tests.planning.two_plans import (
    AN_LOC_DAY,
    CV,
    CV_ADDED,
    CV_DRAFTED,
    CV_PLAN,
    HN,
    HN_TEAM,
    OVERLAP,
    order,
    told,
    two_plans_in,
)


@pytest.fixture
async def two_plans(journal):
    """Two plans in effect for the same units, a team each with the same two people."""
    await two_plans_in(journal)
    return journal


async def refused(coroutine):
    with pytest.raises(
        (domain.LoadRefused, domain.TeamRefused, domain.OfficerRefused)
    ) as error:
        await coroutine
    return error.value.code


@pytest.mark.seed("1.7")
@pytest.mark.capability("C6")
async def test_drafts_that_want_the_same_units_are_told_of_each_once(journal):
    await begin(journal, PLAN, HN, DRAFTED, *ADDED)
    await begin(journal, PLAN, CV, CV_DRAFTED, *CV_ADDED)

    await react(journal)
    await react(journal)  # heard again

    for entry in COMMUNES:
        key = f"{entry.agency_id}:{CV}:{HN}"
        [detected] = await told(journal, burdens.OVERLAP, key)
        assert (detected.plans, detected.kind) == ((CV, HN), domain.OverlapKind.UNIT)


@pytest.mark.seed("1.6")
@pytest.mark.capability("C6")
async def test_no_two_plans_visit_a_unit_on_one_day(two_plans):
    await order(two_plans, HN)

    assert await refused(order(two_plans, CV)) == "unit-visited-that-day"
    assert len(await two_plans.read(PLAN.stream(CV))) == len(CV_PLAN)


async def test_the_limits_of_the_unit_and_of_its_superior_hold(two_plans):
    closed = asked.SetLoadPolicy(blackout=[{"start": AN_LOC_DAY, "end": AN_LOC_DAY}])
    once = asked.SetLoadPolicy(max_visits_per_year=1)
    await burdens.set_load_policy("hn-an-loc", closed, two_plans)
    await burdens.set_load_policy("hong-ngu", once, two_plans)

    assert await refused(order(two_plans, HN)) == "visit-on-blackout"
    other = date(2023, 5, 18)
    await order(two_plans, HN, day=other)
    later = order(two_plans, CV, day=date(2023, 5, 19))
    assert await refused(later) == "visit-refused-load"


async def test_a_visit_is_not_moved_to_a_day_that_is_taken(two_plans):
    await order(two_plans, HN)
    await order(two_plans, CV, day=date(2023, 5, 18))
    move = plans.RescheduleVisit(
        inspection_id="I-CV-1", planned_on=AN_LOC_DAY, reason="Mưa bão"
    )

    assert await refused(rounds.reschedule_visit(CV, move, two_plans)) == (
        "unit-visited-that-day"
    )


@pytest.mark.capability("C6")
async def test_a_member_of_two_teams_on_one_day_is_told(two_plans):
    await order(two_plans, HN)
    await order(two_plans, CV, agency_id="hn-an-lac")
    await react(two_plans)

    [detected] = await told(
        two_plans, burdens.OVERLAP, f"member:hong-ngu-vp.p-02:{CV}:{HN}"
    )
    assert (detected.kind, detected.person_ref) == (domain.OverlapKind.MEMBER, "p-02")
    assert detected.window.start == AN_LOC_DAY


@pytest.mark.seed("1.5")
async def test_a_declared_tie_bars_the_round(two_plans):
    await declare(two_plans)

    assert await refused(order(two_plans, HN)) == "member-conflict-of-interest"


async def declare(journal):
    tie = asked.DeclareTie(
        person_ref="p-02",
        member_of="hong-ngu-vp",
        agency_id="hn-an-loc",
        kind="KINSHIP",
    )
    return await burdens.declare_tie("hong-ngu-vp.p-02", tie, journal)


@pytest.mark.seed("1.5")
@pytest.mark.capability("C5")
async def test_a_late_declaration_flags_the_visit_until_the_member_is_recused(
    two_plans,
):
    await order(two_plans, HN)

    decided = await declare(two_plans)

    [_, conflict] = decided.events
    assert (conflict.duty.inspection_id, conflict.past) == ("I-HN-1", False)
    recuse = teams.RecuseMember(
        agency_id="hong-ngu-vp",
        person_ref="p-02",
        target_id="hn-an-loc",
        reason="Người thân",
    )
    await team_handlers.recuse_member("T-2023-HN", recuse, two_plans)
    officer = await load(two_plans, burdens.OFFICER, "hong-ngu-vp.p-02")
    assert officer.duties == {}


async def test_who_takes_a_seat_takes_its_visits_if_no_tie_bars_them(two_plans):
    await order(two_plans, HN)
    swap = teams.ReplaceMember(
        agency_id="hong-ngu-noi-vu",
        person_ref="p-01",
        by={"person_ref": "p-09"},
        reason="Ốm",
    )
    tie = asked.DeclareTie(
        person_ref="p-09",
        member_of="hong-ngu-noi-vu",
        agency_id="hn-an-loc",
        kind="PRIOR_APPROVAL",
    )
    await burdens.declare_tie("hong-ngu-noi-vu.p-09", tie, two_plans)

    async def barred():
        async with two_plans.transaction():
            await team_handlers.replace_member("T-2023-HN", swap, two_plans)

    assert await refused(barred()) == "member-conflict-of-interest"
    other = swap.model_copy(update={"by": teams.PersonBody(person_ref="p-10")})
    await team_handlers.replace_member("T-2023-HN", other, two_plans)

    gone = await load(two_plans, burdens.OFFICER, "hong-ngu-noi-vu.p-01")
    came = await load(two_plans, burdens.OFFICER, "hong-ngu-noi-vu.p-10")
    assert (set(gone.duties), set(came.duties)) == (set(), {"I-HN-1"})


async def test_a_team_sends_nobody_after_its_mandate(two_plans):
    ended = teams.DissolveTeam(dissolved_on="2023-05-02")
    await team_handlers.dissolve_team("T-2023-HN", ended, two_plans)

    assert await refused(order(two_plans, HN)) == "team-dissolved"


@pytest.mark.seed("1.7")
@pytest.mark.capability("C6")
@pytest.mark.parametrize("first", ["merged", "visited"])
async def test_a_visit_of_the_lead_plan_counts_for_the_merged_one(two_plans, first):
    done = await react(two_plans)
    await order(two_plans, HN)
    merge = asked.MergeOverlap(lead_plan_id=HN, lead_agency="hong-ngu-noi-vu")
    visited = domain.VisitCounted(
        plan_id=HN,
        inspection_id="I-HN-1",
        agency_id="hn-an-loc",
        visited_on=AN_LOC_DAY,
    )
    concluded = domain.ConclusionCounted(
        plan_id=HN,
        inspection_id="I-HN-1",
        agency_id="hn-an-loc",
        concluded_on=date(2023, 6, 5),
    )
    steps = [
        lambda: burdens.merge_overlap(OVERLAP, merge, two_plans),
        lambda: count(two_plans, visited, concluded),
    ]
    for step in steps if first == "merged" else reversed(steps):
        await step()
        done = await react(two_plans, after=done)

    plan = await load(two_plans, PLAN, CV)
    [visit] = plan.visits.values()
    assert visit.progress.visited_on == AN_LOC_DAY
    assert visit.progress.concluded_on == date(2023, 6, 5)
    [joined, *_] = (await told(two_plans, PLAN, CV))[len(CV_PLAN) :]
    assert isinstance(joined, plan_events.VisitJoined)


async def test_a_merged_plan_sends_nobody_of_its_own(two_plans):
    await react(two_plans)
    merge = asked.MergeOverlap(lead_plan_id=HN, lead_agency="hong-ngu-noi-vu")
    await burdens.merge_overlap(OVERLAP, merge, two_plans)

    assert await refused(order(two_plans, CV)) == "target-merged"


async def count(journal, *counted):
    visited, concluded = counted
    await count_visit(HN, visited, journal)
    await count_conclusion(HN, concluded, journal)


async def test_a_withdrawn_target_frees_its_day_and_its_officers(two_plans):
    await order(two_plans, HN)
    done = await react(two_plans)
    withdrawn = plan_events.TargetWithdrawn(
        plan_id=HN,
        agency_id="hn-an-loc",
        inspection_id="I-HN-1",
        document_number="60/KH-UBND",
        reason="Điều chỉnh",
    )
    await append(two_plans, PLAN, HN, withdrawn)

    await react(two_plans, after=done)

    *_, resolved = await told(two_plans, burdens.OVERLAP, OVERLAP)
    assert resolved.resolution is domain.Resolution.RELEASED
    officer = await load(two_plans, burdens.OFFICER, "hong-ngu-vp.p-02")
    assert officer.duties == {}
    await order(two_plans, CV)


async def append(journal, aggregate, key, *events):
    await decide(journal, aggregate, key, lambda _: list(events))


async def test_a_cancelled_plan_wants_nothing(two_plans):
    done = await react(two_plans)
    cancelled = plan_events.PlanCancelled(
        plan_id=CV,
        document_number="61/KH-UBND",
        reason="Lồng ghép",
        cancelled_on=date(2023, 5, 2),
    )
    await append(two_plans, PLAN, CV, cancelled)

    await react(two_plans, after=done)

    for entry in COMMUNES:
        burden = await load(two_plans, burdens.BURDEN, entry.agency_id)
        assert set(burden.claims) == {HN}


async def test_a_team_set_up_until_then_ends_with_its_plan(journal):
    until = replace(HN_TEAM, until_plan_completed=True)
    await begin(journal, TEAM, "T-2023-HN", until)
    await begin(journal, PLAN, HN, *ROUND_SCHEDULED, *VISITED, *CONCLUDED[1:])
    await count_conclusion(HN, CONCLUDED[0], journal)
    await react(journal)

    [*_, last] = await told(journal, TEAM, "T-2023-HN")
    assert (last.reason, last.dissolved_on) == ("PLAN_COMPLETED", date(2023, 6, 5))


async def test_a_mandate_that_passed_ends_the_team(journal):
    until = replace(HN_TEAM, until=date(2023, 5, 31))
    await begin(journal, TEAM, "T-2023-HN", until)
    [_, deadline] = TEAM.arms(until).deadlines

    class Due:
        stream, at = "team-T-2023-HN", deadline.at

    await heard.on_mandate_passed(Due, journal)

    [*_, last] = await told(journal, TEAM, "T-2023-HN")
    assert (last.reason, last.dissolved_on) == ("MANDATE_ENDED", date(2023, 6, 1))


async def test_an_unannounced_visit_burdens_a_unit_only_once_it_has_begun(two_plans):
    """Before, the day is free for others: a refusal would betray it."""
    unseen = replace(ORDERED_UNANNOUNCED, inspection_id="I-DX-1", agency_id="hn-an-loc")
    await begin(two_plans, ORDER, "I-DX-1", unseen)
    await react(two_plans)
    before = await load(two_plans, burdens.BURDEN, "hn-an-loc")
    started = ordering.disclose(
        ordering.Order(ordered=unseen), started_on=date(2023, 5, 10)
    )
    await append(two_plans, ORDER, "I-DX-1", *started)

    await react(two_plans)

    after = await load(two_plans, burdens.BURDEN, "hn-an-loc")
    assert (set(before.bookings), set(after.bookings)) == (set(), {"I-DX-1"})


def test_every_event_that_planning_hears_of_itself_is_one_it_writes():
    written = {
        event
        for aggregate in (PLAN, TEAM, *burdens.AGGREGATES)
        for event in aggregate.events
    } | {ordering.OrderDisclosed}

    assert set(heard.OWN) <= written
