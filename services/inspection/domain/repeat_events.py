"""What a unit's memory of findings is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.inspection.domain.values import Earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRemembered:
    """A finding of the unit was put to memory."""

    agency_id: str
    inspection_id: str
    finding_id: str
    item: str
    legal_basis: tuple[str, ...]
    raised_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingForgotten:
    """It was taken back: it is nothing to repeat."""

    agency_id: str
    finding_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyRemembered:
    """What was asked to remedy findings: if they come again, it did not last."""

    agency_id: str
    recommendation_id: str
    finding_ids: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PredecessorNamed:
    """The unit took another one's place: that one's findings are its own."""

    agency_id: str
    predecessor_id: str
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRepeated:
    """A finding had been made before, at the unit or one that it came from."""

    agency_id: str
    inspection_id: str
    finding_id: str
    item: str
    earlier: tuple[Earlier, ...]
    times: int
    years: int
    noticed_on: date


MemoryEvent = (
    FindingRemembered
    | FindingForgotten
    | RemedyRemembered
    | PredecessorNamed
    | FindingRepeated
)
