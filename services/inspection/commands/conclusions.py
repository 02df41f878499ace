"""What may be asked of conclusions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from services.chassis.commanding import Command
from services.inspection import domain
from services.inspection.commands.fields import Id, Text, Word

Unit = Literal[domain.DueUnit, "calendar", "working"]
UNITS: dict[Unit, domain.DueUnit] = {
    "calendar": "calendar_days",
    "calendar_days": "calendar_days",
    "working": "working_days",
    "working_days": "working_days",
    "weeks": "weeks",
    "months": "months",
    "years": "years",
    "hours": "hours",
}


class StartClocks(Command):
    """Start the clock of each conclusion of a round that ended."""

    inspection_ids: tuple[str, ...]
    ended_on: date


class MarkConclusionOverdue(Command):
    """Answer the day that the conclusion was due."""

    at: datetime


class DueRuleGiven(Command):
    """By when: BY_DATE (on), DAYS (n, unit), END_OF_MONTH (year, month) and so on."""

    kind: domain.DueKind
    on: date | None = None
    n: int | None = None
    unit: Unit | None = None
    year: int | None = None
    month: int | None = None
    quarter: int | None = None

    def value(self) -> domain.DueRule:
        """Return it as the domain knows it."""
        return domain.DueRule(
            kind=self.kind,
            on=self.on,
            n=self.n,
            unit=UNITS[self.unit] if self.unit else None,
            year=self.year,
            month=self.month,
            quarter=self.quarter,
        )


class RecommendationMade(Command):
    """What the conclusion asks of the unit (kiến nghị)."""

    recommendation_id: Id
    finding_ids: tuple[Id, ...] = ()
    text: Text
    due: DueRuleGiven
    verifiable: bool = True

    def value(self) -> domain.Recommendation:
        """Return it as the domain knows it."""
        return domain.Recommendation(
            recommendation_id=self.recommendation_id,
            finding_ids=self.finding_ids,
            text=self.text,
            due=self.due.value(),
            verifiable=self.verifiable,
        )


class UpwardAsked(Command):
    """What the conclusion asks of a higher level (kiến nghị cấp trên), and by when."""

    recommendation_id: Id
    addressee: Id
    text: Text
    due: DueRuleGiven | None = None

    def value(self) -> domain.UpwardRecommendation:
        """Return it as the domain knows it."""
        return domain.UpwardRecommendation(
            recommendation_id=self.recommendation_id,
            addressee=self.addressee,
            text=self.text,
            due=self.due.value() if self.due else None,
        )


class NoActionTaken(Command):
    """Why a finding asks for nothing."""

    finding_id: Id
    reason: Text

    def value(self) -> domain.NoAction:
        """Return it as the domain knows it."""
        return domain.NoAction(finding_id=self.finding_id, reason=self.reason)


class IssueConclusion(Command):
    """Issue the conclusion (thông báo kết luận kiểm tra)."""

    document_number: Word
    issued_on: date | None = None
    recommendations: tuple[RecommendationMade, ...] = Field(
        default=(), max_length=1_000
    )
    no_action: tuple[NoActionTaken, ...] = ()
    explanation_waived: bool = False
    upward: tuple[UpwardAsked, ...] = Field(default=(), max_length=200)
