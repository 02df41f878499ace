"""What may be asked between unit and team: reports, data, guidance, explanations."""

from __future__ import annotations

from datetime import date

from services.chassis.commanding import Command
from services.inspection.commands.fields import EvidenceGiven, Id, Text, Word


class ReceiveReport(Command):
    """Hand the unit's report in (báo cáo của đơn vị)."""

    document_number: Word
    sha256: str
    received_on: date | None = None


class AttachMonitoringData(Command):
    """Put figures of monitoring to the file (kết quả theo dõi, đánh giá)."""

    source_system: Word
    period: Word | None = None
    reference: Text
    sha256: str
    summary: Text | None = None


class GiveGuidance(Command):
    """Show the unit how to do it, on the spot (hướng dẫn)."""

    guidance_id: Id
    text: Text
    item: Word | None = None
    to_roles: tuple[Word, ...] = ()


class Explain(Command):
    """Answer findings as the unit (giải trình)."""

    explanation_id: Id
    finding_ids: tuple[Id, ...] = ()
    text: Text
    evidence: tuple[EvidenceGiven, ...] = ()
    document_number: Word | None = None


class ConfirmFinding(Command):
    """Hold on to a finding after the unit has answered, or could have."""

    finding_id: Id
    remark: Text | None = None
