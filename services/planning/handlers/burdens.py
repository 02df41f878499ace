"""What plans want of units and of officers: claims, days, duties, overlaps.

A round books its days and duties in the transaction that orders it, so that of two
rounds at once one is refused. Claims of plans and overlaps follow, one event each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any, get_args

from services.chassis.context import acting, current, today
from services.chassis.deciding import Aggregate, Decided, decide, decide_many, load
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.commands.overlaps import (
    DeclareTie,
    MergeOverlap,
    SetLoadPolicy,
    WaiveOverlap,
)
from services.planning.domain import plan as plan_events
from services.planning.handlers.aggregates import AGENCY, PLAN, TEAM

BURDEN: Aggregate[domain.Burden] = Aggregate(
    category="burden",
    initial=domain.Burden,
    evolve=domain.evolve_burden,
    events=get_args(domain.BurdenEvent),
)
OFFICER: Aggregate[domain.Officer] = Aggregate(
    category="officer",
    initial=domain.Officer,
    evolve=domain.evolve_officer,
    events=get_args(domain.OfficerEvent),
)
OVERLAP: Aggregate[domain.Overlap] = Aggregate(
    category="overlap",
    initial=domain.Overlap,
    evolve=domain.evolve_overlap,
    events=get_args(domain.OverlapEvent),
    ordered_by=lambda detected: detected.agency_id,
)
AGGREGATES = (BURDEN, OFFICER, OVERLAP)
Booked = domain.VisitOrdered | plan_events.VisitRescheduled


@contextmanager
def on_the_side() -> Iterator[None]:
    """Write streams of which the caller named no version."""
    with acting(replace(current(), expected=None)):
        yield


async def set_load_policy(
    agency_id: str, command: SetLoadPolicy, journal: Journal
) -> Decided:
    """Say how much inspection a unit bears."""
    wanted = domain.LoadLimitsSet(
        agency_id=agency_id,
        limits=domain.LoadLimits(
            max_visit_days=command.max_visit_days,
            max_visits_per_year=command.max_visits_per_year,
            min_gap_days=command.min_gap_days or 0,
            blackout=tuple(
                domain.Window(**closed.model_dump()) for closed in command.blackout
            ),
            binding=command.binding,
        ),
    )
    return await decide(
        journal, BURDEN, agency_id, partial(domain.set_load_limits, wanted=wanted)
    )


async def declare_tie(
    officer_id: str, command: DeclareTie, journal: Journal
) -> Decided:
    """Declare what binds an officer to a unit."""
    member = domain.Member(agency_id=command.member_of, person_ref=command.person_ref)
    tie = domain.Tie(
        agency_id=command.agency_id,
        kind=command.kind,
        since=command.since,
        until=command.until,
    )
    return await decide(
        journal,
        OFFICER,
        officer_id,
        partial(
            domain.declare_tie, named=officer_id, member=member, tie=tie, on=today()
        ),
    )


async def claim_unit(plan_id: str, agency_id: str, journal: Journal) -> Decided:
    """Lay a plan's claim to a unit; one withdrawn since has none."""
    plan = await load(journal, PLAN, plan_id)
    wanted = domain.claim_of(plan, agency_id)

    def decision(burden: domain.Burden) -> Sequence[domain.BurdenEvent]:
        if wanted is None:
            return []
        return domain.claim_unit(burden, agency_id=agency_id, wanted=wanted)

    return await decide(journal, BURDEN, agency_id, decision)


async def release_unit(plan_id: str, agency_id: str, journal: Journal) -> None:
    """Take a plan's claim to a unit back, unless it is a target again."""
    plan = await load(journal, PLAN, plan_id)
    if plan.status is not domain.Status.CANCELLED and agency_id in plan.targets:
        return
    made = {name for name, visit in plan.visits.items() if visit.progress.begun}
    decision = partial(
        domain.release_claim, agency_id=agency_id, plan_id=plan_id, made=made
    )
    await decide(journal, BURDEN, agency_id, decision)
    await _take_duties_off(
        plan,
        lambda duty: duty.target_id == agency_id and duty.inspection_id not in made,
        journal,
    )


async def free_visit(
    plan_id: str, inspection_id: str, agency_id: str, journal: Journal
) -> None:
    """Give back the day and the officers of a visit that was called off."""
    plan = await load(journal, PLAN, plan_id)
    visit = plan.visits.get(inspection_id)
    if visit is None or not visit.withdrawn:
        return  # it took place after all
    decision = partial(
        domain.free_visit_day, agency_id=agency_id, inspection_id=inspection_id
    )
    await decide(journal, BURDEN, agency_id, decision)
    await _take_duties_off(
        plan, lambda duty: duty.inspection_id == inspection_id, journal
    )


async def _take_duties_off(
    plan: domain.Plan, gone: Callable[[domain.Duty], bool], journal: Journal
) -> None:
    """Send nobody to what is not inspected any more."""
    for team_id in domain.teams_of(plan):
        team = await load(journal, TEAM, team_id)
        members = (seat.officer for seat in team.seats if seat.person_ref is not None)
        for member in dict.fromkeys(members):
            officer = await load(journal, OFFICER, domain.officer_id(member))
            ended = [
                key
                for key, duty in officer.duties.items()
                if duty.team_id == team_id and gone(duty)
            ]
            await _end({member: ended}, journal)


async def take_on(events: Sequence[Any], journal: Journal) -> None:
    """Book what was ordered or moved: a day of each unit, a duty of each officer."""
    booked = [event for event in events if isinstance(event, Booked)]
    if not booked:
        return
    plan = await load(journal, PLAN, booked[0].plan_id)
    with on_the_side():
        await _book(plan, booked, journal)
        rounds = {plan.rounds[event.round_id].team_id for event in booked}
        for team_id in sorted(rounds):
            team = await load(journal, TEAM, team_id)
            for event in booked:
                domain.ready_on(team, event.planned_on)
            await _assign(domain.duties_of(team, plan), journal)


async def no_tie_bars(team: domain.Team, duty: domain.Duty, journal: Journal) -> None:
    """Refuse a visit that a tie of an officer bars; nothing of it is written.

    So an unannounced inspection leaves no trace at the officers.
    """
    seats = team.at(duty.target_id, duty.inspection_id)
    for seat in (seat for seat in seats if seat.person_ref is not None):
        officer = await load(journal, OFFICER, domain.officer_id(seat.officer))
        domain.assign(officer, member=seat.officer, duties=[duty])


async def reassign(
    team_id: str, before: domain.Team, plan_id: str, journal: Journal
) -> None:
    """Give the visits that are still to be made to those who now sit in the team."""
    plan = await load(journal, PLAN, plan_id)
    after = await load(journal, TEAM, team_id)
    had, has = domain.duties_of(before, plan), domain.duties_of(after, plan)
    gone = {
        member: [d.inspection_id for d in duties if d not in has.get(member, ())]
        for member, duties in had.items()
    }
    with on_the_side():
        await _end(gone, journal)
        await _assign(has, journal)


async def _book(plan: domain.Plan, booked: Sequence[Booked], journal: Journal) -> None:
    decisions = {}
    for event in booked:
        booking = domain.booking_of(plan, event.inspection_id)
        wanted = domain.claim_of(plan, event.agency_id)
        if booking is None or wanted is None:
            continue
        decisions[event.agency_id] = partial(
            domain.book_visit,
            agency_id=event.agency_id,
            wanted=wanted,
            booking=booking,
            limits=await _limits(plan, event.agency_id, journal),
        )
    await decide_many(journal, BURDEN, dict(sorted(decisions.items())))


async def _limits(
    plan: domain.Plan, agency_id: str, journal: Journal
) -> tuple[domain.LoadLimits, ...]:
    """Return the limits that hold besides the unit's own: its parent's, the plan's."""
    agency = await load(journal, AGENCY, agency_id)
    of_plan = domain.limits_of(plan)
    if agency.unit is None or agency.unit.parent_id is None:
        return (of_plan,)
    parent = await load(journal, BURDEN, agency.unit.parent_id)
    return (parent.limits or domain.LoadLimits(), of_plan)


async def _assign(duties: domain.Duties, journal: Journal) -> None:
    decisions = {
        domain.officer_id(member): partial(domain.assign, member=member, duties=mine)
        for member, mine in duties.items()
    }
    await decide_many(journal, OFFICER, dict(sorted(decisions.items())))


async def _end(gone: Mapping[domain.Member, Sequence[str]], journal: Journal) -> None:
    decisions = {
        domain.officer_id(member): partial(
            domain.end_duties, member=member, inspection_ids=ids
        )
        for member, ids in gone.items()
        if ids
    }
    await decide_many(journal, OFFICER, dict(sorted(decisions.items())))


async def detect_overlaps(
    found: Sequence[domain.Found],
    agency_id: str,
    person_ref: str | None,
    journal: Journal,
) -> None:
    """Tell each overlap that a unit's or an officer's stream has found."""
    decisions = {
        one.overlap_id: partial(
            domain.detect_overlap,
            detected=domain.OverlapDetected(
                overlap_id=one.overlap_id,
                kind=one.kind,
                agency_id=agency_id,
                person_ref=person_ref,
                plans=one.plans,
                window=one.window,
                content_items=one.content_items,
            ),
        )
        for one in found
    }
    await decide_many(journal, OVERLAP, decisions)


async def release_overlaps(overlap_ids: Sequence[str], journal: Journal) -> None:
    """End the overlaps of a claim that was taken back."""
    decision = partial(domain.release_overlap, on=today())
    await decide_many(journal, OVERLAP, dict.fromkeys(overlap_ids, decision))


async def merge_overlap(
    overlap_id: str, command: MergeOverlap, journal: Journal
) -> Decided:
    """Let the visit of one plan stand for the others."""
    decided = await decide(
        journal,
        OVERLAP,
        overlap_id,
        partial(
            domain.merge_overlap,
            lead_plan_id=command.lead_plan_id,
            lead_agency=command.lead_agency,
            on=today(),
        ),
    )
    for event in decided.events:
        with on_the_side():
            await decide(
                journal,
                BURDEN,
                event.agency_id,
                partial(
                    domain.merge_claims,
                    agency_id=event.agency_id,
                    found=overlap_id,
                    plans=event.plans,
                    lead=command.lead_plan_id,
                ),
            )
    return decided


async def waive_overlap(
    overlap_id: str, command: WaiveOverlap, journal: Journal
) -> Decided:
    """Let an overlap stand, with a reason."""
    decision = partial(domain.waive_overlap, reason=command.reason, on=today())
    return await decide(journal, OVERLAP, overlap_id, decision)


async def count_visit_day(
    agency_id: str, booking: domain.Booking, journal: Journal
) -> None:
    """Count a visit that nobody had booked, once the unit knows of it."""
    decision = partial(domain.count_visit_day, agency_id=agency_id, booking=booking)
    await decide(journal, BURDEN, agency_id, decision)
