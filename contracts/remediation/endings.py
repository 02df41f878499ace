"""Events of cases that end without verification, begin again, or go on next year."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility
from contracts.inspection import DueRule


class RemediationReopened(Event):
    """A closed case is open again (mở lại); the closing before stays told."""

    TYPE: ClassVar[str] = "remediation.remediation-reopened.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    case_id: str
    inspection_id: str
    agency_id: str
    reopened_on: date
    reopened_by: str
    reason: str
    due_rule: DueRule
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str


class RemediationWaived(Event):
    """The authority asks for the remedy no longer: an end, but no closing."""

    TYPE: ClassVar[str] = "remediation.remediation-waived.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    case_id: str
    inspection_id: str
    agency_id: str
    waived_on: date
    waived_by: str
    reason: str


class CarryOverOpened(Event):
    """An open case goes into another year's plan (chuyển sang năm sau)."""

    TYPE: ClassVar[str] = "remediation.carry-over-opened.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    case_id: str
    inspection_id: str
    from_plan_id: str
    to_plan_id: str
    year: int
    agency_id: str
    agency_name: str
    text: str
    finding_ids: tuple[str, ...]
    due_on: date
    opened_on: date
