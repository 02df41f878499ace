"""Signals, proposals, orders and self-inspections to what is published of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import contracts.planning as published
from contracts.event import Event
from services.planning.domain import (
    duty,
    ordering,
    proposing,
    self_inspecting,
    signals,
    watching,
)
from services.planning.publishing.values import conclusion_rule, remedy_policy, window

TriggerEvent = (
    signals.SignalEvent
    | signals.SignalReferenced
    | watching.WatchEvent
    | proposing.ProposalEvent
    | ordering.OrderEvent
)


def publish_trigger(event: TriggerEvent) -> Sequence[Event]:  # noqa: PLR0911 -- one line a case
    """Translate what leads to an unannounced inspection: all of it internal."""
    match event:
        case signals.SignalReceived():
            return [_signal(event)]
        case signals.SignalTransferOverdue():
            return [published.SignalTransferOverdue(**_overdue(event))]
        case signals.SignalAnswerOverdue():
            return [published.SignalAnswerOverdue(**_overdue(event))]
        case proposing.TriggerProposed():
            return [_proposed(event)]
        case proposing.TriggerAssessed():
            return [_assessed(event)]
        case (
            ordering.UnannouncedInspectionOrdered()
            | ordering.OrderTransferred()
            | ordering.OrderConflictDetected()
            | ordering.OrderDisclosed()
            | ordering.OrderConcluded()
            | ordering.OrderCalledOff()
        ):
            return _order(event)
        case (
            signals.SignalReferenced()
            | signals.SignalClassified()
            | signals.SignalForwarded()
            | signals.SignalProgressReported()
            | signals.SignalAnswered()
            | signals.SignalProgressOverdue()
            | signals.SignalFollowed()
            | signals.SignalFollowUpConcluded()
            | watching.WatchRuleSet()
            | watching.SignalNoted()
            | watching.ClusterFormed()
            | watching.SignalsTaken()
            | watching.SignalsReleased()
            | proposing.TriggerActedOn()
            | proposing.TriggerDisclosed()
        ):
            return []


def _order(event: ordering.OrderEvent) -> Sequence[Event]:
    """Translate an order; what becomes of it is told by its inspection."""
    match event:
        case ordering.UnannouncedInspectionOrdered():
            return [_ordered(event)]
        case ordering.OrderConflictDetected():
            return [_conflict(event)]
        case (
            ordering.OrderTransferred()
            | ordering.OrderDisclosed()
            | ordering.OrderConcluded()
            | ordering.OrderCalledOff()
        ):
            return []


def publish_self_inspection(
    event: self_inspecting.SelfInspectionEvent,
) -> Sequence[Event]:
    """Translate what became of a duty to inspect oneself."""
    match event:
        case self_inspecting.SelfInspectionPlanRequired():
            return [_required(event)]
        case self_inspecting.SelfInspectionPlanIssued():
            return [_own_plan(event)]
        case self_inspecting.SelfInspectionReported():
            return [_reported(event)]
        case self_inspecting.SelfInspectionPlanOverdue():
            return [published.SelfInspectionPlanOverdue(**_late(event))]
        case self_inspecting.SelfInspectionResultOverdue():
            return [published.SelfInspectionResultOverdue(**_late(event))]


def _overdue(
    event: signals.SignalTransferOverdue | signals.SignalAnswerOverdue,
) -> dict[str, Any]:
    named = {"signal_id": event.signal_id, "agency_id": event.agency_id}
    return {**named, **_due(event.due)}


def _signal(event: signals.SignalReceived) -> published.SignalReceived:
    return published.SignalReceived(
        signal_id=event.signal_id,
        source=event.source.value,
        external_id=event.external_id,
        received_on=event.received_on,
        topic=event.topic,
        agency_id=event.agency_id,
        procedure_code=event.procedure_code,
        severity=event.severity,
    )


def _proposed(event: proposing.TriggerProposed) -> published.TriggerProposed:
    return published.TriggerProposed(
        proposal_id=event.proposal_id,
        agency_id=event.agency_id,
        how=event.how.value,
        signal_ids=event.signal_ids,
        proposed_on=event.proposed_on,
    )


def _assessed(event: proposing.TriggerAssessed) -> published.TriggerAssessed:
    return published.TriggerAssessed(
        proposal_id=event.proposal_id,
        agency_id=event.agency_id,
        signal_ids=event.signal_ids,
        decision=event.decision.value,
        reason=event.reason,
        decided_by=event.decided_by,
        decided_on=event.decided_on,
    )


def _ordered(
    event: ordering.UnannouncedInspectionOrdered,
) -> published.UnannouncedInspectionOrdered:
    return published.UnannouncedInspectionOrdered(
        inspection_id=event.inspection_id,
        plan_id=event.plan_id,
        round_id=event.round_id,
        agency_id=event.agency_id,
        agency_name=event.agency_name,
        window=window(event.window),
        programmes=event.programmes,
        content_items=event.content_items,
        team_id=event.team_id,
        team_agencies=event.team_agencies,
        lead_agency=event.lead_agency,
        order_number=event.order_number,
        ordered_on=event.ordered_on,
        reason=event.reason,
        decided_by=event.decided_by,
        trigger=published.Trigger(
            ordered_for=event.trigger.ordered_for.value,
            proposal_id=event.trigger.proposal_id,
            signal_ids=event.trigger.signal_ids,
        ),
        conclusion_rule=conclusion_rule(event.conclusion_rule),
        remedy_policy=remedy_policy(event.remedy_policy),
    )


def _conflict(
    event: ordering.OrderConflictDetected,
) -> published.TeamMemberConflictDetected:
    member = event.member
    return published.TeamMemberConflictDetected(
        member=published.Member(
            agency_id=member.agency_id, person_ref=member.person_ref
        ),
        team_id=event.team_id,
        plan_id=event.plan_id,
        inspection_id=event.inspection_id,
        agency_id=event.agency_id,
        planned_on=event.planned_on,
        tie=event.tie.kind.value,
        past=event.past,
        detected_on=event.detected_on,
    )


def _required(
    event: self_inspecting.SelfInspectionPlanRequired,
) -> published.SelfInspectionRequired:
    return published.SelfInspectionRequired(
        self_inspection_id=event.self_inspection_id,
        plan_id=event.plan_id,
        agency_id=event.agency_id,
        agency_name=event.agency_name,
        plan_due_on=event.plan_due.effective_due_on,
        result_due_on=event.result_due.effective_due_on,
        share_percent=event.share_percent,
        required_on=event.required_on,
    )


def _own_plan(
    event: self_inspecting.SelfInspectionPlanIssued,
) -> published.SelfInspectionPlanIssued:
    return published.SelfInspectionPlanIssued(
        self_inspection_id=event.self_inspection_id,
        plan_id=event.plan_id,
        agency_id=event.agency_id,
        document_number=event.document_number,
        mode=event.mode,
        divisions=event.divisions,
        issued_on=event.issued_on,
        late=event.late,
    )


def _reported(
    event: self_inspecting.SelfInspectionReported,
) -> published.SelfInspectionReported:
    return published.SelfInspectionReported(
        self_inspection_id=event.self_inspection_id,
        plan_id=event.plan_id,
        agency_id=event.agency_id,
        document_number=event.document_number,
        sha256=event.sha256,
        divisions_inspected=event.divisions_inspected,
        findings=event.findings,
        short_by=event.short_by,
        reported_on=event.reported_on,
        late=event.late,
    )


def _late(
    event: self_inspecting.SelfInspectionPlanOverdue
    | self_inspecting.SelfInspectionResultOverdue,
) -> dict[str, Any]:
    return {
        "self_inspection_id": event.self_inspection_id,
        "plan_id": event.plan_id,
        "agency_id": event.agency_id,
        "agency_name": event.agency_name,
        **_due(event.due),
    }


def _due(due: duty.DueDay) -> dict[str, Any]:
    return {
        "due_on": due.due_on,
        "effective_due_on": due.effective_due_on,
        "overdue_from": due.overdue_from,
        "calendar_version": due.calendar_version,
    }
