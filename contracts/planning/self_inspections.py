"""What planning tells of the duty to inspect oneself (tự kiểm tra)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility


class SelfInspectionRequired(Event):
    """A unit is to inspect itself: its own plan by a day, the result by another."""

    TYPE: ClassVar[str] = "planning.self-inspection-required.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    self_inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    plan_due_on: date
    result_due_on: date
    share_percent: int | None = None
    required_on: date


class SelfInspectionPlanIssued(Event):
    """A unit issued its own plan (kế hoạch tự kiểm tra)."""

    TYPE: ClassVar[str] = "planning.self-inspection-plan-issued.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    self_inspection_id: str
    plan_id: str
    agency_id: str
    document_number: str
    mode: str
    divisions: tuple[str, ...]
    issued_on: date
    late: bool


class SelfInspectionReported(Event):
    """A unit reported what its self-inspection showed."""

    TYPE: ClassVar[str] = "planning.self-inspection-reported.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    self_inspection_id: str
    plan_id: str
    agency_id: str
    document_number: str
    sha256: str
    divisions_inspected: tuple[str, ...]
    findings: int
    short_by: int
    reported_on: date
    late: bool


class SelfInspectionPlanOverdue(Event):
    """The day for a unit's own plan went by without one."""

    TYPE: ClassVar[str] = "planning.self-inspection-plan-overdue.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    self_inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str


class SelfInspectionResultOverdue(Event):
    """The day for the result of a self-inspection went by without a report."""

    TYPE: ClassVar[str] = "planning.self-inspection-result-overdue.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    self_inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str
