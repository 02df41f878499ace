"""What may be asked of checklists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from services.chassis.commanding import Command
from services.inspection import domain
from services.inspection.commands.fields import EvidenceGiven, Id, Text, Word


class ProvisionCited(Command):
    """A provision, and from when to when it is in force."""

    provision: Text
    valid_from: date
    valid_to: date | None = None

    def value(self) -> domain.Provision:
        """Return it as the domain knows it."""
        return domain.Provision(
            provision=self.provision, valid_from=self.valid_from, valid_to=self.valid_to
        )


class QuestionAsked(Command):
    """One thing to ask at the unit."""

    code: Word
    text: Text

    def value(self) -> domain.Question:
        """Return it as the domain knows it."""
        return domain.Question(code=self.code, text=self.text)


class TargetSet(Command):
    """What a figure is to reach: in percent where it has a denominator."""

    code: Word
    target: Decimal = Field(ge=0, max_digits=15, decimal_places=4)
    sense: domain.Sense = "AT_LEAST"
    due: date | None = None

    def value(self) -> domain.Target:
        """Return it as the domain knows it; 90 and 90.0 are one target."""
        return domain.Target(
            code=self.code,
            target=Decimal(format(self.target.normalize(), "f")),
            sense=self.sense,
            due=self.due,
        )


class ItemListed(Command):
    """A content item of a checklist."""

    code: Word
    title: Text
    legal_basis: tuple[ProvisionCited, ...] = Field(default=(), max_length=100)
    questions: tuple[QuestionAsked, ...] = Field(default=(), max_length=500)
    metric: TargetSet | None = None

    def value(self) -> domain.ChecklistItem:
        """Return it as the domain knows it."""
        return domain.ChecklistItem(
            code=self.code,
            title=self.title,
            legal_basis=tuple(basis.value() for basis in self.legal_basis),
            questions=tuple(question.value() for question in self.questions),
            metric=self.metric.value() if self.metric else None,
        )


class PublishChecklist(Command):
    """Publish a version of a checklist (ban hành phiếu kiểm tra)."""

    version: int = Field(ge=1, le=10_000)
    title: Text
    items: tuple[ItemListed, ...] = Field(max_length=200)


class PinChecklist(Command):
    """Settle which version the visit goes by, before it starts."""

    checklist_id: Id
    version: int = Field(ge=1)
    sha256: str = ""

    def value(self) -> domain.ChecklistPin:
        """Return it as the domain knows it; without a hash any is right."""
        return domain.ChecklistPin(
            checklist_id=self.checklist_id, version=self.version, sha256=self.sha256
        )


class AnswerItem(Command):
    """Answer a question of the pinned checklist."""

    item: Word
    question: Word
    result: domain.Result
    remark: Text | None = None
    evidence: tuple[EvidenceGiven, ...] = ()

    def value(self) -> domain.Answer:
        """Return it as the domain knows it."""
        return domain.Answer(
            item=self.item,
            question=self.question,
            result=self.result,
            remark=self.remark,
            evidence=tuple(given.value() for given in self.evidence),
        )
