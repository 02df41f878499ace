"""What happens to an inspection when its unit ends (sáp nhập, chia tách, giải thể)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Heir:
    """An agency that a part of the ended one, or all of it, went into."""

    agency_id: str
    name: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEnded:
    """The registry said that an agency ended; without heirs, nobody took its place.

    ``automatic_to`` takes over by itself; None: somebody has to decide.
    """

    agency_id: str
    name: str
    heirs: tuple[Heir, ...]
    automatic_to: str | None
    effective_on: date
    legal_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionTransferred:
    """The inspection goes on with a successor of its unit (chuyển đối tượng).

    ``decided_by`` is the agency that decided; None: the succession was of the whole.
    """

    inspection_id: str
    plan_id: str
    round_id: str
    from_agency: str
    from_name: str
    agency_id: str
    agency_name: str
    relation: str | None
    transferred_on: date
    legal_ref: str
    decided_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferDecisionRequired:
    """The unit was divided or dissolved: an authority decides with whom it goes on."""

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    agency_name: str
    heirs: tuple[Heir, ...]
    required_on: date
    legal_ref: str


SuccessionEvent = InspectionTransferred | TransferDecisionRequired
