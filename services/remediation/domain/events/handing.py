"""How a case comes to another unit when its own has ended (bàn giao)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Concerns(Enum):
    """Whose place is taken: the unit's that remedies, or its superior's."""

    UNIT = "UNIT"
    AUTHORITY = "AUTHORITY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An agency that a part of the ended one, or all of it, went into."""

    agency_id: str
    name: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEnded:
    """The registry said that an agency ended; with no candidates, without another.

    ``automatic_to`` takes over by itself; None: somebody has to decide.
    """

    agency_id: str
    name: str
    candidates: tuple[Candidate, ...]
    automatic_to: str | None
    effective_on: date
    legal_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHandedOver:
    """Another agency has the case, or watches over it, from now on.

    ``decided_by`` is the agency that decided; None: the succession was of the whole.
    """

    case_id: str
    inspection_id: str
    agency_id: str
    concerns: Concerns
    from_agency: str
    from_name: str
    to_agency: str
    to_name: str
    relation: str | None
    handed_over_on: date
    legal_ref: str | None
    decided_by: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverDecisionRequired:
    """Nobody takes the case over by itself: an authority has to decide who does."""

    case_id: str
    inspection_id: str
    agency_id: str
    agency_name: str
    text: str
    concerns: Concerns
    ended_agency: str
    ended_name: str
    candidates: tuple[Candidate, ...]
    required_on: date
    legal_ref: str
