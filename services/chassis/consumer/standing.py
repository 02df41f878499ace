"""How a consumer stands, for ``/lagz``: positions, ledger, what waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from services.chassis.bus import TopicPartition
from services.chassis.consumer.checkpoint import Checkpoint
from services.chassis.consumer.judging import (
    APPLIED,
    CONSUMED,
    DUPLICATE,
    GAP_HELD,
    IGNORED,
    PARKED,
)
from services.chassis.consumer.parking import Parking


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a consumer stands in one partition."""

    topic: str
    partition: int
    next_offset: int
    source_pos: int
    consumed: int
    applied: int
    duplicate: int
    ignored: int
    ignored_by_reason: dict[str, int]
    parked: int
    gap_held: int
    parked_now: int
    waiting_cause: int
    oldest_parked_seconds: float
    gap_seconds: float

    @property
    def adds_up(self) -> bool:
        """Say whether everything consumed is accounted for."""
        known = self.applied + self.duplicate + self.ignored
        return self.consumed == known + self.parked + self.gap_held


async def standing(checkpoint: Checkpoint, parking: Parking) -> list[Standing]:
    """Return how the consumer stands in each partition."""
    ledger = await checkpoint.ledger()
    waiting = {
        TopicPartition(row["topic"], row["part"]): row
        for row in await parking.waiting()
    }
    found = []
    for row in await checkpoint.rows():
        at = TopicPartition(row["topic"], row["part"])
        counts, waits = ledger.get(at, Counter()), waiting.get(at)
        ignored = {
            outcome.removeprefix(IGNORED): n
            for outcome, n in counts.items()
            if outcome.startswith(IGNORED)
        }
        found.append(
            Standing(
                topic=at.topic,
                partition=at.partition,
                next_offset=row["next_offset"],
                source_pos=row["source_pos"],
                consumed=counts[CONSUMED],
                applied=counts[APPLIED],
                duplicate=counts[DUPLICATE],
                ignored=sum(ignored.values()),
                ignored_by_reason=ignored,
                parked=counts[PARKED],
                gap_held=counts[GAP_HELD],
                parked_now=waits["parked"] if waits else 0,
                waiting_cause=waits["waiting"] if waits else 0,
                oldest_parked_seconds=waits["oldest"] if waits else 0.0,
                gap_seconds=row["gap_seconds"] or 0.0,
            )
        )
    return found
