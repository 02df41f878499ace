"""Parked keys are tried again, in order, until they go or wait for somebody."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from services.chassis.bus import TopicPartition
from services.chassis.consumer.engine import Engine
from services.chassis.consumer.hearing import Fault, Item
from services.chassis.consumer.judging import APPLIED, IGNORED, PARKED
from services.chassis.consumer.parking import WAITING_CAUSE, ParkedKey, place_of
from services.chassis.logging import log
from services.chassis.pausing import until
from services.chassis.postgres import Row

AT_ONCE = 100
SOON, IDLE = 0.05, 2.0  # what is parked here wakes us; an operator does not
GAP_SECONDS = 30.0

Reread = Callable[[Row], Awaitable[Item]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrier:
    """Tries the parked keys of one consumer again; *reread* makes items of rows."""

    engine: Engine
    reread: Reread
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    named: dict[str, float] = field(default_factory=dict)

    async def run(self) -> None:
        """Try again and again, until cancelled; what fails is tried later."""
        revived = False
        while True:
            self.woken.clear()
            pause = IDLE
            try:
                if not revived:
                    await self.engine.parking.revive()
                    revived = True
                pause = await self._tend()
            except Exception as error:  # noqa: BLE001 - the edge: it ends the round
                consumer = self.engine.consumer
                log("consumer.paused", consumer=consumer, pause=pause, error=error)
            await until(self.woken, pause)

    async def release_due(self) -> int:
        """Try keys until none's time has come; return how many messages went."""
        released = 0
        while (went := await self._try_one()) is not None:
            released += went
        return released

    async def _tend(self) -> float:
        """Release what is due, name the gaps; return how long to rest after it."""
        parking = self.engine.parking
        rest = await parking.next_in()
        if rest is not None and rest <= 0:
            await self.release_due()
            rest = await parking.next_in()
        await self._name_gaps()
        return IDLE if rest is None else min(max(rest, SOON), IDLE)

    async def _name_gaps(self) -> None:
        """Alarm for what is awaited for long, once in that time."""
        for gap in await self.engine.checkpoint.gaps(GAP_SECONDS):
            place, seconds = f"{gap['topic']}/{gap['part']}", gap["seconds"]
            if 0 <= seconds - self.named.get(place, -GAP_SECONDS) < GAP_SECONDS:
                continue
            self.named[place] = seconds
            log(
                "checkpoint.gap",
                consumer=self.engine.consumer,
                partition=place,
                expected=gap["source_pos"],
                got=gap["gap_pos"],
                seconds=seconds,
            )

    async def _try_one(self) -> int | None:
        """Try a key; return how many of its messages went, None if none was due."""
        parking = self.engine.parking
        async with self.engine.database.transaction():
            parked = await parking.take()
            if parked is None:
                return None
            gone: list[tuple[Row, Item]] = []
            fault = None
            for row in await parking.in_order(parked, AT_ONCE):
                item = await self.reread(row)
                fault = await self._attempt(item)
                if fault is not None:
                    break
                gone.append((row, item))
            await self._settle(parked, gone, fault)
        return len(gone)

    async def _attempt(self, item: Item) -> Fault | None:
        if item.ignored is not None or item.fault is not None:
            return item.fault
        return await self.engine.actions.attempt(item, self.engine.database.transaction)

    async def _settle(
        self, parked: ParkedKey, gone: Sequence[tuple[Row, Item]], fault: Fault | None
    ) -> None:
        """Take out what went, in the ledger too; let the rest wait."""
        engine, topic = self.engine, parked.topic
        counts: dict[TopicPartition, Counter[str]] = {}
        for row, item in gone:
            became = APPLIED if item.ignored is None else IGNORED + item.ignored
            counts.setdefault(place_of(row), Counter()).update({PARKED: -1, became: 1})
        await engine.parking.release(parked, [row["id"] for row, _ in gone])
        await engine.checkpoint.count(counts)
        if gone:
            name = engine.consumer
            log("dlq.resolved", consumer=name, topic=topic, released=len(gone))
        if fault is not None:
            attempts = 1 if gone else parked.attempts + 1
            state = await engine.parking.again(parked, fault, attempts)
            if fault.code != WAITING_CAUSE:
                log(
                    "dlq.retried",
                    consumer=engine.consumer,
                    topic=topic,
                    attempts=attempts,
                    state=state,
                    code=fault.code,
                )
