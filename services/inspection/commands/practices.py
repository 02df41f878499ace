"""What may be asked of good practices."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from services.chassis.commanding import Command
from services.inspection.commands.fields import Heard, Id, Text


class NotePractice(Command):
    """Remember at each inspection the good practice that its unit has adopted."""

    inspection_ids: tuple[str, ...]


class RecordGoodPractice(Command):
    """Record a model worth following, of a round or of one inspection (mô hình hay)."""

    round_id: Id | None = None
    inspection_id: Id | None = None
    name: Text
    description: Text | None = None
    adopters: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _seen_somewhere(self) -> Self:
        if (self.round_id is None) is (self.inspection_id is None):
            raise ValueError("name a round or an inspection")
        return self


class PilotPractice(Command):
    """Try it at some units, for a time (triển khai thí điểm)."""

    where: tuple[Id, ...]
    start: date = Field(alias="from")
    end: date = Field(alias="to")


class ProposePractice(Command):
    """Propose that others take it over (đề xuất nhân rộng)."""

    scope: tuple[Id, ...] = ()
    text: Text


class WithdrawPractice(Command):
    """Take it off the register, with the reason."""

    reason: Text


class NoteAdoption(Heard):
    """Remember that a unit took it over."""

    directive_id: str
    agency_id: str
    adopted_on: date
    remark: str | None = None


class NoteEffect(Heard):
    """Remember what it changed at a unit."""

    directive_id: str
    agency_id: str
    metric: str
    before: float
    after: float
    measured_on: date
    source_system: str | None = None
