"""What may be asked of what comes in between: delay, end, refusal, another point."""

from __future__ import annotations

from datetime import date
from typing import Literal

from services.chassis.commanding import Command
from services.inspection.commands.fields import Text, Word

Delay = Literal["ILLNESS", "RAIN", "WORK", "OVERLAP", "REQUEST_OF_UNIT", "OTHER"]


class PostponeInspection(Command):
    """Put an inspection off to another day (hoãn)."""

    reason: Delay
    planned_on: date
    remark: Text | None = None


class HeedNewDay(Command):
    """Take over the day that the plan was changed to."""

    reason: str
    planned_on: date


class CancelInspection(Command):
    """Call an inspection off (hủy)."""

    reason: Text


class RefuseVisit(Command):
    """Record that the unit did not let the team work (cản trở)."""

    reason: Text
    witness_ref: Word | None = None


class VisitPoint(Command):
    """Be at one more point of the unit (điểm kiểm tra)."""

    point: Word
