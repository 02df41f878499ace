"""Events of checklists (phiếu kiểm tra)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from contracts.event import Event, Value, Visibility


class Provision(Value):
    """A provision that an item rests on, and from when to when it is in force."""

    provision: str
    valid_from: date
    valid_to: date | None = None


class Question(Value):
    """One thing that is asked at the unit."""

    code: str
    text: str


class Target(Value):
    """What a figure is to reach, and from which day on.

    ``target`` is in percent where the figure has a denominator; ``sense`` AT_LEAST
    or AT_MOST.
    """

    code: str
    target: Decimal
    sense: str = "AT_LEAST"
    due: date | None = None


class ChecklistItem(Value):
    """A content item of a checklist: its basis, its questions, its figure."""

    code: str
    title: str
    legal_basis: tuple[Provision, ...] = ()
    questions: tuple[Question, ...] = ()
    metric: Target | None = None


class ChecklistPublished(Event):
    """A version of a checklist was published; ``sha256`` is of what it says."""

    TYPE: ClassVar[str] = "inspection.checklist-published.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    checklist_id: str
    version: int
    sha256: str
    title: str
    items: tuple[ChecklistItem, ...]
    published_on: date
    authority: str | None = None
