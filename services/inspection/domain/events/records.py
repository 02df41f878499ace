"""What can have been recorded at the unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.inspection.domain.values import (
    Assessment,
    CarriedOver,
    Metric,
    Target,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentAssessed:
    """A content item was assessed (đánh giá nội dung kiểm tra)."""

    inspection_id: str
    agency_id: str
    assessment: Assessment
    by: str | None = None
    basis_not_in_force: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricRecorded:
    """A figure was recorded (ghi nhận số liệu)."""

    inspection_id: str
    agency_id: str
    metric: Metric
    target: Target | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOverItemAssessed:
    """An open item of earlier inspections was looked at again."""

    inspection_id: str
    agency_id: str
    item: CarriedOver


@dataclass(frozen=True, slots=True, kw_only=True)
class MisconductReferred:
    """Misconduct was passed on to whom it belongs (chuyển cơ quan có thẩm quyền)."""

    inspection_id: str
    agency_id: str
    to_authority: str
    reference: str
    referred_on: date


RecordEvent = (
    ContentAssessed | MetricRecorded | CarriedOverItemAssessed | MisconductReferred
)
