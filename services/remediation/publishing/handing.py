"""What is told when a case comes to another agency."""

from __future__ import annotations

from contracts.event import Event
from contracts.remediation import Candidate, CaseHandedOver, HandoverDecisionRequired
from services.remediation import domain


def handed(event: domain.HandingEvent) -> Event:
    """Translate a hand-over, or the decision that one waits for."""
    if isinstance(event, domain.CaseHandedOver):
        return CaseHandedOver(
            case_id=event.case_id,
            recommendation_id=event.case_id,
            inspection_id=event.inspection_id,
            agency_id=event.agency_id,
            concerns=event.concerns.value,
            from_agency=event.from_agency,
            from_name=event.from_name,
            to_agency=event.to_agency,
            to_name=event.to_name,
            relation=event.relation,
            handed_over_on=event.handed_over_on,
            legal_ref=event.legal_ref,
            decided_by=event.decided_by,
            reason=event.reason,
        )
    return HandoverDecisionRequired(
        case_id=event.case_id,
        recommendation_id=event.case_id,
        inspection_id=event.inspection_id,
        agency_id=event.agency_id,
        agency_name=event.agency_name,
        text=event.text,
        concerns=event.concerns.value,
        ended_agency=event.ended_agency,
        ended_name=event.ended_name,
        candidates=tuple(
            Candidate(agency_id=it.agency_id, name=it.name, relation=it.relation)
            for it in event.candidates
        ),
        required_on=event.required_on,
        legal_ref=event.legal_ref,
    )
