"""Events of rounds, and of the good practices seen on them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Value, Visibility


class RoundEnded(Event):
    """The round is over: the clock of its conclusions starts (TT 02/2017, Đ. 46)."""

    TYPE: ClassVar[str] = "inspection.round-ended.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    round_id: str
    plan_id: str
    ended_on: date
    inspection_ids: tuple[str, ...]


class RoundRequest(Value):
    """What the team asks of all units of a round, without a date.

    ``kind``: STANDING_DUTY, REPLICATION (``practice_id``), RECOMMENDATION.
    """

    request_id: str
    kind: str
    text: str
    verifiable: bool = False
    practice_id: str | None = None


class RoundRequestsIssued(Event):
    """The general requests of a round were issued (đề nghị chung)."""

    TYPE: ClassVar[str] = "inspection.round-requests-issued.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    round_id: str
    plan_id: str
    issued_on: date
    addressees: tuple[str, ...]
    requests: tuple[RoundRequest, ...]


class GoodPracticeRecorded(Event):
    """A model worth following was seen (mô hình hay, cách làm hay)."""

    TYPE: ClassVar[str] = "inspection.good-practice-recorded.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    practice_id: str
    round_id: str
    name: str
    description: str | None = None
    adopters: tuple[str, ...]
    recorded_on: date
