"""What the world hears of conclusions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from contracts.planning import RemedyPolicy
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.ConclusionOverdue: published.ConclusionOverdue,
}


def publish(event: domain.ConclusionEvent) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    match event:
        case domain.ConclusionClockStarted():
            return []
        case domain.ConclusionIssued():
            return [_conclusion_issued(event)]
        case domain.ConclusionOverdue():
            return [alike(SAME, event)]


def _conclusion_issued(event: domain.ConclusionIssued) -> Event:
    return published.ConclusionIssued(
        inspection_id=event.inspection_id,
        plan_id=event.plan_id,
        agency_id=event.agency_id,
        agency_name=event.agency_name,
        document_number=event.document_number,
        issued_on=event.issued_on,
        due_on=event.due_on,
        late=event.late,
        findings=event.findings,
        no_action=tuple(dropped.finding_id for dropped in event.no_action),
        recommendations=tuple(
            published.Recommendation(
                recommendation_id=asked.recommendation_id,
                finding_ids=asked.finding_ids,
                text=asked.text,
                due_rule=published.DueRule(**asdict(asked.due)),
                verifiable=asked.verifiable,
            )
            for asked in event.recommendations
        ),
        remedy_policy=RemedyPolicy(**asdict(event.remedy_policy)),
        inspector_refs=event.inspector_refs,
        basis=event.basis,
        mode=event.mode,
        authority=event.authority,
        upward=tuple(
            published.UpwardRecommendation(
                recommendation_id=asked.recommendation_id,
                addressee=asked.addressee,
                text=asked.text,
                due_rule=published.DueRule(**asdict(asked.due)) if asked.due else None,
            )
            for asked in event.upward
        ),
        rectified=event.rectified,
        accountability=tuple(
            published.HeadLiability(**asdict(head)) for head in event.accountability
        ),
    )
