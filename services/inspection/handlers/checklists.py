"""Commands on checklists to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.context import today
from services.chassis.deciding import Decided, decide, load
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import CHECKLIST, INSPECTION
from services.inspection.handlers.inspecting import (
    agency,
    inspect,
    members_or_above,
    officer,
)


async def publish_checklist(
    checklist_id: str, command: asked.PublishChecklist, journal: Journal
) -> Decided:
    """Publish a version of a checklist."""
    return await decide(
        journal,
        CHECKLIST,
        checklist_id,
        partial(
            domain.publish_checklist,
            checklist_id=checklist_id,
            version=command.version,
            title=command.title,
            items=tuple(item.value() for item in command.items),
            on=today(),
            authority=agency(),
        ),
    )


async def pin_checklist(
    inspection_id: str, command: asked.PinChecklist, journal: Journal
) -> Decided:
    """Settle which version the visit goes by."""
    checklist = await load(journal, CHECKLIST, command.checklist_id)
    verb = partial(domain.pin_checklist, pin=command.value(), checklist=checklist)
    return await members_or_above(journal, inspection_id, verb)


async def answer_item(
    inspection_id: str, command: asked.AnswerItem, journal: Journal
) -> Decided:
    """Answer a question of the pinned checklist."""
    return await inspect(
        journal,
        inspection_id,
        partial(domain.answer_item, answer=command.value(), by=officer()),
    )


async def ordered_checklist(
    inspection_id: str, journal: Journal
) -> domain.Checklist | None:
    """Return the checklist that the order names; None: it names none."""
    planned = (await load(journal, INSPECTION, inspection_id)).planned
    pin = planned.terms.checklist if planned else None
    if pin is None:
        return None
    return await load(journal, CHECKLIST, pin.checklist_id)
