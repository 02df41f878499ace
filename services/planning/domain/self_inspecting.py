"""The duty to inspect oneself (tự kiểm tra): own plan by a day, result by another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.planning.domain.agency import Unit
from services.planning.domain.duty import DueDay
from services.planning.domain.plan import Plan, PlanUnknown

WHOLE = 100


class SelfInspectionRefused(Exception):
    """A rule of self-inspection said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class SelfInspectionUnknown(SelfInspectionRefused):
    """Nobody was told to inspect itself under that id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfInspectionPlanRequired:
    """A plan obliges a unit to inspect itself: its own plan first, then a result."""

    self_inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    plan_due: DueDay
    result_due: DueDay
    share_percent: int | None = None
    required_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfInspectionPlanIssued:
    """The unit issued its own plan (kế hoạch tự kiểm tra); *mode* is its choice."""

    self_inspection_id: str
    plan_id: str
    agency_id: str
    document_number: str
    mode: str
    divisions: tuple[str, ...]
    divisions_total: int | None = None
    issued_on: date
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfInspectionReported:
    """The unit reported what its self-inspection showed (báo cáo kết quả)."""

    self_inspection_id: str
    plan_id: str
    agency_id: str
    document_number: str
    sha256: str
    divisions_inspected: tuple[str, ...]
    findings: int
    short_by: int
    reported_on: date
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfInspectionPlanOverdue:
    """The day for the unit's own plan went by without one."""

    self_inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    due: DueDay


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfInspectionResultOverdue:
    """The day for the result went by without a report."""

    self_inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    due: DueDay


SelfInspectionEvent = (
    SelfInspectionPlanRequired
    | SelfInspectionPlanIssued
    | SelfInspectionReported
    | SelfInspectionPlanOverdue
    | SelfInspectionResultOverdue
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfInspection:
    """How far a unit has come with its duty."""

    required: SelfInspectionPlanRequired | None = None
    plan: SelfInspectionPlanIssued | None = None
    report: SelfInspectionReported | None = None
    plan_overdue: bool = False
    result_overdue: bool = False

    def plan_day(self, given: date | None, today: date) -> date:
        """Return the day of a plan that may not name one: as on record, or today."""
        return given or (today if self.plan is None else self.plan.issued_on)

    def report_day(self, given: date | None, today: date) -> date:
        """Return the day of a report that may not name one: as on record, or today."""
        return given or (today if self.report is None else self.report.reported_on)


def evolve(duty: SelfInspection, event: SelfInspectionEvent) -> SelfInspection:
    """Fold one event into the duty. Never refuses: it already happened."""
    match event:
        case SelfInspectionPlanRequired():
            return replace(duty, required=event)
        case SelfInspectionPlanIssued():
            return replace(duty, plan=event)
        case SelfInspectionReported():
            return replace(duty, report=event)
        case SelfInspectionPlanOverdue():
            return replace(duty, plan_overdue=True)
        case SelfInspectionResultOverdue():
            return replace(duty, result_overdue=True)


def require_self_inspection(
    duty: SelfInspection,
    *,
    required: SelfInspectionPlanRequired,
    plan: Plan,
    unit: Unit | None,
) -> list[SelfInspectionEvent]:
    """Oblige a unit that exists to inspect itself under a plan in effect."""
    if duty.required is not None:
        if _same(duty.required, required):
            return []
        raise SelfInspectionRefused(
            "self-inspection-required-otherwise",
            f"{required.agency_id} is obliged on other terms",
        )
    if plan.draft is None:
        raise PlanUnknown("unknown-plan", "no such plan was drawn up")
    if not plan.in_effect:
        raise SelfInspectionRefused(
            "plan-not-issued", f"the plan is {plan.status.value}"
        )
    if required.result_due.due_on < required.plan_due.due_on:
        raise SelfInspectionRefused(
            "window-reversed", "the result is due before the plan for it"
        )
    if unit is None:
        raise SelfInspectionRefused(
            "unknown-agency", f"{required.agency_id} is not in the registry"
        )
    if not unit.active_on(required.result_due.due_on):
        raise SelfInspectionRefused(
            "target-not-active", f"{required.agency_id} does not exist then"
        )
    return [required]


def _same(known: SelfInspectionPlanRequired, asked: SelfInspectionPlanRequired) -> bool:
    """Say whether the same was asked before, be it on another day."""
    return replace(asked, required_on=known.required_on) == known


def issue_own_plan(
    duty: SelfInspection, *, issued: SelfInspectionPlanIssued, by_agency: str | None
) -> list[SelfInspectionEvent]:
    """Record the unit's own plan, which covers the share that is asked for."""
    required = _own(duty, by_agency)
    issued = replace(
        issued,
        plan_id=required.plan_id,
        agency_id=required.agency_id,
        late=required.plan_due.missed_on(issued.issued_on),
    )
    if duty.plan is not None:
        if duty.plan == issued:
            return []
        raise SelfInspectionRefused(
            "self-inspection-planned-otherwise",
            f"the unit's plan is {duty.plan.document_number}",
        )
    if not issued.divisions:
        raise SelfInspectionRefused(
            "self-inspection-without-divisions", "the plan names no division"
        )
    _covers(required, issued)
    return [issued]


def _covers(
    required: SelfInspectionPlanRequired, issued: SelfInspectionPlanIssued
) -> None:
    if required.share_percent is None:
        return
    if issued.divisions_total is None:
        raise SelfInspectionRefused(
            "divisions-total-missing",
            f"{required.share_percent} % of how many divisions?",
        )
    wanted = share(issued.divisions_total, required.share_percent)
    if len(set(issued.divisions)) < wanted:
        raise SelfInspectionRefused(
            "self-inspection-share-short",
            f"{required.share_percent} % of {issued.divisions_total} is {wanted}",
        )


def share(total: int, percent: int) -> int:
    """Return *percent* of *total*, rounded up, in whole numbers: 55 % of 100 is 55."""
    return -(-total * percent // WHOLE)


def report_self_inspection(
    duty: SelfInspection, *, reported: SelfInspectionReported, by_agency: str | None
) -> list[SelfInspectionEvent]:
    """Record the result; divisions that were planned and not seen are counted."""
    required = _own(duty, by_agency)
    if duty.plan is None:
        raise SelfInspectionRefused(
            "self-inspection-without-plan", "the unit has issued no plan of its own"
        )
    unseen = set(duty.plan.divisions) - set(reported.divisions_inspected)
    reported = replace(
        reported,
        plan_id=required.plan_id,
        agency_id=required.agency_id,
        short_by=len(unseen),
        late=required.result_due.missed_on(reported.reported_on),
    )
    if duty.report is not None:
        if duty.report == reported:
            return []
        raise SelfInspectionRefused(
            "self-inspection-reported-otherwise",
            f"the report is {duty.report.document_number}",
        )
    return [reported]


def mark_plan_overdue(duty: SelfInspection, *, plan: Plan) -> list[SelfInspectionEvent]:
    """Answer the day that the unit's own plan was due, if it still is.

    *plan* obliged the unit; called off, it obliges nobody.
    """
    required = known(duty)
    if duty.plan is not None or duty.plan_overdue or not plan.in_effect:
        return []
    return [
        SelfInspectionPlanOverdue(
            self_inspection_id=required.self_inspection_id,
            plan_id=required.plan_id,
            agency_id=required.agency_id,
            agency_name=required.agency_name,
            due=required.plan_due,
        )
    ]


def mark_result_overdue(
    duty: SelfInspection, *, plan: Plan
) -> list[SelfInspectionEvent]:
    """Answer the day that the result was due, if it still is."""
    required = known(duty)
    if duty.report is not None or duty.result_overdue or not plan.in_effect:
        return []
    return [
        SelfInspectionResultOverdue(
            self_inspection_id=required.self_inspection_id,
            plan_id=required.plan_id,
            agency_id=required.agency_id,
            agency_name=required.agency_name,
            due=required.result_due,
        )
    ]


def known(duty: SelfInspection) -> SelfInspectionPlanRequired:
    """Return what was required, or say that nothing was."""
    if duty.required is None:
        raise SelfInspectionUnknown(
            "unknown-self-inspection", "nobody was told to inspect itself so"
        )
    return duty.required


def _own(duty: SelfInspection, by_agency: str | None) -> SelfInspectionPlanRequired:
    """Return the duty of the agency that speaks: nobody reports for another."""
    required = known(duty)
    if by_agency != required.agency_id:
        raise SelfInspectionRefused(
            "not-your-duty", f"it is for {required.agency_id} to do"
        )
    return required
