"""What inspection hears of who heads which agency."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.event import Event
from contracts.registry import HeadAppointed
from services.chassis.consumer import Reaction
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import handlers


async def on_head_appointed(event: HeadAppointed, journal: Journal) -> None:
    """Take note of the head, so that a finding can say who was in office."""
    command = asked.NoteHead.model_validate(event.model_dump())
    await handlers.note_head(event.agency_id, command, journal)


ON: Mapping[type[Event], Reaction] = {HeadAppointed: on_head_appointed}
