"""What may be asked when an agency has ended."""

from __future__ import annotations

from datetime import date

from services.chassis.commanding import Command
from services.remediation.commands.values import Id, Text
from services.remediation.domain import Candidate, Concerns


class NoteEnd(Command):
    """Take note that the registry ended an agency."""

    agency_id: str
    name: str
    candidates: tuple[Candidate, ...]
    automatic_to: str | None
    effective_on: date
    legal_ref: str


class HandDirectiveOver(Command):
    """Decide of whom a directive is asked in the place of an agency that ended."""

    from_agency: Id
    to_agency: Id
    reason: Text


class HandUpwardOver(Command):
    """Decide who answers in the place of an agency that ended."""

    to_agency: Id
    reason: Text


class HandOver(Command):
    """Decide which agency takes a case on (bàn giao)."""

    to_agency: Id
    reason: Text
    concerns: Concerns = Concerns.UNIT
