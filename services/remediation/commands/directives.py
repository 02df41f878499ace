"""What may be asked of what is asked of many, and of higher levels."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, FiniteFloat

from services.chassis.commanding import Command
from services.remediation import domain
from services.remediation.commands.values import Due, Id, Text, Word


class GiveDirective(Command):
    """Record what is asked of units without a date."""

    words: domain.Said


class AskUpward(Command):
    """Record what is asked of a higher level; the plan's policy counts its default."""

    words: domain.UpwardRecommendationIssued
    policy: domain.Policy = domain.Policy()


class DirectReplication(Command):
    """Have others take a practice over: these units, or all of a kind (nhân rộng)."""

    practice_id: Id
    scope: Annotated[tuple[Id, ...], Field(max_length=4000)] | Word
    below: Id | None = None
    text: Text
    due: Due | None = None
    plan_id: str = Field(default="", max_length=120)
    round_id: str = Field(default="", max_length=120)


class AdoptReplication(Command):
    """Take the practice over (áp dụng mô hình)."""

    adopted_on: date | None = None
    remark: Text | None = None


class MeasureReplication(Command):
    """Say what the practice changed; a monitor says at whom."""

    metric: Word
    before: FiniteFloat
    after: FiniteFloat
    measured_on: date | None = None
    agency_id: Id | None = None
    source_system: Word | None = None


class AnswerUpward(Command):
    """Answer what a conclusion asked of a higher level."""

    text: Text
    document_number: Word | None = None
