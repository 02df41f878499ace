"""What several commands are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, StringConstraints

from services.chassis.commanding import Command
from services.inspection import domain

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{1,120}$")]
Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Heard(Command):
    """What another service's event asks; what it will say one day is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class EvidenceGiven(Command):
    """A reference to a file, and its sha256."""

    reference: Text
    sha256: str = ""

    def value(self) -> domain.Evidence:
        """Return it as the domain knows it."""
        return domain.Evidence(reference=self.reference, sha256=self.sha256)
