"""A case comes to another unit when its own has ended (bàn giao)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Value, Visibility


class Candidate(Value):
    """An agency that a part of the ended one, or all of it, went into."""

    agency_id: str
    name: str
    relation: str


class CaseHandedOver(Event):
    """Another agency has the case (UNIT), or watches over it (AUTHORITY).

    ``decided_by`` is the agency that decided; null: the succession was of the whole.
    """

    TYPE: ClassVar[str] = "remediation.case-handed-over.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    case_id: str
    recommendation_id: str
    inspection_id: str
    agency_id: str
    concerns: str
    from_agency: str
    from_name: str
    to_agency: str
    to_name: str
    relation: str | None = None
    handed_over_on: date
    legal_ref: str | None = None
    decided_by: str | None = None
    reason: str | None = None


class HandoverDecisionRequired(Event):
    """Nobody takes a case over by itself: an authority has to decide who does."""

    TYPE: ClassVar[str] = "remediation.handover-decision-required.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    case_id: str
    recommendation_id: str
    inspection_id: str
    agency_id: str
    agency_name: str
    text: str
    concerns: str
    ended_agency: str
    ended_name: str
    candidates: tuple[Candidate, ...] = ()
    required_on: date
    legal_ref: str
