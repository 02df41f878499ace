"""Events of overlaps: plans that are after the same unit or officer (chồng chéo)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility
from contracts.planning.plans import Window


class OverlapDetected(Event):
    """Plans, drafts included, want the same UNIT, MEMBER or CONTENT of a unit."""

    TYPE: ClassVar[str] = "planning.overlap-detected.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    overlap_id: str
    kind: str
    agency_id: str
    person_ref: str | None = None
    plans: tuple[str, ...]
    window: Window
    content_items: tuple[str, ...] = ()


class OverlapResolved(Event):
    """The overlap was MERGED under a lead agency, WAIVED with a reason, or RELEASED."""

    TYPE: ClassVar[str] = "planning.overlap-resolved.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    overlap_id: str
    kind: str
    agency_id: str
    plans: tuple[str, ...]
    resolution: str
    resolved_on: date
    lead_plan_id: str | None = None
    lead_agency: str | None = None
    reason: str | None = None
