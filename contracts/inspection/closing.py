"""Events of how an inspection ends."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility


class InspectionClosed(Event):
    """All that was asked for is verified, waived or carried over (kết thúc)."""

    TYPE: ClassVar[str] = "inspection.inspection-closed.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    closed_on: date
    verified: int
    waived: int
    carried_over: int
