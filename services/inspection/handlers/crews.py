"""What is told of teams to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.deciding import Decided, decide
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import CREW


async def seat_team(team_id: str, command: asked.SeatTeam, journal: Journal) -> Decided:
    """Take a decision on a team over."""
    verb = partial(domain.seat_team, team_id=team_id, seats=command.seats)
    return await decide(journal, CREW, team_id, verb)


async def take_seat(team_id: str, command: asked.TakeSeat, journal: Journal) -> Decided:
    """Let an officer take a seat."""
    verb = partial(domain.take_seat, before=command.before, seat=command.seat)
    return await decide(journal, CREW, team_id, verb)


async def split_crew(
    team_id: str, command: asked.SplitCrew, journal: Journal
) -> Decided:
    """Let a team go in groups."""
    verb = partial(domain.split_crew, groups=command.groups)
    return await decide(journal, CREW, team_id, verb)


async def keep_away(team_id: str, command: asked.KeepAway, journal: Journal) -> Decided:
    """Keep a member away from a unit."""
    verb = partial(domain.keep_away, kept=command.kept)
    return await decide(journal, CREW, team_id, verb)


async def end_crew(team_id: str, command: asked.EndCrew, journal: Journal) -> Decided:
    """End a team."""
    verb = partial(domain.end_crew, on=command.ended_on)
    return await decide(journal, CREW, team_id, verb)
