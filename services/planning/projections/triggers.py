"""Signals, proposals and orders to rows; what is secret says so in every row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.chassis.projector import Change, Operation, Projection, Put, Seen, Table
from services.planning.domain import ordering, proposing, signals, watching
from services.planning.domain.officer import officer_id

SECRET = {"restricted": "boolean", "readers": "text[]"}
SIGNALS = Table(
    name="signals",
    columns={
        "signal_id": "text",
        "state": "text",
        "source": "text",
        "external_id": "text",
        "received_on": "date",
        "topic": "text",
        "agency_id": "text",
        "agency_name": "text",
        "procedure_code": "text",
        "url": "text",
        "outlet": "text",
        "restricted_ref": "text",
        "severity": "text",
        "nature": "text",
        "classified_on": "date",
        "classified_because": "text",
        "forwarded_to": "text",
        "forwarded_agency": "text",
        "forwarded_on": "date",
        "transfer_due_on": "date",
        "transfer_overdue": "boolean",
        "answer_due_on": "date",
        "answer_overdue": "boolean",
        "progress_due_on": "date",
        "progress_overdue": "boolean",
        "answered_on": "date",
        "answer_number": "text",
        "followed_by": "text",
        "followed_on": "date",
        "follow_up_concluded_on": "date",
        **SECRET,
        "version": "int",
    },
    key=("signal_id",),
    indexes=(("agency_id",),),
)
PROPOSALS = Table(
    name="proposals",
    columns={
        "proposal_id": "text",
        "state": "text",
        "agency_id": "text",
        "agency_name": "text",
        "how": "text",
        "signal_ids": "jsonb",
        "contributions": "jsonb",
        "threshold_signals": "int",
        "threshold_days": "int",
        "reason": "text",
        "proposed_on": "date",
        "decision": "text",
        "decision_reason": "text",
        "decided_by": "text",
        "decided_on": "date",
        "inspection_id": "text",
        "started_on": "date",
        **SECRET,
        "version": "int",
    },
    key=("proposal_id",),
    indexes=(("agency_id",),),
)
ORDERS = Table(
    name="orders",
    columns={
        "inspection_id": "text",
        "state": "text",
        "plan_id": "text",
        "round_id": "text",
        "agency_id": "text",
        "agency_name": "text",
        "window_start": "date",
        "window_end": "date",
        "team_id": "text",
        "lead_agency": "text",
        "order_number": "text",
        "ordered_on": "date",
        "reason": "text",
        "decided_by": "text",
        "ordered_for": "text",
        "proposal_id": "text",
        "signal_ids": "jsonb",
        "content_items": "jsonb",
        "started_on": "date",
        "concluded_on": "date",
        **SECRET,
        "version": "int",
    },
    key=("inspection_id",),
    indexes=(("agency_id",), ("plan_id",), ("team_id",)),
)
# Shown as a part of its order only, so whoever may not read that reads none of it.
ORDER_CONFLICTS = Table(
    name="order_conflicts",
    columns={
        "inspection_id": "text",
        "officer_id": "text",
        "member_of": "text",
        "person_ref": "text",
        "tie": "text",
        "planned_on": "date",
        "past": "boolean",
        "detected_on": "date",
    },
    key=("inspection_id", "officer_id", "tie"),
)


def signal_received(seen: Seen) -> Sequence[Operation]:
    """Show a signal to those who took it in."""
    event: signals.SignalReceived = seen.event
    transfer, answer = event.transfer_due, event.answer_due
    row = {
        **dict.fromkeys(SIGNALS.columns),
        "signal_id": event.signal_id,
        "state": "received",
        "source": event.source.value,
        "external_id": event.external_id,
        "received_on": event.received_on,
        "topic": event.topic,
        "agency_id": event.agency_id,
        "agency_name": event.agency_name,
        "procedure_code": event.procedure_code,
        "url": event.url,
        "outlet": event.outlet,
        "restricted_ref": event.restricted_ref,
        "severity": event.severity,
        "transfer_due_on": transfer.effective_due_on if transfer else None,
        "transfer_overdue": False,
        "answer_due_on": answer.effective_due_on if answer else None,
        "answer_overdue": False,
        "progress_overdue": False,
        "restricted": True,
        "readers": list(event.readers),
        "version": seen.version,
    }
    return [Put("signals", row)]


def signal_classified(seen: Seen) -> Sequence[Operation]:
    """Show what a signal is about."""
    event: signals.SignalClassified = seen.event
    return _signal(
        seen,
        state="classified",
        nature=event.nature.value,
        classified_on=event.classified_on,
        classified_because=event.reason,
    )


def signal_forwarded(seen: Seen) -> Sequence[Operation]:
    """Show where a signal went, to whoever has it now too."""
    event: signals.SignalForwarded = seen.event
    return _signal(
        seen,
        state="forwarded",
        forwarded_to=event.to,
        forwarded_agency=event.to_agency,
        forwarded_on=event.forwarded_on,
        readers=list(event.readers),
    )


def signal_progress(seen: Seen) -> Sequence[Operation]:
    """Show when the sender is to hear again."""
    event: signals.SignalProgressReported = seen.event
    return _signal(seen, progress_due_on=event.next_due.effective_due_on)


def signal_answered(seen: Seen) -> Sequence[Operation]:
    """Show that a signal was answered."""
    event: signals.SignalAnswered = seen.event
    return _signal(
        seen,
        state="answered",
        answered_on=event.answered_on,
        answer_number=event.document_number,
        progress_due_on=None,
    )


def transfer_overdue(seen: Seen) -> Sequence[Operation]:
    """Show that nobody competent has it in time."""
    return _signal(seen, transfer_overdue=True)


def answer_overdue(seen: Seen) -> Sequence[Operation]:
    """Show that it was not answered in time."""
    event: signals.SignalAnswerOverdue = seen.event
    due = event.progress_due.effective_due_on
    return _signal(seen, answer_overdue=True, progress_due_on=due)


def progress_overdue(seen: Seen) -> Sequence[Operation]:
    """Show that the sender has not heard."""
    return _signal(seen, progress_overdue=True)


def signal_followed(seen: Seen) -> Sequence[Operation]:
    """Show which inspection followed, now that it has begun."""
    event: signals.SignalFollowed = seen.event
    return _signal(seen, followed_by=event.inspection_id, followed_on=event.started_on)


def follow_up_concluded(seen: Seen) -> Sequence[Operation]:
    """Show that the inspection that followed is concluded."""
    event: signals.SignalFollowUpConcluded = seen.event
    return _signal(seen, follow_up_concluded_on=event.concluded_on)


def _signal(seen: Seen, **values: object) -> Sequence[Operation]:
    key = {"signal_id": seen.event.signal_id}
    return [Change("signals", key, {**values, "version": seen.version})]


def trigger_proposed(seen: Seen) -> Sequence[Operation]:
    """Show a proposal, and why."""
    event: proposing.TriggerProposed = seen.event
    row = {
        **dict.fromkeys(PROPOSALS.columns),
        "proposal_id": event.proposal_id,
        "state": "proposed",
        "agency_id": event.agency_id,
        "agency_name": event.agency_name,
        "how": event.how.value,
        "signal_ids": list(event.signal_ids),
        "contributions": [_contribution(one) for one in event.contributions],
        "threshold_signals": event.rule.signals if event.rule else None,
        "threshold_days": event.rule.days if event.rule else None,
        "reason": event.reason,
        "proposed_on": event.proposed_on,
        "restricted": True,
        "readers": list(event.readers),
        "version": seen.version,
    }
    return [Put("proposals", row)]


def _contribution(one: watching.Contribution) -> dict[str, Any]:
    return {
        "signal_id": one.signal_id,
        "source": one.source.value,
        "received_on": one.received_on.isoformat(),
        "topic": one.topic,
        "severity": one.severity,
    }


def trigger_assessed(seen: Seen) -> Sequence[Operation]:
    """Show what was decided, by whom and why."""
    event: proposing.TriggerAssessed = seen.event
    return _proposal(
        seen,
        state="decided",
        decision=event.decision.value,
        decision_reason=event.reason,
        decided_by=event.decided_by,
        decided_on=event.decided_on,
    )


def trigger_acted_on(seen: Seen) -> Sequence[Operation]:
    """Show no more than before: the order is its readers' only."""
    return _proposal(seen)


def trigger_disclosed(seen: Seen) -> Sequence[Operation]:
    """Show which inspection came of it, now that it has begun."""
    event: proposing.TriggerDisclosed = seen.event
    return _proposal(
        seen, inspection_id=event.inspection_id, started_on=event.started_on
    )


def _proposal(seen: Seen, **values: object) -> Sequence[Operation]:
    key = {"proposal_id": seen.event.proposal_id}
    return [Change("proposals", key, {**values, "version": seen.version})]


def inspection_ordered(seen: Seen) -> Sequence[Operation]:
    """Show an order to those who know of it."""
    event: ordering.UnannouncedInspectionOrdered = seen.event
    names = ("inspection_id", "plan_id", "round_id", "agency_id", "agency_name")
    more = ("team_id", "lead_agency", "order_number", "ordered_on", "reason")
    row = {
        **dict.fromkeys(ORDERS.columns),
        **{name: getattr(event, name) for name in (*names, *more, "decided_by")},
        "state": "ordered",
        "window_start": event.window.start,
        "window_end": event.window.end,
        "ordered_for": event.trigger.ordered_for.value,
        "proposal_id": event.trigger.proposal_id,
        "signal_ids": list(event.trigger.signal_ids),
        "content_items": list(event.content_items),
        "restricted": True,
        "readers": list(event.readers),
        "version": seen.version,
    }
    return [Put("orders", row)]


def order_transferred(seen: Seen) -> Sequence[Operation]:
    """Show to its readers which unit it is about now."""
    event: ordering.OrderTransferred = seen.event
    return _order(seen, agency_id=event.agency_id, agency_name=event.agency_name)


def order_conflict(seen: Seen) -> Sequence[Operation]:
    """Show to its readers whom a tie bars."""
    event: ordering.OrderConflictDetected = seen.event
    row = {
        "inspection_id": event.inspection_id,
        "officer_id": officer_id(event.member),
        "member_of": event.member.agency_id,
        "person_ref": event.member.person_ref,
        "tie": event.tie.kind.value,
        "planned_on": event.planned_on,
        "past": event.past,
        "detected_on": event.detected_on,
    }
    return [Put("order_conflicts", row), *_order(seen)]


def order_disclosed(seen: Seen) -> Sequence[Operation]:
    """Show the order to everybody: the team has arrived."""
    event: ordering.OrderDisclosed = seen.event
    return _order(seen, state="started", started_on=event.started_on, restricted=False)


def order_concluded(seen: Seen) -> Sequence[Operation]:
    """Show that the inspection is concluded."""
    event: ordering.OrderConcluded = seen.event
    return _order(seen, state="concluded", concluded_on=event.concluded_on)


def order_called_off(seen: Seen) -> Sequence[Operation]:
    """Show to its readers that nobody will go."""
    return _order(seen, state="called-off")


def _order(seen: Seen, **values: object) -> Sequence[Operation]:
    key = {"inspection_id": seen.event.inspection_id}
    return [Change("orders", key, {**values, "version": seen.version})]


PROJECTION = Projection(
    name="triggers",
    tables=(SIGNALS, PROPOSALS, ORDERS, ORDER_CONFLICTS),
    own={
        signals.SignalReceived: signal_received,
        signals.SignalClassified: signal_classified,
        signals.SignalForwarded: signal_forwarded,
        signals.SignalProgressReported: signal_progress,
        signals.SignalAnswered: signal_answered,
        signals.SignalTransferOverdue: transfer_overdue,
        signals.SignalAnswerOverdue: answer_overdue,
        signals.SignalProgressOverdue: progress_overdue,
        signals.SignalFollowed: signal_followed,
        signals.SignalFollowUpConcluded: follow_up_concluded,
        proposing.TriggerProposed: trigger_proposed,
        proposing.TriggerAssessed: trigger_assessed,
        proposing.TriggerActedOn: trigger_acted_on,
        proposing.TriggerDisclosed: trigger_disclosed,
        ordering.UnannouncedInspectionOrdered: inspection_ordered,
        ordering.OrderTransferred: order_transferred,
        ordering.OrderConflictDetected: order_conflict,
        ordering.OrderDisclosed: order_disclosed,
        ordering.OrderConcluded: order_concluded,
        ordering.OrderCalledOff: order_called_off,
    },
)
