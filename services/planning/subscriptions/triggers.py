"""What planning does about signals, orders and duties when something happens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, get_args

from contracts.event import Event
from contracts.inspection import (
    InspectionTransferred,
    UnannouncedInspectionCancelled,
    VisitStarted,
)
from services.chassis.consumer import Reaction
from services.chassis.context import HANOI
from services.chassis.deciding import Aggregate
from services.chassis.journal import Due, Journal
from services.chassis.timers import Alarm
from services.planning.domain import (
    duty,
    ordering,
    proposing,
    signals,
    team,
    triage,
    watching,
)
from services.planning.domain.agency_events import AgencySucceeded
from services.planning.domain.officer import TieDeclared
from services.planning.handlers import orders
from services.planning.handlers import self_inspections as duties
from services.planning.handlers import signals as triggers

Ordered = ordering.UnannouncedInspectionOrdered | ordering.OrderTransferred
Seated = (
    team.TeamRecomposed
    | team.MemberAppointed
    | team.MemberReplaced
    | team.MemberInvited
)
SEATED = get_args(Seated)


async def on_visit_started(event: VisitStarted, journal: Journal) -> None:
    """Take the secret off an order: the team has arrived."""
    await orders.disclose_order(
        event.inspection_id, event.started_at.astimezone(HANOI).date(), journal
    )


async def on_inspection_cancelled(
    event: UnannouncedInspectionCancelled, journal: Journal
) -> None:
    """Note at the order that nobody will go."""
    await orders.call_order_off(
        event.inspection_id, event.reason, event.cancelled_on, journal
    )


async def on_inspection_transferred(
    event: InspectionTransferred, journal: Journal
) -> None:
    """Let the order name the unit that its inspection goes on with."""
    transferred = ordering.OrderTransferred(
        inspection_id=event.inspection_id,
        before=event.from_agency,
        agency_id=event.agency_id,
        agency_name=event.agency_name,
        transferred_on=event.transferred_on,
        legal_ref=event.legal_ref,
        decided_by=event.decided_by,
    )
    await orders.transfer_order(transferred, journal)


async def on_signal_classified(
    event: signals.SignalClassified, journal: Journal
) -> None:
    """Note a signal of conduct against its unit."""
    await triggers.note_signal(event.signal_id, journal)


async def on_agency_succeeded(event: AgencySucceeded, journal: Journal) -> None:
    """Watch the successor for what the unit was watched for."""
    await triggers.inherit_signals(event, journal)


async def on_cluster_formed(event: watching.ClusterFormed, journal: Journal) -> None:
    """Propose what a cluster says; to order is a person's."""
    await triggers.propose_cluster(event, journal)


async def on_trigger_proposed(
    event: proposing.TriggerProposed, journal: Journal
) -> None:
    """Mark the signals of a proposal as being in it."""
    await triggers.take_signals(event, journal)


async def on_trigger_assessed(
    event: proposing.TriggerAssessed, journal: Journal
) -> None:
    """Let the signals count again if the unit is to be watched."""
    await triggers.release_signals(event, journal)


async def on_order_given(event: Ordered, journal: Journal) -> None:
    """Look at ties that were declared while the order was given, or moved."""
    await orders.check_ties(event.inspection_id, journal)


async def on_tie_declared(
    event: TieDeclared, journal: Journal, *, known: ordering.Orders
) -> None:
    """Look whether somebody is on the way to the unit whom the tie bars."""
    unit = event.tie.agency_id
    for name in await known.about(unit, seen=await journal.head()):
        await orders.check_ties(name, journal)


async def on_team_changed(
    event: Seated, journal: Journal, *, known: ordering.Orders
) -> None:
    """Look whether a tie bars whoever has come into the team."""
    for name in await known.of_team(event.team_id, seen=await journal.head()):
        await orders.check_ties(name, journal)


async def on_order_disclosed(event: ordering.OrderDisclosed, journal: Journal) -> None:
    """Note at the proposal and its signals that an inspection followed."""
    await orders.disclose_trigger(event, journal)
    verb = partial(
        triage.follow,
        inspection_id=event.inspection_id,
        started_on=event.started_on,
    )
    await triggers.follow_signals(event.signal_ids, verb, journal)


async def on_order_concluded(event: ordering.OrderConcluded, journal: Journal) -> None:
    """Note at the signals that the inspection is concluded."""
    verb = partial(
        triage.conclude_follow_up,
        inspection_id=event.inspection_id,
        concluded_on=event.concluded_on,
    )
    await triggers.follow_signals(event.signal_ids, verb, journal)


ON: dict[type[Event], Reaction] = {
    VisitStarted: on_visit_started,
    UnannouncedInspectionCancelled: on_inspection_cancelled,
    InspectionTransferred: on_inspection_transferred,
}
OWN: dict[type[Any], Reaction] = {
    AgencySucceeded: on_agency_succeeded,
    signals.SignalClassified: on_signal_classified,
    watching.ClusterFormed: on_cluster_formed,
    proposing.TriggerProposed: on_trigger_proposed,
    proposing.TriggerAssessed: on_trigger_assessed,
    ordering.UnannouncedInspectionOrdered: on_order_given,
    ordering.OrderTransferred: on_order_given,
    ordering.OrderDisclosed: on_order_disclosed,
    ordering.OrderConcluded: on_order_concluded,
}


def own(known: ordering.Orders) -> Mapping[type[Any], Reaction]:
    """Return the reactions that look orders up; they are found in *known*."""
    changed = partial(on_team_changed, known=known)
    return {
        TieDeclared: partial(on_tie_declared, known=known),
        **dict.fromkeys(SEATED, changed),
    }


def alarms(calendar: duty.Calendar) -> Mapping[str, Alarm]:
    """Return what is asked when a day of a signal or of a duty went by."""
    answer = partial(triggers.mark_answer_overdue, calendar=calendar)
    signal, own = triggers.SIGNAL, duties.SELF_INSPECTION
    return {
        triggers.TRANSFER_OVERDUE: _ask(signal, triggers.mark_transfer_overdue),
        triggers.ANSWER_OVERDUE: _ask(signal, answer),
        triggers.PROGRESS_OVERDUE: _ask(signal, triggers.mark_progress_overdue),
        duties.PLAN_OVERDUE: _ask(own, duties.mark_self_plan_overdue),
        duties.RESULT_OVERDUE: _ask(own, duties.mark_self_result_overdue),
    }


def _ask(
    aggregate: Aggregate[Any], mark: Callable[[str, Journal], Awaitable[object]]
) -> Alarm:
    async def on_day_passed(due: Due, journal: Journal) -> None:
        key = due.stream.removeprefix(f"{aggregate.category}-")
        await mark(key, journal)

    return on_day_passed
