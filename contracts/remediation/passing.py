"""Events of what is asked without a date, or upward, when who is asked has ended."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility
from contracts.remediation.handing import Candidate


class DirectiveHandedOver(Event):
    """What was asked of an agency that ended is asked of another one (bàn giao).

    ``kind``: STANDING_DUTY, REPLICATION, RECOMMENDATION; ``addressees`` are all of whom
    it is asked from now on. ``decided_by``: None, the succession was of the whole.
    """

    TYPE: ClassVar[str] = "remediation.directive-handed-over.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    directive_id: str
    kind: str
    from_agency: str
    from_name: str
    to_agency: str
    to_name: str
    relation: str | None = None
    addressees: tuple[str, ...]
    handed_over_on: date
    legal_ref: str
    decided_by: str | None = None
    reason: str | None = None


class DirectiveHandoverRequired(Event):
    """An agency that it was asked of was divided or dissolved: somebody decides."""

    TYPE: ClassVar[str] = "remediation.directive-handover-required.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    directive_id: str
    kind: str
    ended_agency: str
    ended_name: str
    candidates: tuple[Candidate, ...] = ()
    required_on: date
    legal_ref: str


class UpwardHandedOver(Event):
    """Another agency answers a recommendation in the place of one that ended."""

    TYPE: ClassVar[str] = "remediation.upward-handed-over.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    recommendation_id: str
    inspection_id: str
    from_agency: str
    from_name: str
    to_agency: str
    to_name: str
    relation: str | None = None
    handed_over_on: date
    legal_ref: str
    decided_by: str | None = None
    reason: str | None = None


class UpwardHandoverRequired(Event):
    """Who was asked was divided or dissolved: somebody decides who answers."""

    TYPE: ClassVar[str] = "remediation.upward-handover-required.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    recommendation_id: str
    inspection_id: str
    ended_agency: str
    ended_name: str
    candidates: tuple[Candidate, ...] = ()
    required_on: date
    legal_ref: str
