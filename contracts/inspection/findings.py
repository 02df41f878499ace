"""Events of findings."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from contracts.event import Event, Value, Visibility
from contracts.inspection.visits import Evidence


class Responsible(Value):
    """Who answers for a finding: the unit, its head then, the roles (trách nhiệm).

    ``head_source``: REGISTRY, or OFFICER where the registry knows no head of that day.
    """

    agency_id: str
    head_ref: str | None = None
    roles: tuple[str, ...] = ()
    person_ref: str | None = None
    head_title: str | None = None
    head_source: str | None = None


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
    cause_kind: str | None = None  # OBJECTIVE, SUBJECTIVE
    proposed_measure: str | None = None
    basis_not_in_force: tuple[str, ...] = ()


class FindingWithdrawn(Event):
    """A finding was taken back, with the reason."""

    TYPE: ClassVar[str] = "inspection.finding-withdrawn.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    finding_id: str
    agency_id: str
    reason: str
    withdrawn_on: date


class FindingRectifiedOnSite(Event):
    """The unit put a finding right while the team was there (chấn chỉnh ngay)."""

    TYPE: ClassVar[str] = "inspection.finding-rectified-on-site.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    plan_id: str
    agency_id: str
    finding_id: str
    how: str
    evidence: tuple[Evidence, ...]
    rectified_on: date


class HeadAccountabilityDetermined(Event):
    """It was said how far the unit's head answers (trách nhiệm người đứng đầu).

    ``liability``: DIRECT, INDIRECT, NONE. ``head_ref`` None: it is not known who led.
    """

    TYPE: ClassVar[str] = "inspection.head-accountability-determined.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    plan_id: str
    agency_id: str
    finding_id: str
    head_ref: str | None = None
    liability: str
    reason: str
    determined_on: date
    head_source: str | None = None  # REGISTRY, OFFICER


class EarlierFinding(Value):
    """The same finding, earlier: at which unit, and the remedies that did not last."""

    finding_id: str
    inspection_id: str
    agency_id: str
    raised_on: date
    remedies: tuple[str, ...] = ()


class FindingRepeated(Event):
    """A finding had been made before, at the unit or one that it came from.

    ``times`` counts this one too; ``years`` the years in which it was made.
    """

    TYPE: ClassVar[str] = "inspection.finding-repeated.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    agency_id: str
    finding_id: str
    item: str
    earlier: tuple[EarlierFinding, ...]
    times: int
    years: int
    noticed_on: date
