"""Commands on a team to decisions."""

from __future__ import annotations

from datetime import date

from services.chassis.context import today
from services.chassis.deciding import Decided, decide, load
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.commands import (
    EstablishTeam,
)
from services.planning.handlers.aggregates import PLAN, TEAM


async def establish_team(
    team_id: str, command: EstablishTeam, journal: Journal
) -> Decided:
    """Set up a team for a plan."""
    plan = await load(journal, PLAN, command.plan_id)

    def decided(on: date) -> domain.TeamEstablished:
        return domain.TeamEstablished(
            team_id=team_id,
            plan_id=command.plan_id,
            decision_number=command.decision_number,
            decided_on=on,
            lead_agency=command.lead_agency,
            seats=tuple(domain.Seat(**seat.model_dump()) for seat in command.seats),
        )

    return await decide(
        journal,
        TEAM,
        team_id,
        lambda team: domain.establish(
            team, decided=decided(team.day(command.decided_on, today())), plan=plan
        ),
    )
