"""What inspection hears of agencies that end, and who goes on in their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.event import Event
from contracts.registry import AgencyDissolved, AgencySucceeded
from services.chassis.consumer import Reaction
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain, handlers
from services.inspection.subscriptions import memory


async def on_agency_succeeded(event: AgencySucceeded, journal: Journal) -> None:
    """Take note of who took an agency's place; the own journal then goes on."""
    heirs = tuple(
        domain.Heir(agency_id=it.agency_id, name=it.name, relation=it.relation)
        for it in event.successors
    )
    await _note_end(event, heirs, event.automatic_to, journal)
    await memory.on_agency_succeeded(event, journal)


async def on_agency_dissolved(event: AgencyDissolved, journal: Journal) -> None:
    """Take note that an agency ended without another in its place."""
    await _note_end(event, (), None, journal)


async def on_unit_ended(
    event: domain.UnitEnded, journal: Journal, *, lineage: domain.Lineage
) -> None:
    """Go on with a successor in what is not concluded, or ask with whom."""
    await handlers.outlive(event, journal, lineage=lineage)


async def on_planned(event: domain.InspectionPlanned, journal: Journal) -> None:
    """Go on at once if the unit was gone already."""
    await handlers.take_on(event.inspection_id, event.terms.agency_id, journal)


async def on_transferred(event: domain.InspectionTransferred, journal: Journal) -> None:
    """Ask the round's requests of the successor; go further on if it is gone too."""
    moved = asked.EnrolInspection(
        inspection_id=event.inspection_id, agency_id=event.agency_id
    )
    await handlers.move_unit(event.round_id, moved, journal)
    await handlers.take_on(event.inspection_id, event.agency_id, journal)


async def _note_end(
    event: AgencySucceeded | AgencyDissolved,
    heirs: tuple[domain.Heir, ...],
    automatic_to: str | None,
    journal: Journal,
) -> None:
    command = asked.NoteEnd(
        agency_id=event.agency_id,
        name=event.name,
        heirs=heirs,
        automatic_to=automatic_to,
        effective_on=event.effective_on,
        legal_ref=event.legal_ref,
    )
    await handlers.note_end(event.agency_id, command, journal)


ON: Mapping[type[Event], Reaction] = {
    AgencySucceeded: on_agency_succeeded,
    AgencyDissolved: on_agency_dissolved,
}
OWN: Mapping[type[Any], Reaction] = {
    domain.InspectionPlanned: on_planned,
    domain.InspectionTransferred: on_transferred,
}
