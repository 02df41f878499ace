"""Commands on difficulties to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.context import today
from services.chassis.deciding import Decided
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.inspecting import agency, asked_of, unit_or_team


async def report_difficulty(
    inspection_id: str, command: asked.ReportDifficulty, journal: Journal
) -> Decided:
    """Name a difficulty."""
    return await unit_or_team(
        journal,
        inspection_id,
        partial(domain.report_difficulty, difficulty=command.value(), on=today()),
    )


async def answer_difficulty(
    inspection_id: str, command: asked.AnswerDifficulty, journal: Journal
) -> Decided:
    """Answer a difficulty, as its addressee."""
    return await asked_of(
        journal,
        inspection_id,
        partial(
            domain.answer_difficulty,
            difficulty_id=command.difficulty_id,
            text=command.text,
            document_number=command.document_number,
            agency_id=agency(),
            on=today(),
        ),
    )
