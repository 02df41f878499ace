"""One visit for several plans: what a lead plan's visit is to the others.

It is theirs once it has begun to count: what is called off before leaves no trace.
"""

from __future__ import annotations

from services.planning.domain.plan import (
    ConclusionCounted,
    Plan,
    PlanEvent,
    VisitCounted,
    VisitJoined,
)


def joined_visit(lead: Plan, plan_id: str, agency_id: str) -> VisitJoined | None:
    """Return the lead plan's visit to a unit, as another plan takes it."""
    if lead.draft is None:
        return None
    for inspection_id, visit in lead.visits.items():
        if visit.agency_id != agency_id or visit.withdrawn:
            continue
        if visit.progress.covered and visit.progress.planned_on is not None:
            return VisitJoined(
                plan_id=plan_id,
                inspection_id=inspection_id,
                agency_id=agency_id,
                lead_plan_id=lead.draft.plan_id,
                round_id=visit.round_id,
                planned_on=visit.progress.planned_on,
                mode="INDIRECT" if visit.progress.desk else "DIRECT",
            )
    return None


def join(plan: Plan, *, joined: VisitJoined) -> list[PlanEvent]:
    """Take another plan's visit to a target for one's own, once."""
    if joined.agency_id not in plan.targets or joined.inspection_id in plan.visits:
        return []
    return [joined]


def come_so_far(
    lead: Plan, joined: VisitJoined
) -> tuple[VisitCounted | ConclusionCounted, ...]:
    """Return what the lead plan has counted of the visit already."""
    progress = lead.visits[joined.inspection_id].progress
    about = {
        "plan_id": joined.plan_id,
        "inspection_id": joined.inspection_id,
        "agency_id": joined.agency_id,
    }
    come: list[VisitCounted | ConclusionCounted] = []
    if progress.visited_on is not None:
        come.append(VisitCounted(**about, visited_on=progress.visited_on))
    if progress.concluded_on is not None:
        come.append(ConclusionCounted(**about, concluded_on=progress.concluded_on))
    return tuple(come)
