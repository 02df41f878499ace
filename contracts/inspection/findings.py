"""Events of findings."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from contracts.event import Event, Value, Visibility
from contracts.inspection.visits import Evidence


class Responsible(Value):
    """Who answers for a finding: the unit, its head then, the roles (trách nhiệm)."""

    agency_id: str
    head_ref: str | None = None
    roles: tuple[str, ...] = ()


class FindingRaised(Event):
    """A shortcoming was found (tồn tại, hạn chế)."""

    TYPE: ClassVar[str] = "inspection.finding-raised.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    finding_id: str
    agency_id: str
    item: str
    kind: str
    description: str
    legal_basis: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    cause: str | None = None
    responsible: Responsible
    raised_on: date
    repeat_of: str | None = None
    finding_group_id: str | None = None
    checks: tuple[dict[str, Any], ...] = ()
    details: dict[str, Any] = Field(default_factory=dict)


class FindingWithdrawn(Event):
    """A finding was taken back, with the reason."""

    TYPE: ClassVar[str] = "inspection.finding-withdrawn.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    finding_id: str
    agency_id: str
    reason: str
    withdrawn_on: date
