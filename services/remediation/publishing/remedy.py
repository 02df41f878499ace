"""What the world hears of a remedy."""

from __future__ import annotations

from dataclasses import asdict

import contracts.remediation as published
from contracts.event import Event
from contracts.inspection import Evidence
from services.remediation import domain
from services.remediation.publishing.values import dated, named


def remedied(event: domain.RemedyEvent) -> Event:
    """Translate what was asked, planned, reported, answered, closed."""
    match event:
        case domain.RecommendationIssued():
            return published.RecommendationIssued(
                **named(event),
                **dated(event.terms),
                recommendation_id=event.case_id,
                plan_id=event.plan_id,
                finding_ids=event.finding_ids,
                agency_name=event.agency_name,
                text=event.text,
                issued_on=event.issued_on,
            )
        case domain.RemediationPlanSubmitted():
            return published.RemediationPlanSubmitted(
                **named(event),
                submitted_on=event.submitted_on,
                owner=event.owner,
                head_ref=event.head_ref,
                measures=tuple(
                    published.Measure(**asdict(measure)) for measure in event.measures
                ),
                document_number=event.document_number,
            )
        case domain.RemediationReported():
            return published.RemediationReported(
                **named(event),
                reported_on=event.reported_on,
                summary=event.summary,
                evidence=tuple(Evidence(**asdict(proof)) for proof in event.evidence),
                entered_on=event.entered_on,
                document_number=event.document_number,
            )
        case (
            domain.RemediationVerified()
            | domain.RemediationRejected()
            | domain.RemediationClosed()
        ):
            return _answered(event)


def _answered(
    event: domain.RemediationVerified
    | domain.RemediationRejected
    | domain.RemediationClosed,
) -> Event:
    match event:
        case domain.RemediationVerified():
            return published.RemediationVerified(
                **named(event),
                verified_on=event.verified_on,
                verifier_agency=event.verifier_agency,
                entered_on=event.entered_on,
            )
        case domain.RemediationRejected(terms=terms):
            return published.RemediationRejected(
                **named(event),
                rejected_on=event.rejected_on,
                reason=event.reason,
                effective_due_on=terms.effective_due_on if terms else None,
            )
        case domain.RemediationClosed():
            return published.RemediationClosed(
                **named(event), closed_on=event.closed_on, late=event.late
            )


def fallen(event: domain.FallenEvent) -> Event:
    """Translate what time brought."""
    told = {
        **named(event),
        **dated(event.terms),
        "recommendation_id": event.case_id,
        "agency_name": event.agency_name,
        "text": event.text,
    }
    match event:
        case domain.RemediationReminded():
            return published.RemediationReminded(**told)
        case domain.RemediationOverdue():
            return published.RemediationOverdue(
                **told, finding_ids=event.finding_ids, days_overdue=event.days_overdue
            )
        case domain.RemediationEscalated():
            return published.RemediationEscalated(
                **told,
                superior_id=event.superior_id,
                level=event.level,
                fallback_id=event.fallback_id,
            )
