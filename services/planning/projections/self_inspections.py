"""Duties to inspect oneself to rows."""

from __future__ import annotations

from collections.abc import Sequence

from services.chassis.projector import Change, Operation, Projection, Put, Seen, Table
from services.planning.domain import self_inspecting

SELF_INSPECTIONS = Table(
    name="self_inspections",
    columns={
        "self_inspection_id": "text",
        "plan_id": "text",
        "agency_id": "text",
        "agency_name": "text",
        "share_percent": "int",
        "required_on": "date",
        "plan_due_on": "date",
        "plan_number": "text",
        "plan_issued_on": "date",
        "plan_late": "boolean",
        "plan_overdue": "boolean",
        "mode": "text",
        "divisions": "jsonb",
        "result_due_on": "date",
        "report_number": "text",
        "reported_on": "date",
        "result_late": "boolean",
        "result_overdue": "boolean",
        "divisions_inspected": "jsonb",
        "findings": "int",
        "short_by": "int",
        "version": "int",
    },
    key=("self_inspection_id",),
    indexes=(("plan_id",), ("agency_id",)),
)


def self_inspection_required(seen: Seen) -> Sequence[Operation]:
    """Show a duty."""
    event: self_inspecting.SelfInspectionPlanRequired = seen.event
    row = {
        **dict.fromkeys(SELF_INSPECTIONS.columns),
        "self_inspection_id": event.self_inspection_id,
        "plan_id": event.plan_id,
        "agency_id": event.agency_id,
        "agency_name": event.agency_name,
        "share_percent": event.share_percent,
        "required_on": event.required_on,
        "plan_due_on": event.plan_due.effective_due_on,
        "result_due_on": event.result_due.effective_due_on,
        "plan_late": False,
        "plan_overdue": False,
        "result_late": False,
        "result_overdue": False,
        "version": seen.version,
    }
    return [Put("self_inspections", row)]


def own_plan_issued(seen: Seen) -> Sequence[Operation]:
    """Show the unit's own plan."""
    event: self_inspecting.SelfInspectionPlanIssued = seen.event
    return _duty(
        seen,
        plan_number=event.document_number,
        plan_issued_on=event.issued_on,
        plan_late=event.late,
        plan_overdue=False,
        mode=event.mode,
        divisions=list(event.divisions),
    )


def self_inspection_reported(seen: Seen) -> Sequence[Operation]:
    """Show what the unit found at home."""
    event: self_inspecting.SelfInspectionReported = seen.event
    return _duty(
        seen,
        report_number=event.document_number,
        reported_on=event.reported_on,
        result_late=event.late,
        result_overdue=False,
        divisions_inspected=list(event.divisions_inspected),
        findings=event.findings,
        short_by=event.short_by,
    )


def own_plan_overdue(seen: Seen) -> Sequence[Operation]:
    """Show that the unit has no plan of its own in time."""
    return _duty(seen, plan_overdue=True)


def result_overdue(seen: Seen) -> Sequence[Operation]:
    """Show that the unit has not reported in time."""
    return _duty(seen, result_overdue=True)


def _duty(seen: Seen, **values: object) -> Sequence[Operation]:
    key = {"self_inspection_id": seen.event.self_inspection_id}
    return [Change("self_inspections", key, {**values, "version": seen.version})]


PROJECTION = Projection(
    name="self_inspections",
    tables=(SELF_INSPECTIONS,),
    own={
        self_inspecting.SelfInspectionPlanRequired: self_inspection_required,
        self_inspecting.SelfInspectionPlanIssued: own_plan_issued,
        self_inspecting.SelfInspectionReported: self_inspection_reported,
        self_inspecting.SelfInspectionPlanOverdue: own_plan_overdue,
        self_inspecting.SelfInspectionResultOverdue: result_overdue,
    },
)
