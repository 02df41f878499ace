"""What a checklist is made of (phiếu kiểm tra), and what comes of it at a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from services.inspection.domain.values.evidence import Evidence

Result = Literal["YES", "NO", "PARTLY", "NOT_APPLICABLE"]
Sense = Literal["AT_LEAST", "AT_MOST"]
Verdict = Literal["MET", "MISSED", "NOT_DUE"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A provision that an item rests on, and from when to when it is in force."""

    provision: str
    valid_from: date
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Say whether it is in force on a day; both ends belong to it."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to ask at the unit."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a figure is to reach, and from which day on (theo lộ trình đã quy định).

    ``target`` is in percent for a figure with a denominator, else a plain number.
    """

    code: str
    target: Decimal
    sense: Sense = "AT_LEAST"
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """A content item of a checklist: its basis, its questions, its figure."""

    code: str
    title: str
    legal_basis: tuple[Provision, ...] = ()
    questions: tuple[Question, ...] = ()
    metric: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered to one question at the unit."""

    item: str
    question: str
    result: Result
    remark: str | None = None
    evidence: tuple[Evidence, ...] = ()
