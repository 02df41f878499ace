"""Commands on good practices to decisions; no rule in here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from services.chassis.context import today
from services.chassis.deciding import Decided, decide, decide_many, load
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import INSPECTION, PRACTICE, ROUND
from services.inspection.handlers.inspecting import agency

Verb = Callable[[domain.Practice], list[domain.PracticeEvent]]


async def record_practice(
    practice_id: str, command: asked.RecordGoodPractice, journal: Journal
) -> Decided:
    """Record a good practice, of a round or of one inspection."""
    verb = await _seen(command, journal)
    return await decide(
        journal,
        PRACTICE,
        practice_id,
        partial(
            verb,
            practice_id=practice_id,
            name=command.name,
            description=command.description,
            adopters=command.adopters,
            on=today(),
        ),
    )


async def _seen(
    command: asked.RecordGoodPractice, journal: Journal
) -> Callable[..., list[domain.PracticeEvent]]:
    """Return the verb that records, with where the practice was seen."""
    if command.inspection_id is not None:
        inspection = await load(journal, INSPECTION, command.inspection_id)
        domain.disclosed_to(inspection, agency_id=agency())
        domain.impartial(inspection, agency_id=agency())
        return partial(domain.record_practice_of, inspection=inspection)
    seen_in = await load(journal, ROUND, command.round_id or "")
    domain.round_disclosed_to(seen_in, agency_id=agency())
    return partial(domain.record_practice, seen_in=seen_in)


async def note_practice(
    practice_id: str, command: asked.NotePractice, journal: Journal
) -> None:
    """Remember a good practice at the inspections of those who follow it."""
    note = partial(domain.note_practice, practice_id=practice_id)
    await decide_many(journal, INSPECTION, dict.fromkeys(command.inspection_ids, note))


async def pilot_practice(
    practice_id: str, command: asked.PilotPractice, journal: Journal
) -> Decided:
    """Try it at some units."""
    verb = partial(
        domain.pilot,
        units=command.where,
        start=command.start,
        end=command.end,
        on=today(),
    )
    return await decide(journal, PRACTICE, practice_id, verb)


async def propose_practice(
    practice_id: str, command: asked.ProposePractice, journal: Journal
) -> Decided:
    """Propose that others take it over."""
    verb = partial(
        domain.propose,
        scope=command.scope,
        text=command.text,
        on=today(),
        authority=agency(),
    )
    return await decide(journal, PRACTICE, practice_id, verb)


async def withdraw_practice(
    practice_id: str, command: asked.WithdrawPractice, journal: Journal
) -> Decided:
    """Take it off the register."""
    verb = partial(domain.withdraw_practice, reason=command.reason, on=today())
    return await decide(journal, PRACTICE, practice_id, verb)


async def note_adoption(
    practice_id: str, command: asked.NoteAdoption, journal: Journal
) -> Decided:
    """Remember that a unit took it over."""
    adoption = domain.AdoptionNoted(practice_id=practice_id, **command.model_dump())
    verb = partial(domain.note_adoption, adoption=adoption)
    return await decide(journal, PRACTICE, practice_id, verb)


async def note_effect(
    practice_id: str, command: asked.NoteEffect, journal: Journal
) -> Decided:
    """Remember what it changed at a unit."""
    effect = domain.EffectNoted(practice_id=practice_id, **command.model_dump())
    verb = partial(domain.note_effect, effect=effect)
    return await decide(journal, PRACTICE, practice_id, verb)
