"""What may be asked of a unit's memory of findings; only events ask it."""

from __future__ import annotations

from datetime import date

from services.chassis.commanding import Command
from services.inspection import domain


class RememberFinding(Command):
    """Put a finding to memory, and see whether it is a repeat."""

    finding: domain.FindingRemembered


class ForgetFinding(Command):
    """Let a finding that was taken back count no more."""

    finding_id: str


class RememberRemedies(Command):
    """Put to memory what was asked for."""

    remedies: tuple[domain.RemedyRemembered, ...]


class NamePredecessor(Command):
    """Let a unit answer for the findings of one whose place it took."""

    predecessor_id: str
    effective_on: date
