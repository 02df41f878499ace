"""What may be asked of an official document: never to be edited."""

from __future__ import annotations

from datetime import date

from services.chassis.commanding import Command
from services.planning.commands.fields import Name


class ReplaceDocument(Command):
    """Put another document of the same form in its place."""

    document_number: Name
    reason: Name
    replaced_on: date | None = None


class CorrectDocument(Command):
    """Correct its format by a letter."""

    document_number: Name
    correction: Name
    corrected_on: date | None = None


class RecallDocument(Command):
    """Take a document back."""

    reason: Name
    recalled_on: date | None = None
