"""What may be asked of a team."""

from __future__ import annotations

from datetime import date

from services.chassis.commanding import Command
from services.planning.commands.fields import (
    Id,
    Name,
)
from services.planning.domain import Role


class SeatBody(Command):
    """A place in a team: an agency's, and a person's by reference only."""

    agency_id: Id
    role: Role
    person_ref: Id | None = None
    title: Name | None = None


class EstablishTeam(Command):
    """Set up an inspection team by a decision (thành lập Đoàn, Tổ kiểm tra)."""

    plan_id: Id
    decision_number: Name
    decided_on: date | None = None
    lead_agency: Id
    seats: tuple[SeatBody, ...]
