"""What may be asked to be recorded at the unit."""

from __future__ import annotations

from datetime import date

from services.chassis.commanding import Command
from services.inspection import domain
from services.inspection.commands.fields import EvidenceGiven, Text, Word


class AssessContent(Command):
    """Assess a content item (đánh giá nội dung kiểm tra)."""

    item: Word
    rating: domain.Rating
    remark: Text | None = None
    strength: bool = False
    evidence: tuple[EvidenceGiven, ...] = ()
    progress: domain.Rating | None = None
    effectiveness: domain.Rating | None = None
    quality: domain.Rating | None = None
    task_source: domain.TaskSource | None = None
    directive_ref: Text | None = None

    def value(self) -> domain.Assessment:
        """Return it as the domain knows it."""
        return domain.Assessment(
            item=self.item,
            rating=self.rating,
            remark=self.remark,
            strength=self.strength,
            evidence=tuple(given.value() for given in self.evidence),
            progress=self.progress,
            effectiveness=self.effectiveness,
            quality=self.quality,
            task_source=self.task_source,
            directive_ref=self.directive_ref,
        )


class RecordMetric(Command):
    """Record a figure of the unit (ghi nhận số liệu)."""

    code: Word
    numerator: int
    denominator: int | None = None
    as_of: date | None = None
    source_system: Word

    def value(self, today: date) -> domain.Metric:
        """Return it as the domain knows it; without a day it holds for *today*."""
        return domain.Metric(
            code=self.code,
            numerator=self.numerator,
            denominator=self.denominator,
            as_of=self.as_of or today,
            source_system=self.source_system,
        )


class AssessCarriedOver(Command):
    """Say how an open item of earlier inspections stands now."""

    item_ref: Word
    result: domain.CarriedOverResult
    remark: Text | None = None


class ReferMisconduct(Command):
    """Pass misconduct on to whom it belongs; by reference, never a name."""

    to_authority: Word
    reference: Text
