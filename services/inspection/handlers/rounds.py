"""Commands on rounds to decisions; no rule in here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from services.chassis.context import today
from services.chassis.deciding import Decided, decide
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import ROUND
from services.inspection.handlers.inspecting import agency


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
        restricted=command.restricted,
        readers=command.readers,
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


async def move_unit(
    round_id: str, command: asked.EnrolInspection, journal: Journal
) -> Decided:
    """Let an inspection of the round be for the successor of its unit."""
    return await decide(
        journal,
        ROUND,
        round_id,
        partial(
            domain.move_unit,
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


async def count_report(
    round_id: str, command: asked.CountReport, journal: Journal
) -> Decided:
    """Count a unit's report of the round that stands for a visit."""
    return await decide(
        journal,
        ROUND,
        round_id,
        partial(
            domain.count_report,
            round_id=round_id,
            inspection_id=command.inspection_id,
            received_on=command.received_on,
        ),
    )


async def drop_inspection(
    round_id: str, command: asked.DropInspection, journal: Journal
) -> Decided:
    """Wait no more for an inspection of the round."""
    return await decide(
        journal,
        ROUND,
        round_id,
        partial(
            domain.drop,
            round_id=round_id,
            inspection_id=command.inspection_id,
            planned_on=command.planned_on,
        ),
    )


async def disclose_round(
    round_id: str, command: asked.DiscloseRound, journal: Journal
) -> Decided:
    """Let everybody know of a round that was restricted."""
    return await decide(
        journal,
        ROUND,
        round_id,
        partial(domain.disclose_round, inspection_id=command.inspection_id),
    )


async def _asked_of(
    journal: Journal,
    round_id: str,
    verb: Callable[[domain.Round], list[domain.RoundEvent]],
) -> Decided:
    """Decide for an officer who may know of the round."""
    hidden = partial(domain.round_disclosed_to, agency_id=agency())

    def decision(state: domain.Round) -> list[domain.RoundEvent]:
        hidden(state)
        return verb(state)

    return await decide(journal, ROUND, round_id, decision)


async def end_round(
    round_id: str, command: asked.EndRound, journal: Journal
) -> Decided:
    """End the round."""
    return await _asked_of(
        journal,
        round_id,
        partial(domain.end_round, ended_on=command.ended_on, today=today()),
    )


async def issue_round_requests(
    round_id: str, command: asked.IssueRoundRequests, journal: Journal
) -> Decided:
    """Issue the general requests of a round."""
    return await _asked_of(
        journal,
        round_id,
        partial(
            domain.issue_requests,
            requests=tuple(request.value() for request in command.requests),
            on=today(),
        ),
    )
