"""What may be asked of good practices."""

from __future__ import annotations

from services.chassis.commanding import Command
from services.inspection.commands.fields import Id, Text


class NotePractice(Command):
    """Remember at each inspection the good practice that its unit has adopted."""

    inspection_ids: tuple[str, ...]


class RecordGoodPractice(Command):
    """Record a model worth following (mô hình hay, cách làm hay)."""

    round_id: Id
    name: Text
    description: Text | None = None
    adopters: tuple[Id, ...] = ()
