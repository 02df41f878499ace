"""Commands on a visit to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.context import HANOI, current, today
from services.chassis.deciding import Decided, decide
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import INSPECTION
from services.inspection.handlers.checklists import ordered_checklist
from services.inspection.handlers.inspecting import inspect, members_or_above, officer


async def plan_inspection(
    inspection_id: str, command: asked.PlanInspection, journal: Journal
) -> Decided:
    """Take up an ordered inspection."""
    return await decide(
        journal,
        INSPECTION,
        inspection_id,
        partial(domain.plan, inspection_id=inspection_id, terms=command.terms),
    )


async def notify_unit(
    inspection_id: str,
    command: asked.NotifyUnit,
    journal: Journal,
    *,
    calendar: domain.Calendar,
) -> Decided:
    """Tell the unit."""
    return await members_or_above(
        journal,
        inspection_id,
        partial(
            domain.notify_unit,
            outline=command.outline,
            on=today(),
            calendar=calendar,
        ),
    )


async def start_visit(
    inspection_id: str, command: asked.StartVisit, journal: Journal
) -> Decided:
    """Arrive at the unit."""
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.start_visit,
            at=current().occurred_at.astimezone(HANOI),
            site=command.site,
            by=officer(),
            decision_number=command.decision_number,
            checklist=await ordered_checklist(inspection_id, journal),
        ),
    )


async def complete_visit(
    inspection_id: str, command: asked.CompleteVisit, journal: Journal
) -> Decided:
    """End the visit."""
    return await inspect(
        journal,
        inspection_id,
        partial(domain.complete_visit, points=command.points),
    )


async def sign_minutes(
    inspection_id: str, command: asked.SignMinutes, journal: Journal
) -> Decided:
    """Record the signed minutes."""
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.sign_minutes,
            document_number=command.document_number,
            sha256=command.sha256,
            signed_by_unit_ref=command.signed_by_unit_ref,
            on=today(),
        ),
    )


async def refuse_minutes(
    inspection_id: str, command: asked.RefuseMinutes, journal: Journal
) -> Decided:
    """Record that the unit refused to sign."""
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.refuse_minutes,
            document_number=command.document_number,
            reason=command.reason,
            witness_ref=command.witness_ref,
            on=today(),
        ),
    )
