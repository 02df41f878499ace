"""What can have happened to a visit, from the order to its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.inspection.domain.values import (
    Metric,
    Terms,
    Window,
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
    planned_on: date | None = None
    notice_due_on: date | None = None
    short_notice: bool = False


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
    round_id: str | None = None
    decision_number: str | None = None
    review_period: Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeNoted:
    """A good practice was recorded that this unit has adopted."""

    inspection_id: str
    practice_id: str


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
    basis: str = "PLANNED"
    mode: str = "DIRECT"
    carried_left: tuple[str, ...] = ()


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


VisitEvent = (
    InspectionPlanned
    | UnitNotified
    | VisitStarted
    | VisitCompleted
    | MinutesSigned
    | MinutesRefused
    | PracticeNoted
)
