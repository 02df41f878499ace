"""What is counted towards a plan, and what time says of it."""

from __future__ import annotations

from datetime import date

from services.chassis.deciding import Decided, decide
from services.chassis.journal import Journal
from services.planning import domain
from services.planning.domain import amending, counting
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


async def check_coverage(plan_id: str, on: date, journal: Journal) -> Decided:
    """Say which quotas are short, near the year's end."""
    return await decide(
        journal, PLAN, plan_id, lambda plan: counting.check_coverage(plan, on=on)
    )


async def miss_windows(plan_id: str, on: date, journal: Journal) -> Decided:
    """Say of which targets the days went by."""
    return await decide(
        journal, PLAN, plan_id, lambda plan: counting.miss_windows(plan, on=on)
    )


async def miss_notice(plan_id: str, journal: Journal) -> Decided:
    """Say that the plan was not sent in time."""
    return await decide(journal, PLAN, plan_id, amending.notice_overdue)
