"""What a conclusion asks of a higher level (kiến nghị cấp trên): it is answered.

It has no date unless the law gives one: nobody below sets a deadline above.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.remediation.domain.deadlines import CaseUnknown, RemediationRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class UpwardRecommendationIssued:
    """A higher level is asked to change or settle something (kiến nghị sửa đổi)."""

    recommendation_id: str
    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    addressee: str
    text: str
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UpwardRecommendationAnswered:
    """The higher level answered (trả lời kiến nghị)."""

    recommendation_id: str
    inspection_id: str
    agency_id: str
    addressee: str
    text: str
    answered_on: date
    document_number: str | None = None


UpwardEvent = UpwardRecommendationIssued | UpwardRecommendationAnswered


@dataclass(frozen=True, slots=True)
class Upward:
    """The state a decision needs."""

    issued: UpwardRecommendationIssued | None = None
    answered: UpwardRecommendationAnswered | None = None


def evolve_upward(state: Upward, event: UpwardEvent) -> Upward:
    """Fold one event in."""
    match event:
        case UpwardRecommendationIssued():
            return replace(state, issued=event)
        case UpwardRecommendationAnswered():
            return replace(state, answered=event)


def ask_upward(
    upward: Upward, *, words: UpwardRecommendationIssued
) -> list[UpwardEvent]:
    """Ask a higher level, once."""
    if upward.issued == words:
        return []
    if upward.issued is not None:
        raise RemediationRefused("recommendation-issued-otherwise", "it says otherwise")
    return [words]


def answer_upward(
    upward: Upward,
    *,
    by_agency: str,
    on: date,
    text: str,
    document_number: str | None = None,
) -> list[UpwardEvent]:
    """Answer what was asked; only whom it was asked of does."""
    asked, old = upward.issued, upward.answered
    if asked is None:
        raise CaseUnknown("unknown-recommendation", "nobody asked for that")
    if by_agency != asked.addressee:
        raise RemediationRefused("not-the-addressee", "it was asked of another agency")
    if old is not None:
        if (old.text, old.document_number) == (text, document_number):
            return []
        raise RemediationRefused("answered-otherwise", "it has its answer")
    return [
        UpwardRecommendationAnswered(
            recommendation_id=asked.recommendation_id,
            inspection_id=asked.inspection_id,
            agency_id=asked.agency_id,
            addressee=asked.addressee,
            text=text,
            answered_on=on,
            document_number=document_number,
        )
    ]
