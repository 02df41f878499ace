"""Unannounced inspections (kiểm tra đột xuất): an order with a reason and a trigger.

It is no target of the plan it is ordered under, and nobody outside hears of it before
the team stands at the door.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from services.planning.domain.agency import Unit
from services.planning.domain.officer import COOL_OFF_MONTHS, Duty, Officer, Tie
from services.planning.domain.order_events import (
    OrderCalledOff,
    OrderConcluded,
    OrderConflictDetected,
    OrderDisclosed,
    OrderedFor,
    OrderEvent,
    OrderTransferred,
    Trigger,
    UnannouncedInspectionOrdered,
)
from services.planning.domain.plan import Plan, PlanDrafted, PlanUnknown
from services.planning.domain.proposing import Proposal, TriggerRefused
from services.planning.domain.team import Member, Team
from services.planning.domain.window import Window

__all__ = [
    "Order",
    "OrderCalledOff",
    "OrderConcluded",
    "OrderConflictDetected",
    "OrderDisclosed",
    "OrderEvent",
    "OrderTransferred",
    "OrderedFor",
    "Orders",
    "Trigger",
    "UnannouncedInspectionOrdered",
    "WantedOrder",
    "call_off",
    "conclude",
    "detect_conflicts",
    "disclose",
    "duty",
    "evolve",
    "order",
    "transfer",
    "trigger",
]


class Orders(Protocol):
    """Which orders are about a unit, or send a team."""

    async def about(self, agency_id: str, *, seen: int) -> Sequence[str]:
        """Return the inspections ordered at a unit that were not called off.

        The answer knows at least what the journal knew at position *seen*.
        """
        ...

    async def of_team(self, team_id: str, *, seen: int) -> Sequence[str]:
        """Return the inspections that a team was ordered to make."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order, and how far its inspection has come."""

    ordered: UnannouncedInspectionOrdered | None = None
    transferred: OrderTransferred | None = None
    conflicts: frozenset[tuple[Member, Tie]] = frozenset()
    started_on: date | None = None
    concluded_on: date | None = None
    called_off: bool = False

    @property
    def agency_id(self) -> str:
        """Return the unit that is inspected: as ordered, or its successor."""
        if self.transferred is not None:
            return self.transferred.agency_id
        return self.ordered.agency_id if self.ordered else ""

    @property
    def secret(self) -> bool:
        """Say whether nobody outside may know: the team has not arrived."""
        return self.ordered is not None and self.started_on is None

    def day(self, given: date | None, today: date) -> date:
        """Return the day of an order: as given, as on record, or today."""
        return given or (today if self.ordered is None else self.ordered.ordered_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedOrder:
    """The order that is asked for."""

    inspection_id: str
    plan_id: str
    agency_id: str
    window: Window
    team_id: str
    order_number: str
    ordered_on: date
    reason: str
    decided_by: str
    trigger: Trigger
    content_items: tuple[str, ...] = ()


def evolve(order: Order, event: OrderEvent) -> Order:
    """Fold one event into the order. Never refuses: it already happened."""
    match event:
        case UnannouncedInspectionOrdered():
            return replace(order, ordered=event)
        case OrderTransferred():
            return replace(order, transferred=event)
        case OrderConflictDetected():
            told = order.conflicts | {(event.member, event.tie)}
            return replace(order, conflicts=told)
        case OrderDisclosed():
            return replace(order, started_on=event.started_on)
        case OrderConcluded():
            return replace(order, concluded_on=event.concluded_on)
        case OrderCalledOff():
            return replace(order, called_off=True)


def order(
    order: Order, *, wanted: WantedOrder, plan: Plan, team: Team, unit: Unit | None
) -> list[OrderEvent]:
    """Order an inspection: number, reason and trigger, a team, a unit that exists."""
    if plan.draft is None:
        raise PlanUnknown("unknown-plan", "no such plan was drawn up")
    if order.ordered is not None:
        if _already(order.ordered, wanted):
            return []
        raise TriggerRefused(
            "inspection-id-taken", f"{wanted.inspection_id} is another order"
        )
    _says_why(wanted)
    _is_under(plan, wanted)
    _by_others(wanted, team)
    return [_ordered(plan.draft, wanted, team, _existing(wanted, unit))]


def trigger(proposal: Proposal, *, ordered_for: OrderedFor) -> Trigger:
    """Return what an order rests on: a need that its reason tells, or a proposal."""
    if ordered_for is OrderedFor.PRACTICAL_NEED:
        return Trigger(ordered_for=ordered_for)
    if proposal.proposed is None:
        raise TriggerRefused(
            "trigger-not-assessed", "signals lead to an order by a proposal decided"
        )
    return Trigger(
        ordered_for=ordered_for,
        proposal_id=proposal.proposed.proposal_id,
        signal_ids=proposal.proposed.signal_ids,
    )


def _says_why(wanted: WantedOrder) -> None:
    if not wanted.order_number.strip() or not wanted.reason.strip():
        raise TriggerRefused(
            "order-without-reason", "an order has a number and says why"
        )


def _is_under(plan: Plan, wanted: WantedOrder) -> None:
    if not plan.in_effect:
        raise TriggerRefused("plan-not-issued", f"the plan is {plan.status.value}")
    if wanted.window.reversed:
        raise TriggerRefused("window-reversed", "it ends before it begins")


def _by_others(wanted: WantedOrder, team: Team) -> None:
    if team.decision is None or team.decision.plan_id != wanted.plan_id:
        raise TriggerRefused("unknown-team", f"{wanted.team_id} is no team of the plan")
    if wanted.agency_id in team.agencies:
        raise TriggerRefused(
            "member-inspects-own-agency", f"{wanted.agency_id} is in the team"
        )
    if wanted.decided_by == wanted.agency_id:
        raise TriggerRefused("decides-about-itself", "another agency is to decide")


def _existing(wanted: WantedOrder, unit: Unit | None) -> Unit:
    if unit is None:
        raise TriggerRefused("unknown-agency", f"{wanted.agency_id} is not registered")
    if not unit.active_on(wanted.window.start):
        raise TriggerRefused(
            "target-not-active", f"{unit.agency_id} does not exist then"
        )
    return unit


def _already(known: UnannouncedInspectionOrdered, wanted: WantedOrder) -> bool:
    same = (
        known.plan_id == wanted.plan_id,
        known.agency_id == wanted.agency_id,
        known.window == wanted.window,
        known.team_id == wanted.team_id,
        known.order_number == wanted.order_number,
        known.ordered_on == wanted.ordered_on,
        known.reason == wanted.reason,
        known.trigger == wanted.trigger,
        not wanted.content_items or known.content_items == wanted.content_items,
    )
    return all(same)


def _ordered(
    draft: PlanDrafted, wanted: WantedOrder, team: Team, unit: Unit
) -> UnannouncedInspectionOrdered:
    policy = draft.remedy_policy
    superior = policy.superior_id or unit.superior_id or draft.issuer
    return UnannouncedInspectionOrdered(
        inspection_id=wanted.inspection_id,
        plan_id=draft.plan_id,
        round_id=f"R-{wanted.inspection_id}",
        agency_id=unit.agency_id,
        agency_name=unit.name,
        window=wanted.window,
        programmes=draft.programmes,
        content_items=wanted.content_items or draft.content_items,
        team_id=wanted.team_id,
        team_agencies=team.agencies,
        lead_agency=team.agencies[0],
        order_number=wanted.order_number,
        ordered_on=wanted.ordered_on,
        reason=wanted.reason,
        decided_by=wanted.decided_by,
        trigger=wanted.trigger,
        conclusion_rule=draft.conclusion_rule,
        remedy_policy=replace(policy, superior_id=superior),
    )


def duty(ordered: UnannouncedInspectionOrdered, plan: Plan) -> Duty:
    """Return the visit as one that an officer is to make, on its first day."""
    return Duty(
        team_id=ordered.team_id,
        plan_id=ordered.plan_id,
        inspection_id=ordered.inspection_id,
        target_id=ordered.agency_id,
        planned_on=ordered.window.start,
        cool_off_months=plan.draft.cool_off_months if plan.draft else COOL_OFF_MONTHS,
    )


def transfer(order: Order, *, transferred: OrderTransferred) -> list[OrderEvent]:
    """Go on with a unit's successor, as the inspection does, if there was an order."""
    if order.ordered is None or order.agency_id == transferred.agency_id:
        return []
    return [transferred]


def detect_conflicts(
    order: Order,
    *,
    team: Team,
    plan: Plan,
    officers: Mapping[Member, Officer],
    on: date,
) -> list[OrderEvent]:
    """Flag each tie, declared since, of whoever is to go or went, once."""
    ordered = order.ordered
    if ordered is None or order.called_off:
        return []
    visit = replace(duty(ordered, plan), target_id=order.agency_id)
    visit = replace(visit, planned_on=order.started_on or visit.planned_on)
    going = team.at(order.agency_id, ordered.inspection_id)
    members = dict.fromkeys(seat.officer for seat in going if seat.person_ref)
    return [
        OrderConflictDetected(
            inspection_id=ordered.inspection_id,
            plan_id=ordered.plan_id,
            team_id=ordered.team_id,
            agency_id=order.agency_id,
            member=member,
            tie=tie,
            planned_on=visit.planned_on,
            past=visit.planned_on < on,
            detected_on=on,
        )
        for member in members
        for tie in officers.get(member, Officer()).ties
        if tie.bars(visit.target_id, visit.planned_on, visit.cool_off_months)
        and (member, tie) not in order.conflicts
    ]


def disclose(order: Order, *, started_on: date) -> list[OrderEvent]:
    """Note that the team has arrived, if it was sent by an order."""
    ordered = order.ordered
    if ordered is None or order.started_on is not None:
        return []
    return [
        OrderDisclosed(
            inspection_id=ordered.inspection_id,
            started_on=started_on,
            proposal_id=ordered.trigger.proposal_id,
            signal_ids=ordered.trigger.signal_ids,
        )
    ]


def conclude(order: Order, *, concluded_on: date) -> list[OrderEvent]:
    """Note that the inspection is concluded, if there was an order for it."""
    ordered = order.ordered
    if ordered is None or order.concluded_on is not None:
        return []
    return [
        OrderConcluded(
            inspection_id=ordered.inspection_id,
            concluded_on=concluded_on,
            signal_ids=ordered.trigger.signal_ids,
        )
    ]


def call_off(order: Order, *, reason: str, on: date) -> list[OrderEvent]:
    """Note that the inspection will not take place, if there was an order for it."""
    ordered = order.ordered
    if ordered is None or order.called_off:
        return []
    return [
        OrderCalledOff(
            inspection_id=ordered.inspection_id, reason=reason, called_off_on=on
        )
    ]
