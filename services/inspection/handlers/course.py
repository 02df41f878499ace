"""Commands on what comes in between to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.context import HANOI, current, today
from services.chassis.deciding import Decided
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.inspecting import inspect, officer


async def postpone_inspection(
    inspection_id: str, command: asked.PostponeInspection, journal: Journal
) -> Decided:
    """Put the inspection off."""
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.postpone,
            reason=command.reason,
            planned_on=command.planned_on,
            remark=command.remark,
            on=today(),
        ),
    )


async def heed_new_day(
    inspection_id: str, command: asked.HeedNewDay, journal: Journal
) -> Decided:
    """Take over the day that the plan was changed to."""
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.heed_new_day,
            reason=command.reason,
            planned_on=command.planned_on,
            on=today(),
        ),
    )


async def heed_withdrawal(
    inspection_id: str, command: asked.CancelInspection, journal: Journal
) -> Decided:
    """Call off what an amendment took off the plan."""
    return await inspect(
        journal,
        inspection_id,
        partial(domain.heed_withdrawal, reason=command.reason, on=today()),
    )


async def cancel_inspection(
    inspection_id: str, command: asked.CancelInspection, journal: Journal
) -> Decided:
    """Call the inspection off."""
    return await inspect(
        journal,
        inspection_id,
        partial(domain.cancel, reason=command.reason, on=today()),
    )


async def refuse_visit(
    inspection_id: str, command: asked.RefuseVisit, journal: Journal
) -> Decided:
    """Record that the unit did not let the team work."""
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.refuse_visit,
            reason=command.reason,
            witness_ref=command.witness_ref,
            at=current().occurred_at.astimezone(HANOI),
            by=officer(),
        ),
    )


async def visit_point(
    inspection_id: str, command: asked.VisitPoint, journal: Journal
) -> Decided:
    """Be at one more point of the unit."""
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.visit_point,
            point=command.point,
            at=current().occurred_at.astimezone(HANOI),
            by=officer(),
        ),
    )
