"""Verbs of difficulties: named by the unit, answered by who can remove them."""

from __future__ import annotations

from datetime import date

from services.inspection.domain.events import (
    DifficultyAnswered,
    DifficultyReported,
    InspectionEvent,
)
from services.inspection.domain.inspection import Inspection, going_on, undisclosed
from services.inspection.domain.refusals import InspectionRefused
from services.inspection.domain.values import Difficulty


def report_difficulty(
    inspection: Inspection, *, difficulty: Difficulty, on: date
) -> list[InspectionEvent]:
    """Name what keeps the unit from doing better, and who can remove it."""
    planned = going_on(inspection)
    if undisclosed(inspection):
        raise InspectionRefused("visit-not-started", "the unit does not know of it")
    before = inspection.folder.difficulties.get(difficulty.difficulty_id)
    if before is not None and before.difficulty == difficulty:
        return []
    if before is not None:
        raise InspectionRefused("difficulty-reported-otherwise", "the id is taken")
    return [
        DifficultyReported(
            inspection_id=planned.inspection_id,
            plan_id=planned.terms.plan_id,
            agency_id=planned.terms.agency_id,
            agency_name=planned.terms.agency_name,
            difficulty=difficulty,
            reported_on=on,
        )
    ]


def answer_difficulty(  # noqa: PLR0913  an answer is a document of these parts
    inspection: Inspection,
    *,
    difficulty_id: str,
    text: str,
    document_number: str | None,
    agency_id: str | None,
    on: date,
) -> list[InspectionEvent]:
    """Answer a difficulty: its addressee does, and nobody else."""
    planned = going_on(inspection)
    reported = inspection.folder.difficulties.get(difficulty_id)
    if reported is None:
        raise InspectionRefused("unknown-difficulty", f"nobody named {difficulty_id}")
    addressee = reported.difficulty.addressee
    if addressee != agency_id:
        raise InspectionRefused("not-the-addressee", f"{addressee} was asked")
    before = inspection.folder.answered.get(difficulty_id)
    if before is not None:
        if (before.text, before.document_number) == (text, document_number):
            return []
        raise InspectionRefused("difficulty-answered-otherwise", "it was answered")
    return [
        DifficultyAnswered(
            inspection_id=planned.inspection_id,
            plan_id=planned.terms.plan_id,
            agency_id=planned.terms.agency_id,
            difficulty_id=difficulty_id,
            addressee=addressee,
            text=text,
            answered_on=on,
            document_number=document_number,
        )
    ]
