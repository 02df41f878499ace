"""Commands on conclusions to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.context import today
from services.chassis.deciding import Decided, decide, decide_many
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import INSPECTION
from services.inspection.handlers.inspecting import agency, inspect


async def start_clocks(
    command: asked.StartClocks, journal: Journal, calendar: domain.Calendar
) -> None:
    """Start the clocks of all conclusions of a round, or none."""
    start = partial(domain.start_clock, ended_on=command.ended_on, calendar=calendar)
    await decide_many(journal, INSPECTION, dict.fromkeys(command.inspection_ids, start))


async def issue_conclusion(
    inspection_id: str, command: asked.IssueConclusion, journal: Journal
) -> Decided:
    """Issue the conclusion."""
    return await inspect(
        journal,
        inspection_id,
        partial(
            domain.issue_conclusion,
            document_number=command.document_number,
            recommendations=tuple(r.value() for r in command.recommendations),
            no_action=tuple(n.value() for n in command.no_action),
            issued_on=command.issued_on,
            today=today(),
            authority=agency(),
            explanation_waived=command.explanation_waived,
            upward=tuple(asked.value() for asked in command.upward),
        ),
    )


async def mark_conclusion_overdue(
    inspection_id: str, command: asked.MarkConclusionOverdue, journal: Journal
) -> Decided:
    """Answer the day that the conclusion was due."""
    return await decide(
        journal,
        INSPECTION,
        inspection_id,
        partial(domain.mark_overdue, at=command.at),
    )
