"""What may be asked when planning tells of teams; only events ask it."""

from __future__ import annotations

from datetime import date

from services.chassis.commanding import Command
from services.inspection import domain


class SeatTeam(Command):
    """Take a decision on a team over."""

    seats: tuple[domain.Seat, ...]


class TakeSeat(Command):
    """Let an officer take a seat: another's, the agency's own, or a new one."""

    before: domain.Seat | None = None
    seat: domain.Seat


class SplitCrew(Command):
    """Let a team go in groups."""

    groups: tuple[domain.Group, ...]


class KeepAway(Command):
    """Keep a member away from a unit."""

    kept: domain.KeptAway


class EndCrew(Command):
    """End a team."""

    ended_on: date
