"""What planning tells of work programmes (kế hoạch hoạt động kiểm soát TTHC)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from contracts.event import Event, Value, Visibility


class WorkGroup(Value):
    """A group of work (nhóm công việc), with its number in the programme."""

    number: int
    code: str
    title: str


class AccountableHead(Value):
    """Who answers for an item: the head of an agency (người đứng đầu)."""

    agency_id: str
    title: str
    person_ref: str | None = None


class WorkItem(Value):
    """A piece of work: who does it, who answers for it, what comes of it, by when.

    ``unrecognised`` are procedure codes that are not of the official form.
    """

    item_id: str
    group: str
    title: str
    owner_agency: str
    owner_name: str
    accountable_head: AccountableHead
    product: str
    due_rule: dict[str, Any]
    coordinating_agencies: tuple[str, ...] = ()
    procedure_codes: tuple[str, ...] = ()
    unrecognised: tuple[str, ...] = ()
    directive_ref: str | None = None
    content_code: str
    priority: int | None = None


class ReportingPeriod(Value):
    """Days that a report is about (both ends belong to it), and when it is owed."""

    period_id: str
    start: date
    end: date
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str


class WorkProgrammeIssued(Event):
    """A year's work programme took effect; each item follows in its own event."""

    TYPE: ClassVar[str] = "planning.work-programme-issued.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    programme_id: str
    document_number: str
    issued_on: date
    title: str
    year: int
    issuer: str
    monitor_agency: str
    groups: tuple[WorkGroup, ...]
    items: int
    derived_from: str | None = None


class WorkItemAssigned(Event):
    """An agency is to do a piece of work by a day (giao việc)."""

    TYPE: ClassVar[str] = "planning.work-item-assigned.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    programme_id: str
    work_item_id: str
    agency_id: str
    monitor_agency: str
    item: WorkItem
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str
    assigned_on: date
    carried_from: str | None = None


class WorkItemReminded(Event):
    """The day of an item is near (nhắc hạn); falls due once per due day."""

    TYPE: ClassVar[str] = "planning.work-item-reminded.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    programme_id: str
    work_item_id: str
    item_id: str
    agency_id: str
    agency_name: str
    title: str
    product: str
    due_on: date
    effective_due_on: date


class WorkItemCompleted(Event):
    """An item is done: its product is there (hoàn thành)."""

    TYPE: ClassVar[str] = "planning.work-item-completed.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    programme_id: str
    work_item_id: str
    item_id: str
    group: str
    agency_id: str
    product: str
    sha256: str | None = None
    completed_on: date
    late: bool


class WorkItemExtended(Event):
    """An item was given more time (gia hạn); the old day is kept."""

    TYPE: ClassVar[str] = "planning.work-item-extended.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    programme_id: str
    work_item_id: str
    item_id: str
    agency_id: str
    reason: str
    approved_by: str
    due_rule: dict[str, Any]
    previous_due_on: date
    previous_effective_due_on: date
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str
    extended_on: date


class WorkItemOverdue(Event):
    """An item is open past its day (quá hạn): from 00:00 of ``overdue_from``."""

    TYPE: ClassVar[str] = "planning.work-item-overdue.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    programme_id: str
    work_item_id: str
    item_id: str
    group: str
    agency_id: str
    agency_name: str
    head_title: str
    title: str
    product: str
    monitor_agency: str
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str
    level: int


class WorkItemUrged(Event):
    """The monitoring agency urged the owner of an open item (đôn đốc)."""

    TYPE: ClassVar[str] = "planning.work-item-urged.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    programme_id: str
    work_item_id: str
    item_id: str
    agency_id: str
    agency_name: str
    title: str
    product: str
    monitor_agency: str
    text: str
    level: int
    due_on: date
    effective_due_on: date
    overdue: bool
    urged_on: date


class WorkItemCarriedOver(Event):
    """What was left of a programme stands in the draft of a later one."""

    TYPE: ClassVar[str] = "planning.work-item-carried-over.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    programme_id: str
    work_item_id: str
    item_id: str
    from_programme_id: str
    from_work_item_id: str
    agency_id: str
    agency_name: str
    title: str
    was_due_on: date
    was_overdue: bool
    carried_on: date


class InspectionPlanSpawned(Event):
    """An inspection plan was issued to carry a work item out."""

    TYPE: ClassVar[str] = "planning.inspection-plan-spawned.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    programme_id: str
    work_item_id: str
    item_id: str
    plan_id: str
    document_number: str
    spawned_on: date


class ReportingObligationSet(Event):
    """Agencies are to report each period, by a day after its end (chế độ báo cáo)."""

    TYPE: ClassVar[str] = "planning.reporting-obligation-set.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    programme_id: str
    obligation_id: str
    title: str
    period: str
    cut_off_day: int
    due_rule: dict[str, Any]
    obliged_agencies: tuple[str, ...]
    recipient: str
    monitor_agency: str
    periods: tuple[ReportingPeriod, ...]
    set_on: date


class PeriodicReportDue(Event):
    """A period is over: those in ``outstanding`` owe their report of it now."""

    TYPE: ClassVar[str] = "planning.periodic-report-due.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    programme_id: str
    obligation_id: str
    title: str
    period: ReportingPeriod
    outstanding: tuple[str, ...]
    recipient: str


class PeriodicReportOverdue(Event):
    """An agency's report of a period is not there in time."""

    TYPE: ClassVar[str] = "planning.periodic-report-overdue.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    programme_id: str
    obligation_id: str
    title: str
    period: ReportingPeriod
    agency_id: str
    recipient: str
    monitor_agency: str
