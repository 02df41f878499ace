"""What may be asked of a case."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from services.chassis.commanding import Command
from services.remediation import domain
from services.remediation.commands.values import Due, Id, Proof, Text, Word


class IssueRecommendation(Command):
    """Open a case for what a conclusion asks of a unit (kiến nghị)."""

    inspection_id: str
    plan_id: str
    finding_ids: tuple[str, ...]
    agency_id: str
    agency_name: str
    text: str
    issued_on: date
    due_rule: domain.DueRule
    policy: domain.Policy
    inspector_refs: tuple[str, ...] = ()


class LetFallDue(Command):
    """Answer every moment of a case up to this one; it is the deadline's, not now."""

    at: AwareDatetime


class MeasureTaken(Command):
    """One thing the unit will do."""

    what: Text
    by: date | None = None
    person_ref: Id | None = None


class SubmitPlan(Command):
    """Say how it will be remedied (kế hoạch khắc phục)."""

    measures: tuple[MeasureTaken, ...] = Field(max_length=100)
    document_number: Word | None = None


class ReportRemediation(Command):
    """Report what was done (báo cáo khắc phục)."""

    summary: Text
    evidence: tuple[Proof, ...] = Field(default=(), max_length=100)


class RecordReport(Command):
    """Enter a report that arrived on paper on a day before this one."""

    reported_on: date
    document_number: Word
    summary: Text
    evidence: tuple[Proof, ...] = Field(default=(), max_length=100)


class VerifyRemediation(Command):
    """Find the remedy good (xác minh); perhaps on a day before this one."""

    remark: str | None = None
    verified_on: date | None = None


class RejectRemediation(Command):
    """Find the remedy wanting; the original date holds again."""

    reason: str = Field(min_length=1)


class CloseCase(Command):
    """Close a case: refused unless it has been verified."""


class ReopenCase(Command):
    """Open an ended case again (mở lại), by a new date or the plan's default."""

    reason: Text
    due: Due | None = None


class WaiveCase(Command):
    """No longer ask for the remedy."""

    reason: Text
