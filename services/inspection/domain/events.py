"""What can have happened to an inspection (cuộc kiểm tra)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.inspection.domain.values import (
    Assessment,
    CarriedOver,
    Finding,
    Metric,
    NoAction,
    Recommendation,
    RemedyPolicy,
    Terms,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPlanned:
    """The inspection of a unit was ordered, on these terms."""

    inspection_id: str
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNotified:
    """The unit was told (thông báo lịch kiểm tra)."""

    inspection_id: str
    terms: Terms
    notified_on: date
    outline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitStarted:
    """The team arrived and announced the decision (công bố quyết định)."""

    inspection_id: str
    plan_id: str
    agency_id: str
    basis: str
    started_at: datetime
    site: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentAssessed:
    """A content item was assessed (đánh giá nội dung kiểm tra)."""

    inspection_id: str
    agency_id: str
    assessment: Assessment
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricRecorded:
    """A figure was recorded (ghi nhận số liệu)."""

    inspection_id: str
    agency_id: str
    metric: Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOverItemAssessed:
    """An open item of earlier inspections was looked at again."""

    inspection_id: str
    agency_id: str
    item: CarriedOver


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRaised:
    """A shortcoming was recorded (ghi nhận tồn tại, hạn chế)."""

    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    finding: Finding
    raised_on: date
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWithdrawn:
    """A finding was taken back, with the reason."""

    inspection_id: str
    finding_id: str
    agency_id: str
    reason: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeNoted:
    """A good practice was recorded that this unit has adopted."""

    inspection_id: str
    practice_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MisconductReferred:
    """Misconduct was passed on to whom it belongs (chuyển cơ quan có thẩm quyền)."""

    inspection_id: str
    agency_id: str
    to_authority: str
    reference: str
    referred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCompleted:
    """The visit is over (kết thúc buổi làm việc)."""

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    programmes: tuple[str, ...]
    team_id: str
    visited_on: date
    points: tuple[str, ...]
    contents_assessed: tuple[str, ...]
    metrics: tuple[Metric, ...]
    findings: int
    good_practices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSigned:
    """Both sides signed the minutes (ký biên bản)."""

    inspection_id: str
    agency_id: str
    document_number: str
    sha256: str
    signed_on: date
    signed_by_unit_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesRefused:
    """The unit refused to sign; the minutes count all the same."""

    inspection_id: str
    agency_id: str
    document_number: str
    reason: str
    witness_ref: str
    refused_on: date


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


VisitEvent = (
    InspectionPlanned
    | UnitNotified
    | VisitStarted
    | VisitCompleted
    | MinutesSigned
    | MinutesRefused
    | PracticeNoted
)
RecordEvent = (
    ContentAssessed
    | MetricRecorded
    | CarriedOverItemAssessed
    | FindingRaised
    | FindingWithdrawn
    | MisconductReferred
)
ConclusionEvent = ConclusionClockStarted | ConclusionIssued | ConclusionOverdue
InspectionEvent = VisitEvent | RecordEvent | ConclusionEvent
