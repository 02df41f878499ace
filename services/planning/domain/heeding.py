"""What the field decides about a visit, another day or none: the plan takes it over."""

from __future__ import annotations

from datetime import date

from services.planning.domain.plan import (
    Plan,
    PlanEvent,
    ReportCounted,
    VisitCalledOff,
    VisitRescheduled,
)


def heed_delay(
    plan: Plan, *, inspection_id: str, planned_on: date, reason: str
) -> list[PlanEvent]:
    """Take over the day that a visit was put off to, be it beyond its round."""
    visit = plan.visits.get(inspection_id)
    if plan.draft is None or visit is None or visit.withdrawn:
        return []
    before = visit.progress.planned_on
    if visit.progress.covered or before == planned_on:
        return []
    return [
        VisitRescheduled(
            plan_id=plan.draft.plan_id,
            inspection_id=inspection_id,
            round_id=visit.round_id,
            agency_id=visit.agency_id,
            before=before or planned_on,
            planned_on=planned_on,
            reason=reason,
        )
    ]


def heed_report(
    plan: Plan, *, inspection_id: str, received_on: date
) -> list[PlanEvent]:
    """Take over that the report is there which a desk inspection looks at."""
    visit = plan.visits.get(inspection_id)
    if plan.draft is None or visit is None or not visit.progress.desk:
        return []
    if visit.progress.reported_on is not None:
        return []
    return [
        ReportCounted(
            plan_id=plan.draft.plan_id,
            inspection_id=inspection_id,
            agency_id=visit.agency_id,
            received_on=received_on,
        )
    ]


def heed_end(plan: Plan, *, inspection_id: str, reason: str) -> list[PlanEvent]:
    """Take over that a visit is off: its unit waits to be scheduled again."""
    visit = plan.visits.get(inspection_id)
    if plan.draft is None or visit is None or visit.withdrawn:
        return []
    if visit.progress.covered:
        return []
    return [
        VisitCalledOff(
            plan_id=plan.draft.plan_id,
            inspection_id=inspection_id,
            agency_id=visit.agency_id,
            reason=reason,
        )
    ]
