"""What those a plan names, and those who lead it, are told."""

from __future__ import annotations

from contracts.inspection import ConclusionOverdue
from contracts.planning import (
    PlanCoverageShort,
    PlanNotified,
    SelfInspectionPlanOverdue,
    SelfInspectionRequired,
    SelfInspectionResultOverdue,
)
from services.chassis.errors import CauseUnseen
from services.chassis.journal import Journal
from services.chassis.viewing import Row, Rows
from services.notification import queries
from services.notification.domain import day
from services.notification.handlers import PHRASES
from services.notification.subscriptions.telling import Words, known, named, tell


async def on_plan_notified(
    event: PlanNotified, journal: Journal, *, rows: Rows
) -> None:
    """Send the plan to each agency that it names."""
    plan = await _plan(rows, event.plan_id)
    issuer = await known(rows, plan["issuer"])
    lead = await known(rows, plan["lead_agency"])
    for agency_id in event.recipients:
        words = Words(
            template="plan-notice",
            about=event.plan_id,
            fields={
                "plan": event.plan_id,
                "document_number": plan["document_number"],
                "issued_on": day(plan["issued_on"]),
                "issuer": issuer["name"],
                "year": str(plan["year"]),
                "lead": lead["name"],
                "notified_on": day(event.notified_on),
                "programmes": named("programme", tuple(plan["programmes"])),
            },
            several=True,
        )
        await tell(await known(rows, agency_id), words, journal)


async def on_plan_coverage_short(
    event: PlanCoverageShort, journal: Journal, *, rows: Rows
) -> None:
    """Tell the lead agency how many units are missing, and of which kinds."""
    plan = await _plan(rows, event.plan_id)
    quotas = "\n".join(
        PHRASES.say(
            "quota.short",
            text=PHRASES.name("kind", quota.kind),
            n=quota.required,
            number=quota.covered,
        )
        for quota in event.quotas
    )
    words = Words(
        template="coverage-short",
        about=event.plan_id,
        fields={
            "plan": event.plan_id,
            "document_number": plan["document_number"],
            "checked_on": day(event.checked_on),
            "covered": str(event.covered),
            "short_by": str(event.short_by),
            "quotas": quotas,
        },
    )
    await tell(await known(rows, plan["lead_agency"]), words, journal)


async def on_conclusion_overdue(
    event: ConclusionOverdue, journal: Journal, *, rows: Rows
) -> None:
    """Tell the lead agency that a conclusion is late."""
    unit = await known(rows, event.agency_id)
    words = Words(
        template="conclusion-overdue",
        about=event.inspection_id,
        fields={
            "inspection": event.inspection_id,
            "plan": event.plan_id,
            "unit": unit["name"],
            "effective_due_on": day(event.effective_due_on),
            "overdue_from": day(event.overdue_from),
        },
    )
    await tell(await known(rows, event.lead_agency), words, journal)


async def on_self_inspection_required(
    event: SelfInspectionRequired, journal: Journal, *, rows: Rows
) -> None:
    """Tell the unit by when it has to plan, and to report."""
    share = event.share_percent
    words = Words(
        template="self-inspection-required",
        about=event.self_inspection_id,
        fields={
            "self_inspection": event.self_inspection_id,
            "plan": event.plan_id,
            "unit": event.agency_name,
            "plan_due_on": day(event.plan_due_on),
            "result_due_on": day(event.result_due_on),
            "share": PHRASES.say("self.share", n=share) if share else "",
        },
    )
    await tell(await known(rows, event.agency_id), words, journal)


async def on_self_inspection_plan_overdue(
    event: SelfInspectionPlanOverdue, journal: Journal, *, rows: Rows
) -> None:
    """Urge the unit to issue its plan."""
    await _late(rows, event, "self-inspection-plan-overdue", journal)


async def on_self_inspection_result_overdue(
    event: SelfInspectionResultOverdue, journal: Journal, *, rows: Rows
) -> None:
    """Urge the unit to report."""
    await _late(rows, event, "self-inspection-result-overdue", journal)


async def _late(
    rows: Rows,
    event: SelfInspectionPlanOverdue | SelfInspectionResultOverdue,
    template: str,
    journal: Journal,
) -> None:
    words = Words(
        template=template,
        about=event.self_inspection_id,
        fields={
            "self_inspection": event.self_inspection_id,
            "plan": event.plan_id,
            "unit": event.agency_name,
            "effective_due_on": day(event.effective_due_on),
            "overdue_from": day(event.overdue_from),
        },
    )
    await tell(await known(rows, event.agency_id), words, journal)


async def _plan(rows: Rows, plan_id: str) -> Row:
    found = await queries.plan(rows, plan_id)
    if found is None:
        raise CauseUnseen(f"planning has not told of {plan_id} yet")
    return found
