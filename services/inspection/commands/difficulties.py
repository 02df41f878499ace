"""What may be asked of difficulties."""

from __future__ import annotations

from services.chassis.commanding import Command
from services.inspection import domain
from services.inspection.commands.fields import Id, Text, Word


class ReportDifficulty(Command):
    """Name a difficulty that somebody above can remove (khó khăn, vướng mắc)."""

    difficulty_id: Id
    text: Text
    addressee: Id

    def value(self) -> domain.Difficulty:
        """Return it as the domain knows it."""
        return domain.Difficulty(
            difficulty_id=self.difficulty_id, text=self.text, addressee=self.addressee
        )


class AnswerDifficulty(Command):
    """Answer a difficulty, as its addressee (tháo gỡ vướng mắc)."""

    difficulty_id: Id
    text: Text
    document_number: Word | None = None
