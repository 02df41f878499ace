"""Heads of agencies to decisions; no rule in here."""

from __future__ import annotations

from functools import partial

from services.chassis.deciding import Decided, decide, load
from services.chassis.journal import Journal
from services.inspection import commands as asked
from services.inspection import domain
from services.inspection.handlers.aggregates import OFFICE


async def note_head(
    agency_id: str, command: asked.NoteHead, journal: Journal
) -> Decided:
    """Take note of who heads an agency."""
    noted = domain.HeadNoted(**dict(command))
    return await decide(
        journal, OFFICE, agency_id, partial(domain.note_head, noted=noted)
    )


async def office_of(
    inspection: domain.Inspection, journal: Journal, *, finding_id: str | None = None
) -> domain.Office:
    """Return who heads the inspected unit, or the one that a finding was made at."""
    raised = inspection.findings.get(finding_id) if finding_id else None
    if raised is not None:
        return await load(journal, OFFICE, raised.agency_id)
    if inspection.planned is None:
        return domain.Office()
    return await load(journal, OFFICE, inspection.planned.terms.agency_id)
