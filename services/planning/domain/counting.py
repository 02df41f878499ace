"""From visits and conclusions heard of to a plan completed."""

from __future__ import annotations

from services.planning.domain.plan import (
    ConclusionCounted,
    Plan,
    PlanCompleted,
    PlanEvent,
    PlanRefused,
    Status,
    Visit,
    VisitCounted,
    evolve,
)
from services.planning.domain.quota import coverage


def count_visit(plan: Plan, *, counted: VisitCounted) -> list[PlanEvent]:
    """Count a visit once."""
    visit = _ordered(plan, counted.inspection_id, counted.agency_id)
    if visit.progress.visited_on is not None:
        return []
    return _complete(plan, counted)


def count_conclusion(plan: Plan, *, counted: ConclusionCounted) -> list[PlanEvent]:
    """Count a conclusion once."""
    visit = _ordered(plan, counted.inspection_id, counted.agency_id)
    if visit.progress.concluded_on is not None:
        return []
    return _complete(plan, counted)


def _ordered(plan: Plan, inspection_id: str, agency_id: str) -> Visit:
    visit = plan.visits.get(inspection_id)
    if visit is None or visit.agency_id != agency_id:
        raise PlanRefused(
            "visit-not-ordered", f"the plan orders no {inspection_id} at {agency_id}"
        )
    return visit


def _complete(plan: Plan, counted: VisitCounted | ConclusionCounted) -> list[PlanEvent]:
    """Return what was counted, and the plan's completion if nothing is left.

    The day of completion is the last of all days, whatever was heard of last.
    """
    events: list[PlanEvent] = [counted]
    progress = evolve(plan, counted).progress().values()
    if plan.status is Status.COMPLETED or not all(p.finished for p in progress):
        return events
    days = [day for p in progress for day in (p.visited_on, p.concluded_on) if day]
    count = coverage(progress)
    done = PlanCompleted(
        plan_id=counted.plan_id,
        completed_on=max(days),
        ordered=count.scheduled,
        visited=count.visited,
        concluded=count.concluded,
    )
    return [*events, done]
