"""Events of inspections whose unit ended before they were concluded."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Value, Visibility


class Heir(Value):
    """An agency that a part of the ended unit, or all of it, went into."""

    agency_id: str
    name: str
    relation: str


class InspectionTransferred(Event):
    """An inspection goes on with a successor of its unit.

    ``decided_by`` is the agency that decided; null: the succession was of the whole.
    Internal, for the inspection may be unannounced.
    """

    TYPE: ClassVar[str] = "inspection.inspection-transferred.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    inspection_id: str
    plan_id: str
    round_id: str
    from_agency: str
    from_name: str
    agency_id: str
    agency_name: str
    relation: str | None = None
    transferred_on: date
    legal_ref: str
    decided_by: str | None = None
    reason: str | None = None


class TransferDecisionRequired(Event):
    """A unit was divided or dissolved: somebody decides with whom it goes on."""

    TYPE: ClassVar[str] = "inspection.transfer-decision-required.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    agency_name: str
    heirs: tuple[Heir, ...] = ()
    required_on: date
    legal_ref: str
