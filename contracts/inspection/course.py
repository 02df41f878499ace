"""Events of what keeps an inspection from its day, or the team from the unit."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from contracts.event import Event, Visibility


class InspectionPostponed(Event):
    """A planned inspection was put off (hoãn); one that nobody knows of is not told."""

    TYPE: ClassVar[str] = "inspection.inspection-postponed.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

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


class InspectionCancelled(Event):
    """A planned inspection will not take place (hủy)."""

    TYPE: ClassVar[str] = "inspection.inspection-cancelled.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    agency_name: str
    basis: str
    reason: str
    cancelled_on: date


class UnannouncedInspectionCancelled(Event):
    """An unannounced inspection was called off before anybody knew of it."""

    TYPE: ClassVar[str] = "inspection.unannounced-inspection-cancelled.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    reason: str
    cancelled_on: date


class VisitRefused(Event):
    """The unit did not let the team work (cản trở việc kiểm tra)."""

    TYPE: ClassVar[str] = "inspection.visit-refused.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    basis: str
    reason: str
    refused_at: datetime
    witness_ref: str | None = None
