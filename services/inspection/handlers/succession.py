"""Succession to decisions: by itself, and by an authority.

The end of an agency is a stream of its own: an inspection that is ordered later, or at
the same moment, finds it there; one that was ordered before is found in the views.
"""

from __future__ import annotations

from functools import partial

from services.chassis.context import today
from services.chassis.deciding import Decided, decide, load
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import INSPECTION, STANDING
from services.inspection.handlers.inspecting import agency, asked_of


async def note_end(agency_id: str, command: asked.NoteEnd, journal: Journal) -> Decided:
    """Take note that an agency ended."""
    ended = domain.UnitEnded(**dict(command))
    return await decide(
        journal, STANDING, agency_id, partial(domain.note_unit_end, ended=ended)
    )


async def outlive(
    ended: domain.UnitEnded, journal: Journal, *, lineage: domain.Lineage
) -> None:
    """Go on with a successor in each inspection that the unit was waiting for."""
    seen = await journal.head()
    for inspection_id in await lineage.waiting_for(ended.agency_id, seen=seen):
        await _outlive(inspection_id, ended, journal)


async def take_on(inspection_id: str, agency_id: str, journal: Journal) -> None:
    """Go on at once if the unit ended before the inspection came to it."""
    standing = await load(journal, STANDING, agency_id)
    if standing.ended is not None:
        await _outlive(inspection_id, standing.ended, journal)


async def transfer_inspection(
    inspection_id: str,
    command: asked.TransferInspection,
    journal: Journal,
    *,
    lineage: domain.Lineage,
) -> Decided:
    """Decide with whom an inspection goes on."""
    name = await lineage.name_of(command.to_agency, on=today())
    if name is None:
        raise domain.InspectionRefused(
            "unknown-agency", f"{command.to_agency} does not exist today"
        )
    return await asked_of(
        journal,
        inspection_id,
        partial(
            domain.transfer,
            to_agency=command.to_agency,
            to_name=name,
            by_agency=agency(),
            reason=command.reason,
            on=today(),
        ),
    )


async def _outlive(
    inspection_id: str, ended: domain.UnitEnded, journal: Journal
) -> None:
    decision = partial(domain.outlive, ended=ended, on=today())
    await decide(journal, INSPECTION, inspection_id, decision)
