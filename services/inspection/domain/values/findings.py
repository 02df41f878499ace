"""What a finding is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.inspection.domain.values.evidence import Evidence

FindingKind = Literal["LIMITATION", "ERROR", "WEAKNESS", "VIOLATION"]
CauseKind = Literal["OBJECTIVE", "SUBJECTIVE"]
Liability = Literal["DIRECT", "INDIRECT", "NONE"]
HeadSource = Literal["REGISTRY", "OFFICER"]
ROLES = frozenset({"FOCAL_OFFICER", "ONE_STOP_OFFICER", "SPECIALIST"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One checkable point of a finding, and how it came out."""

    code: str
    result: bool | str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedList:
    """What was approved, and which of it is not done (đối chiếu danh mục)."""

    document: str
    missing_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A shortcoming (tồn tại, hạn chế): what, on which basis, by whom.

    The inspected unit answers for it; ``head_ref`` (who led it on that day; None: not
    known), ``person_ref`` and ``roles`` may say who in it. ``head_source`` says whose
    word the head is: the registry's, or the officer's where the registry knows none.
    """

    finding_id: str
    item: str
    kind: FindingKind
    description: str
    legal_basis: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    cause: str | None = None
    head_ref: str | None = None
    roles: tuple[str, ...] = ()
    repeat_of: str | None = None
    finding_group_id: str | None = None
    checks: tuple[Check, ...] = ()
    backlog_until: date | None = None
    approved_list: ApprovedList | None = None
    cause_kind: CauseKind | None = None
    proposed_measure: str | None = None
    person_ref: str | None = None
    head_title: str | None = None
    head_source: HeadSource | None = None

    @property
    def unusual_roles(self) -> tuple[str, ...]:
        """Return the roles that no text names (S0): allowed, but looked at."""
        return tuple(role for role in self.roles if role not in ROLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadLiability:
    """How far a unit's head answers for a finding (trách nhiệm người đứng đầu)."""

    finding_id: str
    head_ref: str | None
    liability: Liability
    reason: str
    head_source: HeadSource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The same finding, earlier: at which unit, and the remedies that did not last."""

    finding_id: str
    inspection_id: str
    agency_id: str
    raised_on: date
    remedies: tuple[str, ...] = ()
