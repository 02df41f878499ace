"""What may move the date of a case: more time, or the official calendar, on request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.remediation.domain.deadlines import DueRule, Rung, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRequested:
    """The unit asks for more time (đề nghị gia hạn); the date does not move yet."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRefused:
    """The request for more time was turned down; the date stays."""

    case_id: str
    inspection_id: str
    agency_id: str
    request_id: str
    refused_on: date
    refused_by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineExtended:
    """More time was given (gia hạn); the date before is kept."""

    case_id: str
    inspection_id: str
    agency_id: str
    requested_on: date
    requested_after_due: bool
    extended_on: date
    approved_by: str
    reason: str
    previous: Terms
    terms: Terms
    rungs: tuple[Rung, ...]
    request_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRecalculated:
    """The date was counted again by another official calendar (tính lại thời hạn).

    ``overdue`` and ``level`` say what the new date leaves standing.
    """

    case_id: str
    inspection_id: str
    agency_id: str
    recalculated_on: date
    recalculated_by: str
    previous: Terms
    terms: Terms
    overdue: bool
    level: int
    rungs: tuple[Rung, ...]
