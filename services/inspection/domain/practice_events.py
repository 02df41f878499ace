"""What can have happened to a good practice: seen, tried, spread, measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodPracticeRecorded:
    """A model was seen, and these units had adopted it; whose visits saw it."""

    practice_id: str
    round_id: str
    name: str
    description: str | None
    adopters: tuple[str, ...]
    inspection_ids: tuple[str, ...]
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodPracticePiloted:
    """It is tried at these units, for a time (thí điểm)."""

    practice_id: str
    units: tuple[str, ...]
    start: date
    end: date
    piloted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodPracticeProposed:
    """It was proposed for replication in a scope (đề xuất nhân rộng)."""

    practice_id: str
    scope: tuple[str, ...]
    text: str
    proposed_on: date
    authority: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionNoted:
    """A unit took it over, as remediation tells."""

    practice_id: str
    directive_id: str
    agency_id: str
    adopted_on: date
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectNoted:
    """What it changed at a unit was measured, as remediation tells."""

    practice_id: str
    directive_id: str
    agency_id: str
    metric: str
    before: float
    after: float
    measured_on: date
    source_system: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodPracticeWithdrawn:
    """It is no model any more, with the reason."""

    practice_id: str
    reason: str
    withdrawn_on: date


PracticeEvent = (
    GoodPracticeRecorded
    | GoodPracticePiloted
    | GoodPracticeProposed
    | AdoptionNoted
    | EffectNoted
    | GoodPracticeWithdrawn
)
