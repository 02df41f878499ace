"""Events about the date of a case: more time, another official calendar."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility
from contracts.inspection import DueRule


class ExtensionRequested(Event):
    """A unit asks for more time (đề nghị gia hạn); the date has not moved."""

    TYPE: ClassVar[str] = "remediation.extension-requested.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    case_id: str
    inspection_id: str
    agency_id: str
    request_id: str
    requested_on: date
    requested_after_due: bool
    done_so_far: str
    reason: str
    due_rule: DueRule
    interim_measure: str | None = None


class ExtensionRefused(Event):
    """A request for more time was turned down; the date stays."""

    TYPE: ClassVar[str] = "remediation.extension-refused.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    case_id: str
    inspection_id: str
    agency_id: str
    request_id: str
    refused_on: date
    refused_by: str
    reason: str


class DeadlineExtended(Event):
    """More time was given (gia hạn); the old date is kept."""

    TYPE: ClassVar[str] = "remediation.deadline-extended.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    case_id: str
    inspection_id: str
    agency_id: str
    requested_on: date
    requested_after_due: bool
    approved_by: str
    reason: str
    previous_due_on: date
    previous_effective_due_on: date
    due_rule: DueRule
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str
    request_id: str | None = None
    extended_on: date | None = None


class DeadlineRecalculated(Event):
    """A date was counted again by another official calendar (tính lại thời hạn)."""

    TYPE: ClassVar[str] = "remediation.deadline-recalculated.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    case_id: str
    inspection_id: str
    agency_id: str
    recalculated_on: date
    recalculated_by: str
    previous_due_on: date
    previous_effective_due_on: date
    previous_calendar_version: str
    due_rule: DueRule
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str
    provisional: bool = False
    overdue: bool = False  # missed by the new date too
