"""Events of visits: what was seen, and signed."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from contracts.event import Event, Value, Visibility
from contracts.inspection.checklists import Target


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
    short_notice: bool = False


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
    decision_number: str | None = None


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
    progress: str | None = None
    effectiveness: str | None = None
    quality: str | None = None
    task_source: str | None = None
    directive_ref: str | None = None
    basis_not_in_force: tuple[str, ...] = ()


class MetricRecorded(Event):
    """A figure was recorded at a unit."""

    TYPE: ClassVar[str] = "inspection.metric-recorded.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    agency_id: str
    metric: Metric
    target: Target | None = None
    verdict: str | None = None  # MET, MISSED, NOT_DUE


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
    basis: str = "PLANNED"
    mode: str = "DIRECT"
    carried_left: tuple[str, ...] = ()  # carried in, and not looked at


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


class MisconductReferred(Event):
    """Misconduct was passed on to whom it belongs (chuyển cơ quan có thẩm quyền)."""

    TYPE: ClassVar[str] = "inspection.misconduct-referred.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    inspection_id: str
    agency_id: str
    to_authority: str
    reference: str
    referred_on: date
