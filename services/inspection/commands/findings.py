"""What may be asked of findings."""

from __future__ import annotations

from datetime import date

from services.chassis.commanding import Command
from services.inspection import domain
from services.inspection.commands.fields import EvidenceGiven, Id, Text, Word


class CheckMade(Command):
    """A checkable point, and how it came out."""

    code: Word
    result: bool | str


class ResponsibleNamed(Command):
    """Who in the unit answers for a finding, as far as it is known."""

    head_ref: Word | None = None
    roles: tuple[Word, ...] = ()
    person_ref: Word | None = None


class ListCompared(Command):
    """An approved list, and what of it was missing (đối chiếu danh mục)."""

    document: Text
    missing_codes: tuple[Word, ...] = ()

    def value(self) -> domain.ApprovedList:
        """Return it as the domain knows it."""
        return domain.ApprovedList(
            document=self.document, missing_codes=self.missing_codes
        )


class RaiseFinding(Command):
    """Record a shortcoming (ghi nhận tồn tại, hạn chế)."""

    finding_id: Id
    item: Word
    kind: domain.FindingKind
    description: Text
    legal_basis: tuple[str, ...] = ()
    evidence: tuple[EvidenceGiven, ...] = ()
    cause: Text | None = None
    responsible: ResponsibleNamed = ResponsibleNamed()
    repeat_of: Id | None = None
    finding_group_id: Id | None = None
    checks: tuple[CheckMade, ...] = ()
    backlog_until: date | None = None
    approved_list: ListCompared | None = None
    cause_kind: domain.CauseKind | None = None
    proposed_measure: Text | None = None

    def value(self) -> domain.Finding:
        """Return it as the domain knows it."""
        compared = self.approved_list
        return domain.Finding(
            finding_id=self.finding_id,
            item=self.item,
            kind=self.kind,
            description=self.description,
            legal_basis=self.legal_basis,
            evidence=tuple(given.value() for given in self.evidence),
            cause=self.cause,
            head_ref=self.responsible.head_ref,
            roles=self.responsible.roles,
            repeat_of=self.repeat_of,
            finding_group_id=self.finding_group_id,
            checks=tuple(
                domain.Check(code=made.code, result=made.result) for made in self.checks
            ),
            backlog_until=self.backlog_until,
            approved_list=compared.value() if compared else None,
            cause_kind=self.cause_kind,
            proposed_measure=self.proposed_measure,
            person_ref=self.responsible.person_ref,
        )


class RectifyOnSite(Command):
    """Put a finding right while the team is there (chấn chỉnh ngay)."""

    finding_id: Id
    how: Text
    evidence: tuple[EvidenceGiven, ...] = ()


class DetermineAccountability(Command):
    """Say how far the head answers (xác định trách nhiệm người đứng đầu)."""

    finding_id: Id
    head_ref: Word | None = None
    liability: domain.Liability
    reason: Text

    def value(self) -> domain.HeadLiability:
        """Return it as the domain knows it."""
        return domain.HeadLiability(
            finding_id=self.finding_id,
            head_ref=self.head_ref,
            liability=self.liability,
            reason=self.reason,
        )


class WithdrawFinding(Command):
    """Take a finding back."""

    finding_id: Id
    reason: Text
