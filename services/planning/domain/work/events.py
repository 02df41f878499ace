"""What happens to a work programme (kế hoạch hoạt động kiểm soát TTHC)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.planning.domain.duty import DueDay
from services.planning.domain.work.values import (
    DueRule,
    ReportingPeriod,
    WorkGroup,
    WorkItem,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkProgrammeDrafted:
    """A year's programme was drawn up: its groups, in their order."""

    programme_id: str
    title: str
    year: int
    issuer: str
    monitor_agency: str
    groups: tuple[WorkGroup, ...]
    purposes: tuple[str, ...] = ()
    reminder_working_days_before: int = 5
    derived_from: str | None = None
    drafted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItemAdded:
    """An item stands in the draft; nobody is bound by it yet."""

    programme_id: str
    item: WorkItem


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItemCarriedOver:
    """What was left of an earlier programme stands in the draft of the next."""

    programme_id: str
    item: WorkItem
    from_programme_id: str
    was_due_on: date
    was_overdue: bool
    carried_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkProgrammeIssued:
    """The programme took effect (ban hành); its items are assigned with it."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItemAssigned:
    """An agency is to do a piece of work by a day (giao việc)."""

    programme_id: str
    item: WorkItem
    monitor_agency: str
    due: DueDay
    remind_on: date | None
    assigned_on: date
    carried_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItemReminded:
    """The day of an item is near (nhắc hạn)."""

    programme_id: str
    item_id: str
    title: str
    owner_agency: str
    owner_name: str
    product: str
    due: DueDay


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItemCompleted:
    """An item is done: its product is there (hoàn thành)."""

    programme_id: str
    item_id: str
    group: str
    owner_agency: str
    product: str
    sha256: str | None = None
    completed_on: date
    late: bool
    by_agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItemExtended:
    """An item was given more time (gia hạn); the old day is kept."""

    programme_id: str
    item_id: str
    owner_agency: str
    reason: str
    approved_by: str
    due_rule: DueRule
    previous: DueDay
    due: DueDay
    remind_on: date | None
    extended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItemOverdue:
    """An item is open past its day (quá hạn); urging it is level *level*."""

    programme_id: str
    item_id: str
    group: str
    title: str
    owner_agency: str
    owner_name: str
    head_title: str
    product: str
    monitor_agency: str
    due: DueDay
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItemUrged:
    """The monitoring agency urged the owner of an open item (đôn đốc)."""

    programme_id: str
    item_id: str
    title: str
    owner_agency: str
    owner_name: str
    product: str
    monitor_agency: str
    text: str
    level: int
    due: DueDay
    overdue: bool
    urged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItemCarriedForward:
    """The item goes on in a later programme: here it is no longer waited for."""

    programme_id: str
    item_id: str
    to_programme_id: str
    carried_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPlanSpawned:
    """An inspection plan was issued to carry an item out."""

    programme_id: str
    item_id: str
    plan_id: str
    document_number: str
    spawned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingObligationSet:
    """Agencies are to report each period, by a day after its end (chế độ báo cáo)."""

    programme_id: str
    obligation_id: str
    title: str
    period: str
    cut_off_day: int
    due_rule: DueRule
    obliged_agencies: tuple[str, ...]
    recipient: str
    monitor_agency: str
    periods: tuple[ReportingPeriod, ...]
    set_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingPeriodEnded:
    """A period is over and its numbers are closed: the report is owed now.

    ``following`` is the period whose end comes next.
    """

    programme_id: str
    obligation_id: str
    title: str
    period: ReportingPeriod
    outstanding: tuple[str, ...]
    recipient: str
    following: ReportingPeriod | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSubmissionNoted:
    """An agency's report of a period was submitted; *complete*: it was the last."""

    programme_id: str
    obligation_id: str
    period_id: str
    agency_id: str
    report_id: str
    document_number: str
    submitted_on: date
    late: bool
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicReportOverdue:
    """An agency's report of a period is not there in time."""

    programme_id: str
    obligation_id: str
    title: str
    period: ReportingPeriod
    agency_id: str
    recipient: str
    monitor_agency: str


WorkEvent = (
    WorkProgrammeDrafted
    | WorkItemAdded
    | WorkItemCarriedOver
    | WorkProgrammeIssued
    | WorkItemAssigned
    | WorkItemReminded
    | WorkItemCompleted
    | WorkItemExtended
    | WorkItemOverdue
    | WorkItemUrged
    | WorkItemCarriedForward
    | InspectionPlanSpawned
    | ReportingObligationSet
    | ReportingPeriodEnded
    | ReportSubmissionNoted
    | PeriodicReportOverdue
)
