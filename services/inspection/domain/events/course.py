"""What can keep an inspection from its day, or the team from the unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPostponed:
    """The inspection was put off to another day (hoãn); ``restricted``: not told."""

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    agency_name: str
    reason: str
    planned_before: date | None
    planned_on: date
    postponed_on: date
    remark: str | None = None
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionCancelled:
    """The inspection will not take place (hủy); ``restricted``: nobody knew of it."""

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    agency_name: str
    basis: str
    reason: str
    cancelled_on: date
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRefused:
    """The unit did not let the team work (cản trở việc kiểm tra, NĐ 63/2010 Đ. 6)."""

    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    basis: str
    reason: str
    refused_at: datetime
    witness_ref: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointVisited:
    """The team was at one more point of the unit (điểm kiểm tra)."""

    inspection_id: str
    agency_id: str
    point: str
    visited_at: datetime
    by: str | None = None


CourseEvent = InspectionPostponed | InspectionCancelled | VisitRefused | PointVisited
