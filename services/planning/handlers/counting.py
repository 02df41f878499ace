"""What is counted towards a plan."""

from __future__ import annotations

from services.chassis.deciding import Decided, decide
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.handlers.aggregates import PLAN


async def count_visit(
    plan_id: str, counted: domain.VisitCounted, journal: Journal
) -> Decided:
    """Count a visit that was completed."""
    return await decide(
        journal, PLAN, plan_id, lambda plan: domain.count_visit(plan, counted=counted)
    )


async def count_conclusion(
    plan_id: str, counted: domain.ConclusionCounted, journal: Journal
) -> Decided:
    """Count a conclusion that was issued."""
    return await decide(
        journal,
        PLAN,
        plan_id,
        lambda plan: domain.count_conclusion(plan, counted=counted),
    )
