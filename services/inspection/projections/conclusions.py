"""Conclusions, awaited and issued, to rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from services.chassis.projector import Change, Operation, Put, Seen
from services.inspection import domain


def clock_started(seen: Seen) -> Sequence[Operation]:
    """Show by when the conclusion is due."""
    event: domain.ConclusionClockStarted = seen.event
    row = {
        "inspection_id": event.inspection_id,
        "plan_id": event.plan_id,
        "round_id": event.round_id,
        "agency_id": event.agency_id,
        "agency_name": event.agency_name,
        "state": "due",
        "round_ended_on": event.ended_on,
        "due_on": event.due_on,
        "effective_due_on": event.effective_due_on,
        "overdue_from": event.overdue_from,
        "calendar_version": event.calendar_version,
        "provisional": event.provisional,
        "overdue": False,
        "late": False,
        "recommendations": (),
        "no_action": (),
        "upward": (),
        "rectified": (),
        "accountability": (),
    }
    key = {"inspection_id": event.inspection_id}
    due = {
        "conclusion_due_on": event.effective_due_on,
        "explanation_until": event.explanation_until,
    }
    return [Put("conclusions", row), Change("inspections", key, due)]


def conclusion_issued(seen: Seen) -> Sequence[Operation]:
    """Show the conclusion, and what it answers to each finding."""
    event: domain.ConclusionIssued = seen.event
    key = {"inspection_id": event.inspection_id}
    issued = {
        "state": "issued",
        "document_number": event.document_number,
        "issued_on": event.issued_on,
        "late": event.late,
        "recommendations": [asdict(r) for r in event.recommendations],
        "no_action": [asdict(n) for n in event.no_action],
        "upward": [asdict(u) for u in event.upward],
        "rectified": event.rectified,
        "accountability": [asdict(head) for head in event.accountability],
        "authority": event.authority,
    }
    concluded = {
        "state": domain.Status.CONCLUDED.value,
        "conclusion_number": event.document_number,
        "concluded_on": event.issued_on,
    }
    return [
        Change("conclusions", key, issued),
        Change("inspections", key, concluded),
        *_answers(event),
    ]


def _answers(event: domain.ConclusionIssued) -> Iterator[Change]:
    reasons = {dropped.finding_id: dropped.reason for dropped in event.no_action}
    for finding_id in event.findings:
        answer = {
            "state": "concluded",
            "recommendation_ids": [
                asked.recommendation_id
                for asked in event.recommendations
                if finding_id in asked.finding_ids
            ],
            "no_action_reason": reasons.get(finding_id),
        }
        yield Change("findings", {"finding_id": finding_id}, answer)


def conclusion_overdue(seen: Seen) -> Sequence[Operation]:
    """Show that the conclusion's day passed without one."""
    event: domain.ConclusionOverdue = seen.event
    key = {"inspection_id": event.inspection_id}
    return [Change("conclusions", key, {"state": "overdue", "overdue": True})]
