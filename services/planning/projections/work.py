"""Work programmes to rows: programmes, groups, items, duties to report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from services.chassis.projector import Change, Operation, Projection, Put, Seen, Table
from services.planning.domain import work

PROGRAMMES = Table(
    name="work_programmes",
    columns={
        "programme_id": "text",
        "title": "text",
        "year": "integer",
        "issuer": "text",
        "monitor_agency": "text",
        "purposes": "jsonb",
        "derived_from": "text",
        "status": "text",
        "document_number": "text",
        "issued_on": "date",
        "version": "integer",
    },
    key=("programme_id",),
)
GROUPS = Table(
    name="work_groups",
    columns={
        "programme_id": "text",
        "number": "integer",
        "code": "text",
        "title": "text",
    },
    key=("programme_id", "number"),
)
ITEMS = Table(
    name="work_items",
    columns={
        "work_item_id": "text",
        "programme_id": "text",
        "item_id": "text",
        "group_code": "text",
        "title": "text",
        "owner": "text",
        "owner_name": "text",
        "accountable_head": "jsonb",
        "coordinating_agencies": "jsonb",
        "product": "text",
        "procedure_codes": "jsonb",
        "unrecognised": "jsonb",
        "directive_ref": "text",
        "content_code": "text",
        "priority": "integer",
        "due_rule": "jsonb",
        "original_due_on": "date",
        "due_on": "date",
        "effective_due_on": "date",
        "overdue_from": "date",
        "calendar_version": "text",
        "assigned_on": "date",
        "reminded": "boolean",
        "overdue": "boolean",
        "level": "integer",
        "result": "text",
        "sha256": "text",
        "completed_on": "date",
        "late": "boolean",
        "carried_from": "text",
        "carried_to": "text",
        "state": "text",
        "version": "integer",
    },
    key=("work_item_id",),
    indexes=(("programme_id",), ("owner",)),
)
PLANS = Table(
    name="work_item_plans",
    columns={
        "programme_id": "text",
        "plan_id": "text",
        "item_id": "text",
        "document_number": "text",
        "spawned_on": "date",
    },
    key=("programme_id", "plan_id"),
)
DUTIES = Table(
    name="reporting_periods",
    columns={
        "programme_id": "text",
        "obligation_id": "text",
        "period_id": "text",
        "agency_id": "text",
        "title": "text",
        "recipient": "text",
        "period_start": "date",
        "period_end": "date",
        "due_on": "date",
        "effective_due_on": "date",
        "overdue_from": "date",
        "state": "text",
        "report_id": "text",
        "submitted_on": "date",
        "late": "boolean",
    },
    key=("programme_id", "obligation_id", "period_id", "agency_id"),
)


def programme_drafted(seen: Seen) -> Sequence[Operation]:
    """Show a draft with its groups."""
    event: work.WorkProgrammeDrafted = seen.event
    row = {
        "programme_id": event.programme_id,
        "title": event.title,
        "year": event.year,
        "issuer": event.issuer,
        "monitor_agency": event.monitor_agency,
        "purposes": list(event.purposes),
        "derived_from": event.derived_from,
        "status": "draft",
        "document_number": None,
        "issued_on": None,
        "version": seen.version,
    }
    groups = (
        Put("work_groups", {"programme_id": event.programme_id, **asdict(group)})
        for group in event.groups
    )
    return [Put("work_programmes", row), *groups]


def programme_issued(seen: Seen) -> Sequence[Operation]:
    """Show that the programme is in effect."""
    event: work.WorkProgrammeIssued = seen.event
    return [
        _programme(
            seen,
            status="issued",
            document_number=event.document_number,
            issued_on=event.issued_on,
        )
    ]


def item_added(seen: Seen) -> Sequence[Operation]:
    """Show an item of a draft."""
    event: work.WorkItemAdded = seen.event
    return [Put("work_items", _item(seen, event.item)), _programme(seen)]


def item_carried_over(seen: Seen) -> Sequence[Operation]:
    """Show an item of a draft that comes from an earlier programme."""
    event: work.WorkItemCarriedOver = seen.event
    row = _item(seen, event.item, carried_from=event.from_programme_id)
    return [Put("work_items", row), _programme(seen)]


def item_assigned(seen: Seen) -> Sequence[Operation]:
    """Show what an agency is to do, and by when."""
    event: work.WorkItemAssigned = seen.event
    row = _item(
        seen,
        event.item,
        carried_from=event.carried_from,
        state="open",
        assigned_on=event.assigned_on,
        original_due_on=event.due.due_on,
        **asdict(event.due),
    )
    return [Put("work_items", row), _programme(seen)]


def _item(seen: Seen, item: work.WorkItem, **values: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(ITEMS.columns),
        "work_item_id": work.work_item_id(seen.event.programme_id, item.item_id),
        "programme_id": seen.event.programme_id,
        "item_id": item.item_id,
        "group_code": item.group,
        "title": item.title,
        "owner": item.owner_agency,
        "owner_name": item.owner_name,
        "accountable_head": asdict(item.accountable_head),
        "coordinating_agencies": list(item.coordinating_agencies),
        "product": item.product,
        "procedure_codes": list(item.procedure_codes),
        "unrecognised": list(item.unrecognised),
        "directive_ref": item.directive_ref,
        "content_code": item.content_code,
        "priority": item.priority,
        "due_rule": item.due_rule,
        "reminded": False,
        "overdue": False,
        "level": 0,
        "state": "draft",
        "version": seen.version,
        **values,
    }


def item_reminded(seen: Seen) -> Sequence[Operation]:
    """Show that the owner was reminded."""
    return _moved(seen, reminded=True)


def item_completed(seen: Seen) -> Sequence[Operation]:
    """Show what came of an item."""
    event: work.WorkItemCompleted = seen.event
    return _moved(
        seen,
        state="done",
        result=event.product,
        sha256=event.sha256,
        completed_on=event.completed_on,
        late=event.late,
    )


def item_extended(seen: Seen) -> Sequence[Operation]:
    """Show the later day; the first one stays to be seen."""
    event: work.WorkItemExtended = seen.event
    return _moved(
        seen,
        state="open",
        overdue=False,
        reminded=False,
        due_rule=event.due_rule,
        **asdict(event.due),
    )


def item_overdue(seen: Seen) -> Sequence[Operation]:
    """Show that an item is open past its day."""
    return _moved(seen, state="overdue", overdue=True, level=seen.event.level)


def item_urged(seen: Seen) -> Sequence[Operation]:
    """Show how often its owner was urged."""
    return _moved(seen, level=seen.event.level)


def item_carried_forward(seen: Seen) -> Sequence[Operation]:
    """Show in which programme an item goes on."""
    return _moved(seen, state="carried-over", carried_to=seen.event.to_programme_id)


def plan_spawned(seen: Seen) -> Sequence[Operation]:
    """Show the plan that carries an item out."""
    event: work.InspectionPlanSpawned = seen.event
    return [Put("work_item_plans", asdict(event)), _programme(seen)]


def duty_set(seen: Seen) -> Sequence[Operation]:
    """Show each report that will be owed."""
    event: work.ReportingObligationSet = seen.event
    rows = [
        {
            "programme_id": event.programme_id,
            "obligation_id": event.obligation_id,
            "period_id": period.period_id,
            "agency_id": agency_id,
            "title": event.title,
            "recipient": event.recipient,
            "period_start": period.start,
            "period_end": period.end,
            "due_on": period.due.due_on,
            "effective_due_on": period.due.effective_due_on,
            "overdue_from": period.due.overdue_from,
            "state": "ahead",
            "report_id": None,
            "submitted_on": None,
            "late": None,
        }
        for period in event.periods
        for agency_id in event.obliged_agencies
    ]
    return [*(Put("reporting_periods", row) for row in rows), _programme(seen)]


def period_ended(seen: Seen) -> Sequence[Operation]:
    """Show that reports are owed now."""
    event: work.ReportingPeriodEnded = seen.event
    owed = [
        _report(seen, event.period.period_id, agency_id, state="due")
        for agency_id in event.outstanding
    ]
    return [*owed, _programme(seen)]


def report_overdue(seen: Seen) -> Sequence[Operation]:
    """Show that a report is late."""
    event: work.PeriodicReportOverdue = seen.event
    late = _report(seen, event.period.period_id, event.agency_id, state="overdue")
    return [late, _programme(seen)]


def report_noted(seen: Seen) -> Sequence[Operation]:
    """Show that a report is there."""
    event: work.ReportSubmissionNoted = seen.event
    submitted = _report(
        seen,
        event.period_id,
        event.agency_id,
        state="submitted",
        report_id=event.report_id,
        submitted_on=event.submitted_on,
        late=event.late,
    )
    return [submitted, _programme(seen)]


def _programme(seen: Seen, **values: Any) -> Change:
    key = {"programme_id": seen.event.programme_id}
    return Change("work_programmes", key, {**values, "version": seen.version})


def _moved(seen: Seen, **values: Any) -> Sequence[Operation]:
    named = work.work_item_id(seen.event.programme_id, seen.event.item_id)
    changed = {**values, "version": seen.version}
    return [
        Change("work_items", {"work_item_id": named}, changed),
        _programme(seen),
    ]


def _report(seen: Seen, period_id: str, agency_id: str, **values: Any) -> Change:
    key = {
        "programme_id": seen.event.programme_id,
        "obligation_id": seen.event.obligation_id,
        "period_id": period_id,
        "agency_id": agency_id,
    }
    return Change("reporting_periods", key, values)


PROJECTION = Projection(
    name="work_programmes",
    tables=(PROGRAMMES, GROUPS, ITEMS, PLANS, DUTIES),
    own={
        work.WorkProgrammeDrafted: programme_drafted,
        work.WorkProgrammeIssued: programme_issued,
        work.WorkItemAdded: item_added,
        work.WorkItemCarriedOver: item_carried_over,
        work.WorkItemAssigned: item_assigned,
        work.WorkItemReminded: item_reminded,
        work.WorkItemCompleted: item_completed,
        work.WorkItemExtended: item_extended,
        work.WorkItemOverdue: item_overdue,
        work.WorkItemUrged: item_urged,
        work.WorkItemCarriedForward: item_carried_forward,
        work.InspectionPlanSpawned: plan_spawned,
        work.ReportingObligationSet: duty_set,
        work.ReportingPeriodEnded: period_ended,
        work.PeriodicReportOverdue: report_overdue,
        work.ReportSubmissionNoted: report_noted,
    },
)
