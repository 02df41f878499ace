"""What a conclusion is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

DueKind = Literal[
    "BY_DATE",
    "BEFORE_DATE",
    "DAYS",
    "START_OF_MONTH",
    "MIDDLE_OF_MONTH",
    "END_OF_MONTH",
    "END_OF_QUARTER",
    "START_OF_YEAR",
    "MIDDLE_OF_YEAR",
    "END_OF_YEAR",
    "DEFAULT",
    "NONE",
]
DueUnit = Literal["calendar_days", "working_days", "weeks", "months", "years", "hours"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRule:
    """By when a recommendation is to be carried out; DEFAULT: as the plan says."""

    kind: DueKind
    on: date | None = None
    n: int | None = None
    unit: DueUnit | None = None
    year: int | None = None
    month: int | None = None
    quarter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What a conclusion asks of the unit (kiến nghị)."""

    recommendation_id: str
    finding_ids: tuple[str, ...]
    text: str
    due: DueRule
    verifiable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class UpwardRecommendation:
    """What a conclusion asks of a higher level (kiến nghị cấp trên).

    ``due``: by when an answer is asked for; None: it is left to the higher level.
    """

    recommendation_id: str
    addressee: str
    text: str
    due: DueRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAction:
    """Why a concluded finding asks for nothing."""

    finding_id: str
    reason: str
