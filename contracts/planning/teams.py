"""Events of teams."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Value, Visibility


class Seat(Value):
    """A place in a team: an agency's, later a person's, by reference only."""

    agency_id: str
    role: str
    person_ref: str | None = None
    title: str | None = None


class TeamEstablished(Event):
    """A decision set up an inspection team (quyết định thành lập Đoàn, Tổ)."""

    TYPE: ClassVar[str] = "planning.team-established.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    team_id: str
    plan_id: str
    decision_number: str
    decided_on: date
    lead_agency: str
    seats: tuple[Seat, ...]
