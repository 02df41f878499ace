"""What can have happened to a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.inspection.domain.values import (
    Finding,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRaised:
    """A shortcoming was recorded (ghi nhận tồn tại, hạn chế)."""

    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    finding: Finding
    raised_on: date
    by: str | None = None
    basis_not_in_force: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWithdrawn:
    """A finding was taken back, with the reason."""

    inspection_id: str
    finding_id: str
    agency_id: str
    reason: str
    withdrawn_on: date


FindingEvent = FindingRaised | FindingWithdrawn
