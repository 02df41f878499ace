"""What an inspection's folder gathers: checklist, answers, remedies, difficulties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.inspection.domain.values import (
    Answer,
    ChecklistItem,
    ChecklistPin,
    Difficulty,
    Evidence,
    HeadLiability,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistPinned:
    """The inspection goes by this state of the checklist, whatever comes after it."""

    inspection_id: str
    agency_id: str
    pin: ChecklistPin
    title: str
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnswered:
    """A question of the checklist was answered at the unit."""

    inspection_id: str
    agency_id: str
    answer: Answer
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRectifiedOnSite:
    """The unit put a finding right while the team was there (chấn chỉnh ngay)."""

    inspection_id: str
    plan_id: str
    agency_id: str
    finding_id: str
    how: str
    evidence: tuple[Evidence, ...]
    rectified_on: date
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadAccountabilityDetermined:
    """It was said how far the head answers (xác định trách nhiệm người đứng đầu)."""

    inspection_id: str
    plan_id: str
    agency_id: str
    head: HeadLiability
    determined_on: date
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifficultyReported:
    """The unit named a difficulty that somebody above can remove (vướng mắc)."""

    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    difficulty: Difficulty
    reported_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DifficultyAnswered:
    """The addressee answered a difficulty (tháo gỡ vướng mắc)."""

    inspection_id: str
    plan_id: str
    agency_id: str
    difficulty_id: str
    addressee: str
    text: str
    answered_on: date
    document_number: str | None = None


FolderEvent = (
    ChecklistPinned
    | ItemAnswered
    | FindingRectifiedOnSite
    | HeadAccountabilityDetermined
    | DifficultyReported
    | DifficultyAnswered
)
