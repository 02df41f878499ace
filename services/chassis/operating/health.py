"""What is known of a process' health: its state, its parts, whether it moves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from services.chassis.bus import TopicPartition
from services.chassis.errors import Unavailable
from services.chassis.holding import LOOK, Hold
from services.chassis.logging import log

if TYPE_CHECKING:
    from services.chassis.bus.kafka import KafkaBus
    from services.chassis.consumer import Consumer
    from services.chassis.running.parts import Parts

State = Literal["starting", "ready", "draining"]
Where = tuple[str, TopicPartition]  # a consumer, one of its partitions
BEAT = 1.0
SUMMARY = 10  # beats
LOOP_SECONDS = 10.0
STUCK_SECONDS = 120.0
WRITABLE = (
    "SELECT NOT pg_is_in_recovery()"
    " AND NOT current_setting('transaction_read_only')::boolean"
)


@dataclass(slots=True)
class Progress:
    """Where a partition stands: how much it lacks, since when it lacks and rests.

    ``rate`` is messages a second between the last two looks.
    """

    offset: int
    at: float = 0.0
    rate: float = 0.0
    behind: int = 0
    behind_since: float | None = None
    still_since: float | None = None


@dataclass(slots=True, kw_only=True)
class Health:
    """The present state of one process; the operator's port answers from it."""

    service: str
    state: State = "starting"
    parts: Parts | None = None
    bus: KafkaBus | None = None
    halted: dict[str, str] = field(default_factory=dict)
    again: Callable[[], None] = lambda: None  # start again what halted so
    since: float = field(default_factory=time.monotonic)
    progress: dict[Where, Progress] = field(default_factory=dict)
    beaten: float = field(default_factory=time.monotonic)

    def became(self, state: State) -> None:
        """Note another state."""
        self.state, self.since = state, time.monotonic()

    async def beat(self) -> None:
        """Show that the loop runs, watch that the consumers move, until cancelled."""
        beats = 0
        while True:
            self.beaten = time.monotonic()
            if beats % LOOK == 0 and self.parts:
                with suppress(Unavailable):  # what was held stays so
                    await self.parts.holds.refresh()
            if beats % SUMMARY == 0:
                await self._look()
            beats += 1
            await asyncio.sleep(BEAT)

    def dead(self) -> list[str]:
        """Return why the process should be started again; touches no dependency."""
        now = time.monotonic()
        found = []
        if self.state == "ready" and now - self.beaten > LOOP_SECONDS:
            found.append("the loop does not run")
        for (consumer, at), seen in self.progress.items():
            if seen.still_since is not None and now - seen.still_since > STUCK_SECONDS:
                found.append(f"{consumer} stands still in {at.topic}/{at.partition}")
        return found

    def degraded(self) -> list[str]:
        """Return what does not work while the rest does."""
        found = [f"{part} halted: {why}" for part, why in self.halted.items()]
        if self.parts is None:
            return found
        if self.parts.consumers and self.bus is None:
            found.append("Kafka is away: commands are taken, nothing is heard")
        if self.parts.relay.state == "failing":
            found.append("the relay cannot publish: it tries again")
        return found + [
            f"{consumer.name} is {consumer.state}"
            for consumer in self.parts.consumers
            if consumer.state not in {"running", "held"}
        ]

    def held(self) -> tuple[Hold, ...]:
        """Return what stands still on purpose: it works, and is not stuck."""
        return self.parts.holds.all() if self.parts else ()

    async def unready(self) -> list[str]:
        """Return why no request should come here."""
        if self.state != "ready" or self.parts is None:
            return [self.state]
        try:
            async with asyncio.timeout(2):
                writable = await self.parts.database.fetchval(WRITABLE)
        except (Unavailable, TimeoutError):
            return ["Postgres does not answer"]
        return [] if writable else ["Postgres cannot be written to"]

    async def _look(self) -> None:
        """Note where the consumers stand; if Postgres is away, nothing is known."""
        for consumer in self.parts.consumers if self.parts else ():
            try:
                await self._watch(consumer)
            except Unavailable:
                self.progress.clear()

    async def _watch(self, consumer: Consumer) -> None:
        standing = await consumer.status()
        ends = self.bus.ends() if self.bus else {}
        for one in standing:
            at = TopicPartition(one.topic, one.partition)
            end = ends.get(at, one.next_offset)
            moving = consumer.state == "running" and not consumer.rests(at)
            self._note((consumer.name, at), one.next_offset, end, moving=moving)
        log(
            "consumer.summary",
            consumer=consumer.name,
            applied=sum(one.applied for one in standing),
            duplicate=sum(one.duplicate for one in standing),
            parked=sum(one.parked_now for one in standing),
            lag=sum(
                seen.behind
                for (name, _), seen in self.progress.items()
                if name == consumer.name
            ),
        )

    def _note(self, where: Where, offset: int, end: int, *, moving: bool) -> None:
        """Note one partition; who pauses on purpose does not stand still."""
        now, before = time.monotonic(), self.progress.get(where)
        seen = Progress(offset, at=now, behind=max(end - offset, 0))
        if before and now > before.at:
            seen.rate = max(offset - before.offset, 0) / (now - before.at)
        if seen.behind:
            seen.behind_since = (before and before.behind_since) or now
            if moving:
                resting = before if before and before.offset == offset else None
                seen.still_since = (resting and resting.still_since) or now
        self.progress[where] = seen
