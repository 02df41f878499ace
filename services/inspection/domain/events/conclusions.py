"""What can have happened to a conclusion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.inspection.domain.values import (
    HeadLiability,
    NoAction,
    Recommendation,
    RemedyPolicy,
    UpwardRecommendation,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionClockStarted:
    """The round ended: the conclusion is due (TT 02/2017, Đ. 46)."""

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    agency_name: str
    ended_on: date
    rule_kind: str
    rule_n: int
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str
    provisional: bool
    explanation_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionIssued:
    """The conclusion was issued (thông báo kết luận kiểm tra)."""

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    agency_name: str
    document_number: str
    issued_on: date
    due_on: date
    effective_due_on: date
    late: bool
    findings: tuple[str, ...]
    no_action: tuple[NoAction, ...]
    recommendations: tuple[Recommendation, ...]
    remedy_policy: RemedyPolicy
    inspector_refs: tuple[str, ...]
    basis: str = "PLANNED"
    mode: str = "DIRECT"
    authority: str | None = None
    explanation_waived: bool = False
    upward: tuple[UpwardRecommendation, ...] = ()
    rectified: tuple[str, ...] = ()
    accountability: tuple[HeadLiability, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionOverdue:
    """The conclusion's day passed without one (quá hạn kết luận)."""

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    lead_agency: str
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str


ConclusionEvent = ConclusionClockStarted | ConclusionIssued | ConclusionOverdue
