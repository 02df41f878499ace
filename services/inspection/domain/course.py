"""Verbs of what comes in between: put off, called off, refused, another point."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from services.inspection.domain.events import (
    InspectionCancelled,
    InspectionEvent,
    InspectionPostponed,
    PointVisited,
    VisitRefused,
)
from services.inspection.domain.inspection import (
    Inspection,
    going_on,
    known,
    undisclosed,
    visiting,
)
from services.inspection.domain.refusals import InspectionRefused


def postpone(
    inspection: Inspection,
    *,
    reason: str,
    planned_on: date,
    remark: str | None,
    on: date,
) -> list[InspectionEvent]:
    """Put the visit off to another day, before the team has arrived (hoãn)."""
    planned = going_on(inspection)
    terms = planned.terms
    event = InspectionPostponed(
        inspection_id=planned.inspection_id,
        plan_id=terms.plan_id,
        round_id=terms.round_id,
        agency_id=terms.agency_id,
        agency_name=terms.agency_name,
        reason=reason,
        planned_before=inspection.planned_on,
        planned_on=planned_on,
        postponed_on=on,
        remark=remark,
        restricted=undisclosed(inspection),
    )
    before = inspection.postponed
    if before is not None and _same_delay(before, event):
        return []
    _not_begun(inspection)
    if planned_on < on:
        raise InspectionRefused("postponed-into-past", f"{planned_on} is over")
    if planned_on == inspection.planned_on:
        raise InspectionRefused("postponed-to-same-day", "it is planned on that day")
    return [event]


def _same_delay(before: InspectionPostponed, event: InspectionPostponed) -> bool:
    asked = replace(
        event,
        planned_before=before.planned_before,
        postponed_on=before.postponed_on,
        restricted=before.restricted,
    )
    return asked == before


def cancel(inspection: Inspection, *, reason: str, on: date) -> list[InspectionEvent]:
    """Call the inspection off, before the team has arrived (hủy)."""
    planned = known(inspection)
    terms = planned.terms
    if inspection.cancelled is not None:
        if inspection.cancelled.reason == reason:
            return []
        raise InspectionRefused("inspection-cancelled", "for another reason")
    _not_begun(inspection)
    return [
        InspectionCancelled(
            inspection_id=planned.inspection_id,
            plan_id=terms.plan_id,
            round_id=terms.round_id,
            agency_id=terms.agency_id,
            agency_name=terms.agency_name,
            basis=terms.basis,
            reason=reason,
            cancelled_on=on,
            restricted=undisclosed(inspection),
        )
    ]


def heed_new_day(
    inspection: Inspection, *, planned_on: date, reason: str, on: date
) -> list[InspectionEvent]:
    """Take over the day that the plan was changed to, unless it comes too late."""
    known(inspection)
    if _past_changing(inspection) or planned_on == inspection.planned_on:
        return []
    day = max(on, planned_on)
    return postpone(
        inspection, reason=reason, planned_on=day, remark=None, on=min(on, day)
    )


def heed_withdrawal(
    inspection: Inspection, *, reason: str, on: date
) -> list[InspectionEvent]:
    """Call off what an amendment took off the plan, unless it comes too late."""
    known(inspection)
    if _past_changing(inspection):
        return []
    return cancel(inspection, reason=reason, on=on)


def _past_changing(inspection: Inspection) -> bool:
    """Say whether it has begun, be it at the desk with a report, or is over."""
    desk = inspection.planned is not None and inspection.planned.terms.desk
    return (
        inspection.started is not None
        or (desk and inspection.report is not None)
        or inspection.concluded is not None
        or inspection.cancelled is not None
    )


def _not_begun(inspection: Inspection) -> None:
    if inspection.started is not None:
        raise InspectionRefused("visit-started", "the team has already arrived")
    if inspection.concluded is not None:
        raise InspectionRefused("already-concluded", "there is a conclusion")


def refuse_visit(
    inspection: Inspection,
    *,
    reason: str,
    witness_ref: str | None,
    at: datetime,
    by: str | None,
) -> list[InspectionEvent]:
    """Record that the unit did not let the team work, with the reason it gave."""
    planned = going_on(inspection)
    terms = planned.terms
    if terms.desk:
        raise InspectionRefused("desk-inspection-has-no-visit", "nobody goes there")
    if inspection.completed is not None:
        raise InspectionRefused("visit-completed", "the visit is over")
    if at.date() < terms.window.start:
        raise InspectionRefused(
            "visit-before-window", f"not before {terms.window.start}"
        )
    if (at.date(), reason) in inspection.refusals:
        return []
    return [
        VisitRefused(
            inspection_id=planned.inspection_id,
            plan_id=terms.plan_id,
            agency_id=terms.agency_id,
            agency_name=terms.agency_name,
            basis=terms.basis,
            reason=reason,
            refused_at=at,
            witness_ref=witness_ref,
            by=by,
        )
    ]


def visit_point(
    inspection: Inspection, *, point: str, at: datetime, by: str | None
) -> list[InspectionEvent]:
    """Be at one more point of the unit: a division, the one-stop counter."""
    if point in inspection.points:
        return []
    planned = visiting(inspection)
    if planned.terms.desk:
        raise InspectionRefused("desk-inspection-has-no-visit", "nobody goes there")
    return [
        PointVisited(
            inspection_id=planned.inspection_id,
            agency_id=planned.terms.agency_id,
            point=point,
            visited_at=at,
            by=by,
        )
    ]
