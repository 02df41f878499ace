"""What a conclusion is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

DueKind = Literal["BY_DATE", "DAYS", "END_OF_MONTH", "DEFAULT", "NONE"]
DueUnit = Literal["calendar_days", "working_days"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRule:
    """By when a recommendation is to be carried out; DEFAULT: as the plan says."""

    kind: DueKind
    on: date | None = None
    n: int | None = None
    unit: DueUnit | None = None
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What a conclusion asks of the unit (kiến nghị)."""

    recommendation_id: str
    finding_ids: tuple[str, ...]
    text: str
    due: DueRule
    verifiable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAction:
    """Why a concluded finding asks for nothing."""

    finding_id: str
    reason: str
