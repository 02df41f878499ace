"""What planning hears: others, itself, and time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.event import Event
from contracts.inspection import ConclusionIssued, VisitCompleted
from contracts.remediation import CarryOverOpened
from services.chassis.calendar import Calendar
from services.chassis.consumer import Reaction
from services.chassis.journal import Journal
from services.chassis.timers import Alarm
from services.planning.domain.ordering import Orders
from services.planning.domain.succeeding import Targets
from services.planning.subscriptions import (
    burdens,
    heeding,
    plans,
    succeeding,
    triggers,
    work,
)
from services.planning.subscriptions.carrying import on_carry_over_opened
from services.planning.subscriptions.counting import (
    on_conclusion_issued,
    on_visit_completed,
)

ON: dict[type[Event], Reaction] = {
    VisitCompleted: on_visit_completed,
    ConclusionIssued: on_conclusion_issued,
    CarryOverOpened: on_carry_over_opened,
    **heeding.ON,
    **triggers.ON,
    **work.ON,
}
AT: dict[str, Alarm] = {**burdens.AT, **plans.AT, **work.AT}


def together(*tables: Mapping[type[Any], Reaction]) -> dict[type[Any], Reaction]:
    """Return one table; what several hear of is answered by each, in their order."""
    heard: dict[type[Any], list[Reaction]] = {}
    for table in tables:
        for event, reaction in table.items():
            heard.setdefault(event, []).append(reaction)
    return {event: _each(reactions) for event, reactions in heard.items()}


def _each(reactions: Sequence[Reaction]) -> Reaction:
    async def on_event(event: Any, journal: Journal) -> None:
        for reaction in reactions:
            await reaction(event, journal)

    return reactions[0] if len(reactions) == 1 else on_event


OWN: dict[type[Any], Reaction] = together(triggers.OWN, burdens.OWN, work.OWN)


def own(targets: Targets, orders: Orders) -> Mapping[type[Any], Reaction]:
    """Return what our own journal asks; plans and orders are found by unit."""
    return together(OWN, triggers.own(orders), succeeding.own(targets))


def at(calendar: Calendar) -> Mapping[str, Alarm]:
    """Return what is asked when a day went by; what counts, does so by *calendar*."""
    return {**AT, **triggers.alarms(calendar)}
