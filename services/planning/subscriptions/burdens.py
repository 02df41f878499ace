"""What planning does about units, officers and teams when a plan changes."""

from __future__ import annotations

from typing import Any

from services.chassis.consumer import Reaction
from services.chassis.context import HANOI
from services.chassis.deciding import load
from services.chassis.journal import Due, Journal
from services.chassis.timers import Alarm
from services.planning import domain
from services.planning.domain import ordering
from services.planning.domain import plan as plan_events
from services.planning.handlers import burdens, joining, teams
from services.planning.handlers.aggregates import PLAN, TEAM, TEAM_MANDATE
from services.planning.handlers.orders import ORDER

Wanted = (
    domain.UnitAdded
    | plan_events.TargetAdded
    | plan_events.UnplannedTargetAdded
    | plan_events.TargetRescheduled
)
Counted = domain.VisitCounted | domain.ConclusionCounted


async def on_unit_wanted(event: Wanted, journal: Journal) -> None:
    """Lay the plan's claim to the unit, be the plan a draft."""
    await burdens.claim_unit(event.plan_id, event.agency_id, journal)


async def on_target_withdrawn(
    event: plan_events.TargetWithdrawn, journal: Journal
) -> None:
    """Take the plan's claim to the unit back."""
    await burdens.release_unit(event.plan_id, event.agency_id, journal)


async def on_plan_cancelled(event: plan_events.PlanCancelled, journal: Journal) -> None:
    """Take all claims of the plan back; visits that were made stay borne."""
    plan = await load(journal, PLAN, event.plan_id)
    for agency_id in plan.targets:
        await burdens.release_unit(event.plan_id, agency_id, journal)


async def on_visit_called_off(
    event: plan_events.VisitCalledOff, journal: Journal
) -> None:
    """Give back what the visit took of its unit and of its officers."""
    await burdens.free_visit(
        event.plan_id, event.inspection_id, event.agency_id, journal
    )


async def on_visit_counted(event: domain.VisitCounted, journal: Journal) -> None:
    """Count the day if nothing had it booked (any more); then as for what comes."""
    booking = domain.Booking(
        inspection_id=event.inspection_id, plan_id=event.plan_id, day=event.visited_on
    )
    await burdens.count_visit_day(event.agency_id, booking, journal)
    await on_visit_come(event, journal)


async def on_unit_claimed(
    event: domain.UnitClaimed | domain.VisitBooked, journal: Journal
) -> None:
    """Tell the overlaps that were found."""
    await burdens.detect_overlaps(event.found, event.agency_id, None, journal)


async def on_duties_assigned(event: domain.DutiesAssigned, journal: Journal) -> None:
    """Tell the overlaps that were found."""
    member = event.member
    await burdens.detect_overlaps(
        event.found, member.agency_id, member.person_ref, journal
    )


async def on_claim_released(event: domain.ClaimReleased, journal: Journal) -> None:
    """End the overlaps of the claim."""
    await burdens.release_overlaps(event.overlap_ids, journal)


async def on_claims_merged(event: domain.ClaimsMerged, journal: Journal) -> None:
    """Take the lead plan's visit, if it has been, for the others too."""
    await joining.join_visits(event.lead_plan_id, event.agency_id, journal)


async def on_visit_come(event: Counted, journal: Journal) -> None:
    """Let what the lead plan's visit has come to count for merged plans."""
    await joining.join_visits(event.plan_id, event.agency_id, journal)


async def on_order_disclosed(event: ordering.OrderDisclosed, journal: Journal) -> None:
    """Count a day that no plan had booked, now that the unit knows of it."""
    order = await load(journal, ORDER, event.inspection_id)
    ordered = order.ordered
    if ordered is None:
        raise AssertionError  # the disclosure is of this very stream
    booking = domain.Booking(
        inspection_id=event.inspection_id, plan_id=ordered.plan_id, day=event.started_on
    )
    await burdens.count_visit_day(order.agency_id, booking, journal)


async def on_plan_completed(event: domain.PlanCompleted, journal: Journal) -> None:
    """End the teams that were set up until then."""
    plan = await load(journal, PLAN, event.plan_id)
    for team_id in domain.teams_of(plan):
        await teams.dissolve_done_team(team_id, event.completed_on, journal)


async def on_mandate_passed(due: Due, journal: Journal) -> None:
    """Ask whether the team's mandate has ended; the domain decides."""
    team_id = due.stream.removeprefix(f"{TEAM.category}-")
    await teams.end_mandate(team_id, due.at.astimezone(HANOI).date(), journal)


OWN: dict[type[Any], Reaction] = {
    domain.UnitAdded: on_unit_wanted,
    plan_events.TargetAdded: on_unit_wanted,
    plan_events.UnplannedTargetAdded: on_unit_wanted,
    plan_events.TargetRescheduled: on_unit_wanted,
    plan_events.TargetWithdrawn: on_target_withdrawn,
    plan_events.PlanCancelled: on_plan_cancelled,
    plan_events.VisitCalledOff: on_visit_called_off,
    domain.UnitClaimed: on_unit_claimed,
    domain.VisitBooked: on_unit_claimed,
    domain.DutiesAssigned: on_duties_assigned,
    domain.ClaimReleased: on_claim_released,
    domain.ClaimsMerged: on_claims_merged,
    domain.VisitOrdered: on_visit_come,
    plan_events.VisitRescheduled: on_visit_come,
    domain.VisitCounted: on_visit_counted,
    domain.ConclusionCounted: on_visit_come,
    domain.PlanCompleted: on_plan_completed,
    ordering.OrderDisclosed: on_order_disclosed,
}
AT: dict[str, Alarm] = {TEAM_MANDATE: on_mandate_passed}
