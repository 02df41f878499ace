"""What may be asked when the registry tells of heads; only events ask it."""

from __future__ import annotations

from datetime import date

from services.inspection.commands.fields import Heard


class NoteHead(Heard):
    """Take note of who heads an agency."""

    agency_id: str
    person_ref: str
    title: str
    valid_from: date
    valid_to: date | None = None
