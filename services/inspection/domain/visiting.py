"""Verbs of the visit: order, notice, arrival, what is assessed there, the end."""

from __future__ import annotations

from datetime import date, datetime

from services.inspection.domain.checking import (
    judge,
    not_in_force,
    pin_as_ordered,
    target_of,
)
from services.inspection.domain.checklist import Checklist
from services.inspection.domain.events import (
    CarriedOverItemAssessed,
    ContentAssessed,
    InspectionEvent,
    InspectionPlanned,
    MetricRecorded,
    PracticeNoted,
    UnitNotified,
    VisitCompleted,
    VisitStarted,
)
from services.inspection.domain.evidence import all_hashed
from services.inspection.domain.inspection import (
    Inspection,
    arrived,
    going_on,
    known,
    visiting,
)
from services.inspection.domain.refusals import InspectionRefused
from services.inspection.domain.values import (
    Assessment,
    Calendar,
    CarriedOver,
    Metric,
    Terms,
    VisitPolicy,
    Window,
)


def plan(
    inspection: Inspection, *, inspection_id: str, terms: Terms
) -> list[InspectionEvent]:
    """Take up what planning ordered, once."""
    event = InspectionPlanned(inspection_id=inspection_id, terms=terms)
    if inspection.ordered == event:
        return []
    if inspection.planned is not None:
        raise InspectionRefused("inspection-planned-otherwise", "on other terms")
    if terms.unannounced and not (terms.order and terms.order.reason.strip()):
        raise InspectionRefused(
            "unannounced-without-order", "an order and its reason are needed"
        )
    return [event]


def notify_unit(
    inspection: Inspection, *, outline: str | None, on: date, calendar: Calendar
) -> list[InspectionEvent]:
    """Tell the unit of its inspection; never when it is unannounced.

    A notice that comes late is a short one: recorded, for the visit stands.
    """
    planned = going_on(inspection)
    if planned.terms.unannounced:
        raise InspectionRefused(
            "unannounced-not-notified", "an unannounced inspection is not told before"
        )
    if inspection.notified is not None and inspection.notified.outline == outline:
        return []
    if inspection.notified is not None:
        raise InspectionRefused("unit-notified-otherwise", "with another outline")
    if inspection.started is not None:
        raise InspectionRefused("visit-started", "the team has already arrived")
    planned_on = inspection.planned_on or planned.terms.window.start
    due_on = notice_due(planned_on, planned.terms.visit_policy, calendar)
    return [
        UnitNotified(
            inspection_id=planned.inspection_id,
            terms=planned.terms,
            notified_on=on,
            outline=outline,
            planned_on=planned_on,
            notice_due_on=due_on,
            short_notice=on > due_on,
        )
    ]


def notice_due(planned_on: date, policy: VisitPolicy, calendar: Calendar) -> date:
    """Return the last day on which a notice is in time for a visit."""
    if not policy.notice_working_days:
        return planned_on
    rule = {
        "kind": "working_days_before",
        "date": planned_on,
        "n": policy.notice_working_days,
    }
    return calendar.due(planned_on, rule).nominal


def start_visit(  # noqa: PLR0913  an arrival has place, time, officer and papers
    inspection: Inspection,
    *,
    at: datetime,
    site: str | None,
    by: str | None,
    decision_number: str | None = None,
    checklist: Checklist | None = None,
) -> list[InspectionEvent]:
    """Arrive at the unit, not before the planned window opens; *at* in Hà Nội.

    On arrival the decision is announced: an unannounced inspection's is its order.
    From now on the visit goes by its checklist as it is today.
    """
    planned = going_on(inspection)
    if planned.terms.desk:
        raise InspectionRefused("desk-inspection-has-no-visit", "nobody goes there")
    if inspection.started is not None and inspection.started.site == site:
        return []
    if inspection.started is not None:
        raise InspectionRefused("visit-started-otherwise", "it started elsewhere")
    if at.date() < planned.terms.window.start:
        raise InspectionRefused(
            "visit-before-window", f"not before {planned.terms.window.start}"
        )
    return [
        *pin_as_ordered(inspection, checklist or Checklist()),
        VisitStarted(
            inspection_id=planned.inspection_id,
            plan_id=planned.terms.plan_id,
            agency_id=planned.terms.agency_id,
            basis=planned.terms.basis,
            started_at=at,
            site=site,
            by=by,
            round_id=planned.terms.round_id,
            decision_number=decision_number or _order_number(planned.terms),
            review_period=_reviewed(planned.terms.review_period, at.date()),
        ),
    ]


def _reviewed(period: Window | None, visited_on: date) -> Window | None:
    """Return what is looked at: up to the day of the visit (tính đến thời điểm)."""
    if period is None:
        return None
    return Window(start=period.start, end=min(period.end, visited_on))


def _order_number(terms: Terms) -> str | None:
    return terms.order.order_number if terms.order else None


def assess_content(
    inspection: Inspection, *, assessment: Assessment, by: str | None
) -> list[InspectionEvent]:
    """Assess one of the plan's content items; assessing anew replaces."""
    if inspection.assessments.get(assessment.item) == assessment:
        return []
    planned = visiting(inspection)
    on_the_plan(planned, assessment.item)
    all_hashed(assessment.evidence)
    return [
        ContentAssessed(
            inspection_id=planned.inspection_id,
            agency_id=planned.terms.agency_id,
            assessment=assessment,
            by=by,
            basis_not_in_force=not_in_force(inspection, assessment.item),
        )
    ]


def on_the_plan(planned: InspectionPlanned, item: str) -> None:
    """Refuse what the plan does not inspect."""
    if item not in planned.terms.content_items:
        raise InspectionRefused("item-not-in-plan", f"the plan does not inspect {item}")


def record_metric(inspection: Inspection, *, metric: Metric) -> list[InspectionEvent]:
    """Record a figure; a later one of the same code replaces it."""
    if inspection.metrics.get(metric.code) == metric:
        return []
    planned = visiting(inspection)
    if metric.numerator < 0 or (metric.denominator or 0) < 0:
        raise InspectionRefused("metric-negative", "a figure counts from zero up")
    if metric.denominator is not None and metric.numerator > metric.denominator:
        raise InspectionRefused(
            "numerator-above-denominator", "a part is not more than its whole"
        )
    return [
        MetricRecorded(
            inspection_id=planned.inspection_id,
            agency_id=planned.terms.agency_id,
            metric=metric,
            target=(target := target_of(inspection, metric.code)),
            verdict=judge(metric, target),
        )
    ]


def assess_carried_over(
    inspection: Inspection, *, item: CarriedOver
) -> list[InspectionEvent]:
    """Say how an open item of earlier inspections stands now."""
    if inspection.carried_over.get(item.item_ref) == item:
        return []
    planned = visiting(inspection)
    return [
        CarriedOverItemAssessed(
            inspection_id=planned.inspection_id,
            agency_id=planned.terms.agency_id,
            item=item,
        )
    ]


def note_practice(inspection: Inspection, *, practice_id: str) -> list[InspectionEvent]:
    """Remember a good practice that the unit has adopted."""
    planned = known(inspection)
    if practice_id in inspection.practices:
        return []
    return [PracticeNoted(inspection_id=planned.inspection_id, practice_id=practice_id)]


def complete_visit(
    inspection: Inspection, *, points: tuple[str, ...]
) -> list[InspectionEvent]:
    """End the visit, and say what it saw (kết thúc buổi làm việc)."""
    points = points or inspection.points
    if inspection.completed is not None and inspection.completed.points == points:
        return []
    visited_on = arrived(inspection).started_at.date()
    planned = visiting(inspection)
    if not inspection.assessments:
        raise InspectionRefused("nothing-assessed", "no content item was assessed")
    terms = planned.terms
    return [
        VisitCompleted(
            inspection_id=planned.inspection_id,
            plan_id=terms.plan_id,
            round_id=terms.round_id,
            agency_id=terms.agency_id,
            programmes=terms.programmes,
            team_id=terms.team_id,
            visited_on=visited_on,
            points=points,
            contents_assessed=tuple(inspection.assessments),
            metrics=tuple(inspection.metrics.values()),
            findings=len(inspection.open_findings),
            good_practices=len(inspection.practices),
            basis=terms.basis,
            mode=terms.mode,
            carried_left=tuple(
                item.ref
                for item in terms.carried_items
                if item.ref not in inspection.carried_over
            ),
        )
    ]
