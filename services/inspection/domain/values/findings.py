"""What a finding is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.inspection.domain.values.evidence import Evidence

FindingKind = Literal["LIMITATION", "ERROR", "WEAKNESS", "VIOLATION"]


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

    The inspected unit answers for it; ``head_ref`` and ``roles`` may say who in it.
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
