"""What may be asked of a visit, from the order to its minutes."""

from __future__ import annotations

from services.chassis.commanding import Command
from services.inspection import domain
from services.inspection.commands.fields import Heard, Text, Word


class PlanInspection(Heard):
    """Take up the inspection that planning ordered."""

    terms: domain.Terms


class NotifyUnit(Command):
    """Tell the unit of its inspection (thông báo lịch kiểm tra)."""

    outline: Text | None = None


class StartVisit(Command):
    """Arrive at the unit (công bố quyết định, bắt đầu buổi làm việc)."""

    site: Text | None = None
    decision_number: Word | None = None


class CompleteVisit(Command):
    """End the visit (kết thúc buổi làm việc)."""

    points: tuple[Word, ...] = ()


class SignMinutes(Command):
    """Record the signed minutes (ký biên bản)."""

    document_number: Word
    sha256: str
    signed_by_unit_ref: Word | None = None


class RefuseMinutes(Command):
    """Record that the unit refused to sign the minutes."""

    document_number: Word
    reason: Text
    witness_ref: Word
