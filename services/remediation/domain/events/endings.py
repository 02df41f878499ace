"""How a case ends other than by verification, and how it begins again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.remediation.domain.deadlines import Rung, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationReopened:
    """A closed case is open again (mở lại); the closing before stays as it was."""

    case_id: str
    inspection_id: str
    agency_id: str
    reopened_on: date
    reopened_by: str
    reason: str
    terms: Terms
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationWaived:
    """The authority no longer asks for it (không yêu cầu khắc phục nữa)."""

    case_id: str
    inspection_id: str
    agency_id: str
    waived_on: date
    waived_by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOverOpened:
    """An open case goes into another year's plan; neither date nor state moves."""

    case_id: str
    inspection_id: str
    agency_id: str
    agency_name: str
    from_plan_id: str
    to_plan_id: str
    year: int
    text: str
    finding_ids: tuple[str, ...]
    due_on: date
    opened_on: date
