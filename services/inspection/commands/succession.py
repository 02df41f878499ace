"""What may be asked when an inspected unit has ended."""

from __future__ import annotations

from datetime import date

from services.chassis.commanding import Command
from services.inspection.commands.fields import Id, Text
from services.inspection.domain import Heir


class NoteEnd(Command):
    """Take note that the registry ended an agency."""

    agency_id: str
    name: str
    heirs: tuple[Heir, ...]
    automatic_to: str | None
    effective_on: date
    legal_ref: str


class TransferInspection(Command):
    """Decide with which successor the inspection goes on."""

    to_agency: Id
    reason: Text
