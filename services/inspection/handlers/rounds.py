"""Commands on rounds to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.context import today
from services.chassis.deciding import Decided, decide
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import ROUND


async def plan_round(
    round_id: str, command: asked.PlanRound, journal: Journal
) -> Decided:
    """Take up a scheduled round."""
    planned = domain.RoundPlanned(
        round_id=round_id,
        plan_id=command.plan_id,
        window=command.window,
        team_id=command.team_id,
        inspection_ids=command.inspection_ids,
    )
    return await decide(
        journal, ROUND, round_id, partial(domain.plan_round, planned=planned)
    )


async def enrol_inspection(
    round_id: str, command: asked.EnrolInspection, journal: Journal
) -> Decided:
    """Remember which unit an inspection of the round is for."""
    return await decide(
        journal,
        ROUND,
        round_id,
        partial(
            domain.enrol,
            round_id=round_id,
            inspection_id=command.inspection_id,
            agency_id=command.agency_id,
        ),
    )


async def count_visit(
    round_id: str, command: asked.CountVisit, journal: Journal
) -> Decided:
    """Count a completed visit of the round."""
    return await decide(
        journal,
        ROUND,
        round_id,
        partial(
            domain.count_visit,
            round_id=round_id,
            inspection_id=command.inspection_id,
            visited_on=command.visited_on,
        ),
    )


async def end_round(
    round_id: str, command: asked.EndRound, journal: Journal
) -> Decided:
    """End the round."""
    return await decide(
        journal,
        ROUND,
        round_id,
        partial(domain.end_round, ended_on=command.ended_on, today=today()),
    )


async def issue_round_requests(
    round_id: str, command: asked.IssueRoundRequests, journal: Journal
) -> Decided:
    """Issue the general requests of a round."""
    return await decide(
        journal,
        ROUND,
        round_id,
        partial(
            domain.issue_requests,
            requests=tuple(request.value() for request in command.requests),
            on=today(),
        ),
    )
