"""What may be asked about the date of a case."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.commanding import Command
from services.remediation.commands.values import Due, Id, Text, Word


class ExtendDeadline(Command):
    """Give more time (gia hạn), asked for before or after the due date."""

    requested_on: date
    reason: str = Field(min_length=1)
    due: Due


class RequestExtension(Command):
    """Ask for more time: what is done so far, why, until when, what helps meanwhile."""

    request_id: Id
    done_so_far: Text
    reason: Text
    due: Due
    interim_measure: Text | None = None


class ApproveExtension(Command):
    """Give the time that was asked for, or another one."""

    request_id: Id
    due: Due | None = None


class RefuseExtension(Command):
    """Turn a request for more time down."""

    request_id: Id
    reason: Text


class RecalculateDeadline(Command):
    """Count a date again by the official calendar of that version."""

    calendar_version: Word


class RunRecalculation(Command):
    """Count all open dates again by that calendar, or of one plan; or only try it."""

    calendar_version: Word
    plan_id: Id | None = None
    dry_run: bool = False


class OpenCarryOver(Command):
    """Take the open cases of a plan into another year's (chuyển sang năm sau)."""

    from_plan_id: Id
    year: int = Field(ge=2000, le=2100)
