"""What the register of good practices hears, and what it does about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.event import Event
from contracts.remediation import ReplicationAdopted, ReplicationMeasured
from services.chassis.consumer import Reaction
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain, handlers


async def on_practice_recorded(
    event: domain.GoodPracticeRecorded, journal: Journal
) -> None:
    """Note the good practice at the inspections of those who follow it."""
    command = asked.NotePractice(inspection_ids=event.inspection_ids)
    await handlers.note_practice(event.practice_id, command, journal)


async def on_replication_adopted(event: ReplicationAdopted, journal: Journal) -> None:
    """Show who took a practice over, if it is one of the register."""
    if event.practice_id is not None:
        command = asked.NoteAdoption.model_validate(event.model_dump())
        await handlers.note_adoption(event.practice_id, command, journal)


async def on_replication_measured(event: ReplicationMeasured, journal: Journal) -> None:
    """Show what a practice changed, if it is one of the register."""
    if event.practice_id is not None:
        command = asked.NoteEffect.model_validate(event.model_dump())
        await handlers.note_effect(event.practice_id, command, journal)


ON: Mapping[type[Event], Reaction] = {
    ReplicationAdopted: on_replication_adopted,
    ReplicationMeasured: on_replication_measured,
}
OWN: Mapping[type[Any], Reaction] = {
    domain.GoodPracticeRecorded: on_practice_recorded,
}
