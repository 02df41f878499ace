"""Orders of unannounced inspections to decisions; no rule in here."""

from __future__ import annotations

from datetime import date
from functools import partial

from services.chassis.context import today, within
from services.chassis.deciding import Aggregate, Decided, decide, load, story_of
from services.chassis.journal import Journal
from services.planning.commands import signals as asked
from services.planning.domain import ordering, proposing
from services.planning.domain.agency_events import AgencySucceeded
from services.planning.domain.officer import officer_id
from services.planning.handlers.aggregates import AGENCY, PLAN, TEAM
from services.planning.handlers.aside import aside
from services.planning.handlers.burdens import OFFICER, no_tie_bars
from services.planning.handlers.plans import window_of
from services.planning.handlers.rounds import take_name
from services.planning.handlers.signals import PROPOSAL, agency_asking

ORDER = Aggregate(
    category="order",
    initial=ordering.Order,
    evolve=ordering.evolve,
    discreet=lambda order: order.secret,
    one_story=lambda _: True,
    events=(
        ordering.UnannouncedInspectionOrdered,
        ordering.OrderTransferred,
        ordering.OrderConflictDetected,
        ordering.OrderDisclosed,
        ordering.OrderConcluded,
        ordering.OrderCalledOff,
    ),
)


async def order_inspection(
    inspection_id: str, command: asked.OrderInspection, journal: Journal
) -> Decided:
    """Order an unannounced inspection, in the story of what led to it."""
    proposal_id = command.proposal_id or ""
    proposal = await load(journal, PROPOSAL, proposal_id)
    trigger = ordering.trigger(proposal, ordered_for=command.ordered_for)
    with within(await story_of(journal, PROPOSAL.stream(proposal_id))):
        if trigger.proposal_id is not None:
            act = partial(
                proposing.act_on,
                agency_id=command.agency_id,
                inspection_id=inspection_id,
                by=agency_asking(),
                successors=await _successors(proposal, journal),
            )
            await aside(journal, PROPOSAL, trigger.proposal_id, act)
        return await _order(inspection_id, command, trigger, journal)


async def _successors(proposal: proposing.Proposal, journal: Journal) -> set[str]:
    """Return all that a proposal's unit went into, in any number of steps."""
    found: set[str] = set()
    ahead = {proposal.proposed.agency_id} if proposal.proposed else set()
    while ahead:
        agency = await load(journal, AGENCY, ahead.pop())
        if isinstance(agency.ended, AgencySucceeded):
            heirs = {heir.agency_id for heir in agency.ended.successors} - found
            found |= heirs
            ahead |= heirs
    return found


async def _order(
    inspection_id: str,
    command: asked.OrderInspection,
    trigger: ordering.Trigger,
    journal: Journal,
) -> Decided:
    plan = await load(journal, PLAN, command.plan_id)
    team = await load(journal, TEAM, command.team_id)
    agency = await load(journal, AGENCY, command.agency_id)

    def decision(order: ordering.Order) -> list[ordering.OrderEvent]:
        wanted = ordering.WantedOrder(
            inspection_id=inspection_id,
            plan_id=command.plan_id,
            agency_id=command.agency_id,
            window=window_of(command.window),
            team_id=command.team_id,
            order_number=command.order_number,
            ordered_on=order.day(command.ordered_on, today()),
            reason=command.reason,
            decided_by=agency_asking(),
            trigger=trigger,
            content_items=command.content_items,
        )
        return ordering.order(
            order, wanted=wanted, plan=plan, team=team, unit=agency.unit
        )

    decided = await decide(journal, ORDER, inspection_id, decision)
    for name in (f"inspection.{inspection_id}", f"round.R-{inspection_id}"):
        await take_name(name, f"order-{inspection_id}", journal)
    for event in decided.events:
        await no_tie_bars(team, ordering.duty(event, plan), journal)
    return decided


async def check_ties(inspection_id: str, journal: Journal) -> None:
    """Flag what binds those to the unit whom an order sends there."""
    order = await load(journal, ORDER, inspection_id)
    if order.ordered is None:
        return
    team = await load(journal, TEAM, order.ordered.team_id)
    members = {seat.officer for seat in team.seats if seat.person_ref is not None}
    verb = partial(
        ordering.detect_conflicts,
        team=team,
        plan=await load(journal, PLAN, order.ordered.plan_id),
        officers={
            member: await load(journal, OFFICER, officer_id(member))
            for member in members
        },
        on=today(),
    )
    await decide(journal, ORDER, inspection_id, verb)


async def transfer_order(
    transferred: ordering.OrderTransferred, journal: Journal
) -> None:
    """Go on with a unit's successor, if there was an order."""
    verb = partial(ordering.transfer, transferred=transferred)
    await decide(journal, ORDER, transferred.inspection_id, verb)


async def disclose_order(
    inspection_id: str, started_on: date, journal: Journal
) -> None:
    """Note that the team has arrived, if it was sent by an order."""
    verb = partial(ordering.disclose, started_on=started_on)
    await decide(journal, ORDER, inspection_id, verb)


async def conclude_order(
    inspection_id: str, concluded_on: date, journal: Journal
) -> None:
    """Note that the inspection is concluded, if there was an order for it."""
    verb = partial(ordering.conclude, concluded_on=concluded_on)
    await decide(journal, ORDER, inspection_id, verb)


async def call_order_off(
    inspection_id: str, reason: str, on: date, journal: Journal
) -> None:
    """Note that the inspection will not take place."""
    verb = partial(ordering.call_off, reason=reason, on=on)
    await decide(journal, ORDER, inspection_id, verb)


async def disclose_trigger(event: ordering.OrderDisclosed, journal: Journal) -> None:
    """Note at the proposal that its inspection has begun."""
    if event.proposal_id is None:
        return
    verb = partial(
        proposing.disclose,
        inspection_id=event.inspection_id,
        started_on=event.started_on,
    )
    await decide(journal, PROPOSAL, event.proposal_id, verb)
