"""Commands on the duty to inspect oneself to decisions; no rule in here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from services.chassis.context import today
from services.chassis.deciding import Aggregate, Decided, decide, decide_many, load
from services.chassis.journal import Deadline, Journal
from services.planning.commands import self_inspections as asked
from services.planning.domain import duty, self_inspecting
from services.planning.handlers.aggregates import AGENCY, PLAN
from services.planning.handlers.signals import agency_asking

PLAN_OVERDUE = "planning.self-inspection-plan-overdue"
RESULT_OVERDUE = "planning.self-inspection-result-overdue"

Decision = Callable[
    [self_inspecting.SelfInspection], list[self_inspecting.SelfInspectionEvent]
]
Mark = Callable[..., list[self_inspecting.SelfInspectionEvent]]

SELF_INSPECTION = Aggregate(
    category="self-inspection",
    initial=self_inspecting.SelfInspection,
    evolve=self_inspecting.evolve,
    events=(
        self_inspecting.SelfInspectionPlanRequired,
        self_inspecting.SelfInspectionPlanIssued,
        self_inspecting.SelfInspectionReported,
        self_inspecting.SelfInspectionPlanOverdue,
        self_inspecting.SelfInspectionResultOverdue,
    ),
    ordered_by=lambda required: required.plan_id,
    deadlines={
        self_inspecting.SelfInspectionPlanRequired: lambda event: (
            Deadline(kind=PLAN_OVERDUE, at=event.plan_due.overdue_at),
            Deadline(kind=RESULT_OVERDUE, at=event.result_due.overdue_at),
        ),
        self_inspecting.SelfInspectionPlanIssued: lambda _: (
            Deadline(kind=PLAN_OVERDUE, at=None),
        ),
        self_inspecting.SelfInspectionPlanOverdue: lambda _: (
            Deadline(kind=PLAN_OVERDUE, at=None),
        ),
        self_inspecting.SelfInspectionReported: lambda _: (
            Deadline(kind=RESULT_OVERDUE, at=None),
        ),
        self_inspecting.SelfInspectionResultOverdue: lambda _: (
            Deadline(kind=RESULT_OVERDUE, at=None),
        ),
    },
)


async def require_self_inspection(
    plan_id: str,
    command: asked.RequireSelfInspection,
    journal: Journal,
    *,
    calendar: duty.Calendar,
) -> Decided:
    """Oblige all the named units, or none."""
    plan = await load(journal, PLAN, plan_id)
    decisions: dict[str, Decision] = {}
    for agency_id in sorted(set(command.agency_ids)):
        agency = await load(journal, AGENCY, agency_id)
        required = self_inspecting.SelfInspectionPlanRequired(
            self_inspection_id=f"{plan_id}.{agency_id}",
            plan_id=plan_id,
            agency_id=agency_id,
            agency_name=agency.unit.name if agency.unit else "",
            plan_due=duty.by(calendar, command.plan_due_on),
            result_due=duty.by(calendar, command.result_due_on),
            share_percent=command.share_percent,
            required_on=today(),
        )
        decisions[required.self_inspection_id] = partial(
            self_inspecting.require_self_inspection,
            required=required,
            plan=plan,
            unit=agency.unit,
        )
    done = await decide_many(journal, SELF_INSPECTION, decisions)
    return Decided(
        version=len(await journal.read(PLAN.stream(plan_id))),
        position=max(each.position for each in done.values()),
        events=[event for each in done.values() for event in each.events],
    )


async def issue_own_plan(
    self_inspection_id: str, command: asked.IssueOwnPlan, journal: Journal
) -> Decided:
    """Record the unit's own plan."""
    by_agency = agency_asking()

    def decision(
        duty: self_inspecting.SelfInspection,
    ) -> list[self_inspecting.SelfInspectionEvent]:
        issued = self_inspecting.SelfInspectionPlanIssued(
            self_inspection_id=self_inspection_id,
            plan_id="",
            agency_id=by_agency,
            document_number=command.document_number,
            mode=command.mode,
            divisions=command.divisions,
            divisions_total=command.divisions_total,
            issued_on=duty.plan_day(command.issued_on, today()),
            late=False,
        )
        return self_inspecting.issue_own_plan(duty, issued=issued, by_agency=by_agency)

    return await decide(journal, SELF_INSPECTION, self_inspection_id, decision)


async def report_self_inspection(
    self_inspection_id: str, command: asked.ReportSelfInspection, journal: Journal
) -> Decided:
    """Record what the unit found at home."""
    by_agency = agency_asking()

    def decision(
        duty: self_inspecting.SelfInspection,
    ) -> list[self_inspecting.SelfInspectionEvent]:
        reported = self_inspecting.SelfInspectionReported(
            self_inspection_id=self_inspection_id,
            plan_id="",
            agency_id=by_agency,
            document_number=command.document_number,
            sha256=command.sha256,
            divisions_inspected=command.divisions_inspected,
            findings=command.findings,
            short_by=0,
            reported_on=duty.report_day(command.reported_on, today()),
            late=False,
        )
        return self_inspecting.report_self_inspection(
            duty, reported=reported, by_agency=by_agency
        )

    return await decide(journal, SELF_INSPECTION, self_inspection_id, decision)


async def mark_self_plan_overdue(self_inspection_id: str, journal: Journal) -> Decided:
    """Answer the day that a unit's own plan was due."""
    return await _mark(self_inspection_id, self_inspecting.mark_plan_overdue, journal)


async def mark_self_result_overdue(
    self_inspection_id: str, journal: Journal
) -> Decided:
    """Answer the day that a result was due."""
    return await _mark(self_inspection_id, self_inspecting.mark_result_overdue, journal)


async def _mark(self_inspection_id: str, verb: Mark, journal: Journal) -> Decided:
    duty = await load(journal, SELF_INSPECTION, self_inspection_id)
    plan = await load(journal, PLAN, duty.required.plan_id if duty.required else "")
    decision = partial(verb, plan=plan)
    return await decide(journal, SELF_INSPECTION, self_inspection_id, decision)
