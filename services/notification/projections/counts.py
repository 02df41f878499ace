"""What periodic reports count: how often something occurred, by day and subject.

A day is the day, in Hà Nội, on which it occurred (``ce_time``), not one that a document
names: a letter that is dated back moves no number of a period that was reported.
Nothing of an unannounced inspection is counted before its visit starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts import inspection, planning, remediation
from contracts.event import Event
from services.chassis.context import HANOI
from services.chassis.projector import Add, Change, Operation, Projection, Seen, Table
from services.notification.domain.report import BY_ITEM, BY_KIND

COUNTS = Table(
    name="report_counts",
    columns={
        "day": "date",
        "measure": "text",
        "about": "text",
        "subject": "text",
        "code": "text",
        "n": "bigint",
    },
    key=("day", "measure", "about", "subject", "code"),
)
INSPECTIONS = Table(
    name="report_inspections",
    columns={"inspection_id": "text", "plan_id": "text"},
    key=("inspection_id",),
    indexes=(("plan_id",),),
)
PLANS = Table(
    name="report_plans",
    columns={"plan_id": "text", "programme_id": "text", "issuer": "text"},
    key=("plan_id",),
    indexes=(("programme_id",),),
)
PROGRAMMES = Table(
    name="report_programmes",
    columns={"programme_id": "text", "issuer": "text", "monitor_agency": "text"},
    key=("programme_id",),
)


def _one(
    seen: Seen, measure: str, about: str, subject: str, code: str = ""
) -> Operation:
    key = {
        "day": seen.occurred_at.astimezone(HANOI).date(),
        "measure": measure,
        "about": about,
        "subject": subject,
        "code": code,
    }
    return Add("report_counts", key, {"n": 1})


def programme_issued(seen: Seen) -> Sequence[Operation]:
    """Know whose programme it is."""
    event: planning.WorkProgrammeIssued = seen.event
    key = {"programme_id": event.programme_id}
    values = {"issuer": event.issuer, "monitor_agency": event.monitor_agency}
    return [Change("report_programmes", key, values)]


def plan_issued(seen: Seen) -> Sequence[Operation]:
    """Count a plan; one that carries a work item out belongs to its programme too."""
    event: planning.PlanIssued = seen.event
    programme_id, _, _ = (event.work_item_id or "").rpartition(":")
    values = {"programme_id": programme_id or None, "issuer": event.issuer}
    return [
        Change("report_plans", {"plan_id": event.plan_id}, values),
        _one(seen, "plans_issued", "plan", event.plan_id),
    ]


def visit_ordered(seen: Seen) -> Sequence[Operation]:
    """Know which plan an inspection belongs to."""
    return [_inspection(seen)]


def visit_started(seen: Seen) -> Sequence[Operation]:
    """Count a visit; from now on an unannounced one may be known."""
    event: inspection.VisitStarted = seen.event
    counted = [_inspection(seen), _one(seen, "visits_started", "plan", event.plan_id)]
    if event.basis == "UNANNOUNCED":
        counted.append(_one(seen, "unannounced_visits", "plan", event.plan_id))
    return counted


def visit_completed(seen: Seen) -> Sequence[Operation]:
    """Count a visit that is over."""
    return [_one(seen, "visits_completed", "plan", seen.event.plan_id)]


def conclusion_issued(seen: Seen) -> Sequence[Operation]:
    """Count a conclusion, and whether it is late."""
    event: inspection.ConclusionIssued = seen.event
    counted = [_one(seen, "conclusions_issued", "plan", event.plan_id)]
    if event.late:
        counted.append(_one(seen, "conclusions_late", "plan", event.plan_id))
    return counted


def conclusion_overdue(seen: Seen) -> Sequence[Operation]:
    """Count a conclusion that is not there in time."""
    return [_one(seen, "conclusions_overdue", "plan", seen.event.plan_id)]


def finding_raised(seen: Seen) -> Sequence[Operation]:
    """Count a finding, by its kind and by its content item."""
    event: inspection.FindingRaised = seen.event
    about = ("inspection", event.inspection_id)
    return [
        _one(seen, "findings_raised", *about),
        _one(seen, BY_KIND, *about, event.kind),
        _one(seen, BY_ITEM, *about, event.item),
    ]


def finding_withdrawn(seen: Seen) -> Sequence[Operation]:
    """Count a finding that was taken back; that it was raised stays counted."""
    about = ("inspection", seen.event.inspection_id)
    return [_one(seen, "findings_withdrawn", *about)]


def case_opened(seen: Seen) -> Sequence[Operation]:
    """Count a recommendation with a date."""
    return [_one(seen, "cases_opened", "plan", seen.event.plan_id)]


def case_overdue(seen: Seen) -> Sequence[Operation]:
    """Count a case that became overdue."""
    return [_one(seen, "cases_overdue", "inspection", seen.event.inspection_id)]


def case_closed(seen: Seen) -> Sequence[Operation]:
    """Count a case that was closed, and whether it was late."""
    event: remediation.RemediationClosed = seen.event
    about = ("inspection", event.inspection_id)
    counted = [_one(seen, "cases_closed", *about)]
    if event.late:
        counted.append(_one(seen, "cases_closed_late", *about))
    return counted


def item_assigned(seen: Seen) -> Sequence[Operation]:
    """Count work that was given."""
    return [_one(seen, "work_items_assigned", "programme", seen.event.programme_id)]


def item_completed(seen: Seen) -> Sequence[Operation]:
    """Count work that is done, and whether it was late."""
    event: planning.WorkItemCompleted = seen.event
    about = ("programme", event.programme_id)
    counted = [_one(seen, "work_items_done", *about)]
    if event.late:
        counted.append(_one(seen, "work_items_done_late", *about))
    return counted


def item_overdue(seen: Seen) -> Sequence[Operation]:
    """Count work that became overdue."""
    return [_one(seen, "work_items_overdue", "programme", seen.event.programme_id)]


def item_urged(seen: Seen) -> Sequence[Operation]:
    """Count how often the monitor urged by hand."""
    return [_one(seen, "work_items_urged", "programme", seen.event.programme_id)]


def signal_received(seen: Seen) -> Sequence[Operation]:
    """Count a signal, by the agency that it is about."""
    return [_one(seen, "signals_received", "agency", seen.event.agency_id)]


def _inspection(seen: Seen) -> Operation:
    key = {"inspection_id": seen.event.inspection_id}
    return Change("report_inspections", key, {"plan_id": seen.event.plan_id})


HEARD: dict[type[Event], Any] = {
    planning.WorkProgrammeIssued: programme_issued,
    planning.PlanIssued: plan_issued,
    planning.VisitOrdered: visit_ordered,
    planning.WorkItemAssigned: item_assigned,
    planning.WorkItemCompleted: item_completed,
    planning.WorkItemOverdue: item_overdue,
    planning.WorkItemUrged: item_urged,
    planning.SignalReceived: signal_received,
    inspection.VisitStarted: visit_started,
    inspection.VisitCompleted: visit_completed,
    inspection.ConclusionIssued: conclusion_issued,
    inspection.ConclusionOverdue: conclusion_overdue,
    inspection.FindingRaised: finding_raised,
    inspection.FindingWithdrawn: finding_withdrawn,
    remediation.RecommendationIssued: case_opened,
    remediation.RemediationOverdue: case_overdue,
    remediation.RemediationClosed: case_closed,
}
PROJECTION = Projection(
    name="report_counts",
    tables=(COUNTS, INSPECTIONS, PLANS, PROGRAMMES),
    heard=HEARD,
)
