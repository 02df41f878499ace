"""Commands on good practices to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.context import today
from services.chassis.deciding import Decided, decide, decide_many, load
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import INSPECTION, PRACTICE, ROUND
from services.inspection.handlers.inspecting import agency


async def record_practice(
    practice_id: str, command: asked.RecordGoodPractice, journal: Journal
) -> Decided:
    """Record a good practice of a round."""
    seen_in = await load(journal, ROUND, command.round_id)
    domain.round_disclosed_to(seen_in, agency_id=agency())
    return await decide(
        journal,
        PRACTICE,
        practice_id,
        partial(
            domain.record_practice,
            practice_id=practice_id,
            seen_in=seen_in,
            name=command.name,
            description=command.description,
            adopters=command.adopters,
            on=today(),
        ),
    )


async def note_practice(
    practice_id: str, command: asked.NotePractice, journal: Journal
) -> None:
    """Remember a good practice at the inspections of those who follow it."""
    note = partial(domain.note_practice, practice_id=practice_id)
    await decide_many(journal, INSPECTION, dict.fromkeys(command.inspection_ids, note))
