"""How far everything is: exact enough to say that nothing is left to do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from services.chassis.bus import TopicPartition
from services.chassis.clock import ClockNotSet, system_clock
from services.chassis.journal import Waiting
from services.chassis.operating.health import Health

if TYPE_CHECKING:
    from services.chassis.consumer import Consumer, OwnConsumer, Standing
    from services.chassis.running.parts import Parts

COUNTS = (
    "source_pos",
    "next_offset",
    "consumed",
    "applied",
    "duplicate",
    "ignored",
    "ignored_by_reason",
    "parked",
    "gap_held",
    "parked_now",
    "waiting_cause",
    "oldest_parked_seconds",
    "gap_seconds",
)


async def lag_of(health: Health, parts: Parts) -> dict[str, Any]:
    """Return where journal, relay, consumers, views, timers and intents stand."""
    # The journal's head first: whatever comes later can only be further.
    head = await parts.journal.head()
    relay, own, views, timers, owed, *heard = await asyncio.gather(
        parts.relay.status(_now(parts)),
        _own(parts.own, head),
        parts.projector.pending(head),
        _timers(parts),
        parts.dispatcher.pending(),
        *(_consumer(health, consumer) for consumer in parts.consumers),
    )
    return {
        "service": parts.service.name,
        "journal": {"head": head},
        "relay": {
            "state": relay.state,
            "pending": relay.pending,
            "position": relay.position,
            "seconds": relay.oldest_pending_seconds,
            "topics": {
                topic: {str(part): last for part, last in enumerate(positions)}
                for topic, positions in relay.last.items()
            },
        },
        "consumers": {
            consumer.name: found
            for consumer, found in zip(parts.consumers, heard, strict=True)
        },
        "views": {
            "position": parts.projector.position,
            "pending": views,
            "seconds": await _age(parts, parts.projector.position, views),
        },
        "own": own | {"seconds": await _age(parts, own["position"], own["pending"])},
        "timers": {"due": timers.due, "parked": timers.parked},
        "intents": {"pending": owed.pending, "failed": owed.failed},
        "clock": _clock(parts),
    }


async def _consumer(health: Health, consumer: Consumer) -> dict[str, Any]:
    ends = health.bus.ends() if health.bus else {}
    topics: dict[str, Any] = {topic: {} for topic in consumer.topics}
    for one in await consumer.status():
        at = TopicPartition(one.topic, one.partition)
        seen = health.progress.get((consumer.name, at))
        since = seen.behind_since if seen else None
        end = ends.get(at, one.next_offset)
        lag, rate = max(end - one.next_offset, 0), seen.rate if seen else 0.0
        topics.setdefault(one.topic, {})[str(one.partition)] = {
            **_counts(one),
            "end": end,
            "lag_events": lag,
            "lag_seconds": 0.0 if since is None else time.monotonic() - since,
            "rate": rate,
            "eta_seconds": eta(lag, rate),
        }
    return topics


def eta(lag: int, rate: float) -> float | None:
    """Return in how many seconds nothing lags at this rate; None: nobody can say."""
    if not lag:
        return 0.0
    return lag / rate if rate else None


async def _age(parts: Parts, position: int, pending: int) -> float:
    """Return for how long the first event past *position* has waited."""
    first = await parts.journal.after(position, 1) if pending else []
    waited = [(_now(parts) - event.recorded_at).total_seconds() for event in first]
    return max([0.0, *waited])


async def _own(own: OwnConsumer | None, head: int) -> dict[str, Any]:
    if own is None:
        return {"pending": 0, "position": 0, "parked": 0}
    standing = await own.status()
    position = max((one.source_pos for one in standing), default=0)
    return {
        "pending": 0 if position >= head else await own.pending(),
        "position": position,
        "parked": sum(one.parked_now for one in standing),
        **_sums(standing),
    }


def _sums(standing: Sequence[Standing]) -> dict[str, int]:
    names = ("consumed", "applied", "duplicate", "ignored")
    return {name: sum(getattr(one, name) for one in standing) for name in names}


async def _timers(parts: Parts) -> Waiting:
    try:
        return await parts.timers.pending(parts.clock())
    except ClockNotSet:
        return Waiting(due=0, parked=0, next_at=None)


def _counts(one: Standing) -> dict[str, Any]:
    return {name: getattr(one, name) for name in COUNTS}


def _now(parts: Parts) -> datetime:
    """Return the moment by the clock that everything is recorded by."""
    try:
        return parts.clock()
    except ClockNotSet:  # nothing was recorded yet
        return system_clock()


def _clock(parts: Parts) -> str | None:
    try:
        return parts.clock().isoformat()
    except ClockNotSet:
        return None
