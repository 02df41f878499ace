"""Events that the inspection service publishes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from pydantic import Field

from contracts.event import Event, Value, Visibility
from contracts.planning import RemedyPolicy


class Evidence(Value):
    """What a finding rests on (minh chứng): a reference and the file's sha256."""

    reference: str
    sha256: str


class Metric(Value):
    """A figure of the unit: numerator, denominator, day and system it was read from."""

    code: str
    numerator: int
    denominator: int | None = None
    as_of: date
    source_system: str


class Responsible(Value):
    """Who answers for a finding: the unit, its head then, the roles (trách nhiệm)."""

    agency_id: str
    head_ref: str | None = None
    roles: tuple[str, ...] = ()


class UnitNotified(Event):
    """A unit was told of its inspection (thông báo lịch kiểm tra)."""

    TYPE: ClassVar[str] = "inspection.unit-notified.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    notified_on: date
    planned_on: date
    programmes: tuple[str, ...]
    content_items: tuple[str, ...]
    outline: str | None = None


class VisitStarted(Event):
    """The team arrived and announced the decision."""

    TYPE: ClassVar[str] = "inspection.visit-started.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    inspection_id: str
    plan_id: str
    agency_id: str
    basis: str
    started_at: datetime
    site: str | None = None


class ContentAssessed(Event):
    """A content item was assessed (đánh giá nội dung kiểm tra)."""

    TYPE: ClassVar[str] = "inspection.content-assessed.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    agency_id: str
    item: str
    rating: str
    evidence: tuple[Evidence, ...] = ()
    remark: str | None = None
    strength: bool = False


class MetricRecorded(Event):
    """A figure was recorded at a unit."""

    TYPE: ClassVar[str] = "inspection.metric-recorded.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    agency_id: str
    metric: Metric


class VisitCompleted(Event):
    """The visit to a unit is over (kết thúc buổi làm việc)."""

    TYPE: ClassVar[str] = "inspection.visit-completed.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    inspection_id: str
    plan_id: str
    agency_id: str
    programmes: tuple[str, ...]
    visited_on: date
    points: tuple[str, ...]
    team_id: str
    contents_assessed: tuple[str, ...]
    metrics: tuple[Metric, ...]
    findings: int
    good_practices: int


class FindingRaised(Event):
    """A shortcoming was found (tồn tại, hạn chế)."""

    TYPE: ClassVar[str] = "inspection.finding-raised.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    finding_id: str
    agency_id: str
    item: str
    kind: str
    description: str
    legal_basis: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    cause: str | None = None
    responsible: Responsible
    raised_on: date
    repeat_of: str | None = None
    finding_group_id: str | None = None
    checks: tuple[dict[str, Any], ...] = ()
    details: dict[str, Any] = Field(default_factory=dict)


class FindingWithdrawn(Event):
    """A finding was taken back, with the reason."""

    TYPE: ClassVar[str] = "inspection.finding-withdrawn.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    finding_id: str
    agency_id: str
    reason: str
    withdrawn_on: date


class GoodPracticeRecorded(Event):
    """A model worth following was seen (mô hình hay, cách làm hay)."""

    TYPE: ClassVar[str] = "inspection.good-practice-recorded.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    practice_id: str
    round_id: str
    name: str
    description: str | None = None
    adopters: tuple[str, ...]
    recorded_on: date


class CarriedOverItemAssessed(Event):
    """An open item of earlier inspections was looked at again."""

    TYPE: ClassVar[str] = "inspection.carried-over-item-assessed.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    agency_id: str
    item_ref: str
    result: str
    remark: str | None = None


class MinutesSigned(Event):
    """Both sides signed the minutes (ký biên bản)."""

    TYPE: ClassVar[str] = "inspection.minutes-signed.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    agency_id: str
    document_number: str
    signed_on: date
    sha256: str


class MinutesRefused(Event):
    """The unit refused to sign; the minutes count all the same."""

    TYPE: ClassVar[str] = "inspection.minutes-refused.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    agency_id: str
    document_number: str
    refused_on: date
    reason: str
    witness_ref: str


class RoundEnded(Event):
    """The round is over: the clock of its conclusions starts (TT 02/2017, Đ. 46)."""

    TYPE: ClassVar[str] = "inspection.round-ended.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    round_id: str
    plan_id: str
    ended_on: date
    inspection_ids: tuple[str, ...]


class DueRule(Value):
    """By when a recommendation is to be carried out.

    ``kind``: BY_DATE (``on``), DAYS (``n``, ``unit`` calendar_days or
    working_days), END_OF_MONTH (``year``, ``month``), DEFAULT (the plan's), NONE.
    """

    kind: str
    on: date | None = None
    n: int | None = None
    unit: str | None = None
    year: int | None = None
    month: int | None = None


class Recommendation(Value):
    """What the conclusion asks of a unit (kiến nghị)."""

    recommendation_id: str
    finding_ids: tuple[str, ...]
    text: str
    due_rule: DueRule
    verifiable: bool = True


class ConclusionIssued(Event):
    """The conclusion of an inspection was issued (thông báo kết luận kiểm tra)."""

    TYPE: ClassVar[str] = "inspection.conclusion-issued.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    document_number: str
    issued_on: date
    due_on: date | None
    late: bool = False
    findings: tuple[str, ...]
    no_action: tuple[str, ...] = ()
    recommendations: tuple[Recommendation, ...]
    remedy_policy: RemedyPolicy = RemedyPolicy()
    inspector_refs: tuple[str, ...] = ()


class ConclusionOverdue(Event):
    """The conclusion was not issued in time."""

    TYPE: ClassVar[str] = "inspection.conclusion-overdue.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    lead_agency: str
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str


class RoundRequest(Value):
    """What the team asks of all units of a round, without a date.

    ``kind``: STANDING_DUTY, REPLICATION (``practice_id``), RECOMMENDATION.
    """

    request_id: str
    kind: str
    text: str
    verifiable: bool = False
    practice_id: str | None = None


class RoundRequestsIssued(Event):
    """The general requests of a round were issued (đề nghị chung)."""

    TYPE: ClassVar[str] = "inspection.round-requests-issued.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    round_id: str
    plan_id: str
    issued_on: date
    addressees: tuple[str, ...]
    requests: tuple[RoundRequest, ...]


class MisconductReferred(Event):
    """Misconduct was passed on to whom it belongs (chuyển cơ quan có thẩm quyền)."""

    TYPE: ClassVar[str] = "inspection.misconduct-referred.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    inspection_id: str
    agency_id: str
    to_authority: str
    reference: str
    referred_on: date
