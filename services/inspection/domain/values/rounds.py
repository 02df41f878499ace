"""What a round asks of all its units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RequestKind = Literal["STANDING_DUTY", "REPLICATION", "RECOMMENDATION"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRequest:
    """What a team asks of all units of a round, without a date (đề nghị chung)."""

    request_id: str
    kind: RequestKind
    text: str
    practice_id: str | None = None
    verifiable: bool = False
