"""Values that several commands hold."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.chassis.commanding import Command
from services.remediation import domain

Id = Annotated[str, Field(min_length=1, max_length=120)]
Text = Annotated[str, Field(min_length=1, max_length=10_000)]
Word = Annotated[str, Field(min_length=1, max_length=200)]
Kind = Literal[
    "BY_DATE",
    "BEFORE_DATE",
    "DAYS",
    "START_OF_MONTH",
    "MIDDLE_OF_MONTH",
    "END_OF_MONTH",
    "END_OF_QUARTER",
    "START_OF_YEAR",
    "MIDDLE_OF_YEAR",
    "END_OF_YEAR",
    "DEFAULT",
    "NONE",
]
Unit = Literal[
    "calendar",
    "working",
    "calendar_days",
    "working_days",
    "weeks",
    "months",
    "years",
    "hours",
]


class Due(Command):
    """By when, in the words of officials: each kind with the fields it needs."""

    kind: Kind
    on: date | None = None
    n: int | None = Field(default=None, ge=1, le=3660)
    unit: Unit | None = None
    year: int | None = Field(default=None, ge=2000, le=2999)
    quarter: int | None = Field(default=None, ge=1, le=4)
    month: int | None = Field(default=None, ge=1, le=12)

    def rule(self) -> domain.DueRule:
        """Return it as the domain knows it."""
        return domain.DueRule(**self.model_dump())


class Proof(Command):
    """What a report rests on: a reference and the file's sha256."""

    reference: str = Field(min_length=1, max_length=500)
    sha256: str = Field(max_length=128)

    def value(self) -> domain.Evidence:
        """Return it as the domain knows it."""
        return domain.Evidence(reference=self.reference, sha256=self.sha256)
