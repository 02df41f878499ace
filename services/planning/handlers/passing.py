"""What a unit was to bear, and its officers, pass to the unit that took its place."""

from __future__ import annotations

from functools import partial

from services.chassis.context import today
from services.chassis.deciding import decide, decide_many, load
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.domain import plan as plan_events
from services.planning.handlers.aggregates import PLAN, TEAM
from services.planning.handlers.burdens import (
    BURDEN,
    OFFICER,
    claim_unit,
    release_unit,
)


async def pass_target_on(
    event: plan_events.TargetTransferred, journal: Journal
) -> None:
    """Let the successor bear what the plan wanted of the unit before it."""
    before = await load(journal, BURDEN, event.agency_id)
    await release_unit(event.plan_id, event.agency_id, journal)
    await _stay_merged(before, event, journal)
    await claim_unit(event.plan_id, event.heir.agency_id, journal)
    plan = await load(journal, PLAN, event.plan_id)
    visit = plan.visits.get(event.inspection_id or "")
    if visit is None or visit.withdrawn or visit.agency_id != event.heir.agency_id:
        return  # nothing is on the calendar, or it is already somebody else's
    await _book(plan, event, journal)
    await _assign(plan, event, journal)


async def _stay_merged(
    before: domain.Burden, event: plan_events.TargetTransferred, journal: Journal
) -> None:
    heir = event.heir.agency_id
    pairs = [(event.plan_id, merged) for merged in before.leads(event.plan_id)]
    if lead := before.merged.get(event.plan_id):
        pairs.append((lead, event.plan_id))
    for lead, merged in pairs:
        decision = partial(domain.stay_merged, agency_id=heir, lead=lead, merged=merged)
        await decide(journal, BURDEN, heir, decision)


async def _book(
    plan: domain.Plan, event: plan_events.TargetTransferred, journal: Journal
) -> None:
    heir = event.heir.agency_id
    booking = domain.booking_of(plan, event.inspection_id or "")
    wanted = domain.claim_of(plan, heir)
    if booking is None or wanted is None:
        return
    decision = partial(
        domain.take_visit_over, agency_id=heir, wanted=wanted, booking=booking
    )
    await decide(journal, BURDEN, heir, decision)


async def _assign(
    plan: domain.Plan, event: plan_events.TargetTransferred, journal: Journal
) -> None:
    for team_id in domain.teams_of(plan):
        team = await load(journal, TEAM, team_id)
        decisions = {
            domain.officer_id(member): partial(
                domain.take_duties_over,
                member=member,
                duties=[d for d in duties if d.inspection_id == event.inspection_id],
                on=today(),
            )
            for member, duties in domain.duties_of(team, plan).items()
        }
        await decide_many(journal, OFFICER, dict(sorted(decisions.items())))
