"""A service hears itself: its own journal in order, by the same engine.

The journal stands in for a topic: ``journal``, partition 0, positions its own. Kafka
has no part in it, so a service reacts and shows while Kafka is away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid5

from services.chassis.bus import TopicPartition
from services.chassis.consumer.acting import Actions
from services.chassis.consumer.checkpoint import Checkpoint, Fenced
from services.chassis.consumer.engine import Engine
from services.chassis.consumer.hearing import JOURNAL, NOT_HEARD, Item, service_of
from services.chassis.consumer.parking import Parking, Tolerance
from services.chassis.consumer.retrying import Retrier
from services.chassis.consumer.standing import Standing, standing
from services.chassis.context import Context
from services.chassis.errors import Halted
from services.chassis.holding import never
from services.chassis.journal import Recorded
from services.chassis.logging import log
from services.chassis.pausing import until
from services.chassis.postgres import Database, Row

AT = TopicPartition(JOURNAL, 0)
BATCH = 500
IDLE_FIRST, IDLE_LAST = 0.05, 0.5
BACK_OFF_FIRST, BACK_OFF_LAST = 0.1, 30.0


class OwnConsumer:
    """Gives a service the events of its own journal, each once, in order.

    *hears* are the journal's event classes that the actions know. A sink is given
    ``Recorded``; its rows and the checkpoint are written in one transaction.
    """

    def __init__(
        self,
        name: str,
        database: Database,
        actions: Actions,
        hears: Iterable[type[Any]],
        tolerance: Tolerance | None = None,
    ) -> None:
        self.name = name
        self.rests: Callable[[TopicPartition | None], bool] = never  # as was told
        self._journal = actions.journal
        self._hears = frozenset(hears)
        self._engine = Engine(
            consumer=name,
            database=database,
            checkpoint=Checkpoint(database, name),
            parking=Parking(database, name, tolerance or Tolerance()),
            actions=actions,
            dense=False,
        )
        self._retrier = Retrier(engine=self._engine, reread=self._reread)
        self._epoch: int | None = None
        self._position = 0
        self._most = BATCH
        self._news = asyncio.Event()
        self._moved = asyncio.Condition()
        self.halted: Halted | None = None
        self._journal.on_append(self._news.set)

    async def run(self) -> None:
        """Follow the journal until cancelled; whatever fails is tried again, for ever.

        Raises:
            Halted: Going on would break a promise: alarmed, and left to an operator.
        """
        retrying = asyncio.create_task(self._retrier.run())
        try:
            await self._follow()
        except Halted as error:
            self.halted = error
            log("consumer.layout_violation", consumer=self.name, error=error)
            raise
        finally:
            retrying.cancel()
            await asyncio.gather(retrying, return_exceptions=True)

    def look_again(self) -> None:
        """Look again: a hold was set or taken."""
        self._retrier.woken.set()
        self._news.set()

    async def catch_up(self) -> int:
        """Act on all there is; return how many events were passed."""
        passed = 0
        while step := await self.step():
            passed += step
        return passed

    async def step(self) -> int:
        """Act on the next batch; return how many events it held.

        Raises:
            Fenced: Another process has taken over; the next step takes it back.
        """
        if self._epoch is None:
            await self._claim()
        events = await self._journal.after(self._position, self._most)
        if not events:
            return 0
        try:
            epochs = {AT: self._epoch or 0}
            done = await self._engine.process(self._items(events), epochs)
        except Fenced:
            self._epoch = None
            log("consumer.fenced", consumer=self.name, partition=JOURNAL)
            raise
        self._most = min(self._most * 2, BATCH)
        if done.parked:
            self._retrier.woken.set()
        async with self._moved:
            self._position = done.progress[AT].source_pos
            self._moved.notify_all()
        return len(events)

    async def reached(self, position: int, within: float) -> bool:
        """Wait until everything up to *position* was passed; say whether it was."""
        async with self._moved:
            with suppress(TimeoutError):
                async with asyncio.timeout(within):
                    await self._moved.wait_for(lambda: self._position >= position)
            return self._position >= position

    async def release_due(self) -> int:
        """Try the parked keys whose time has come; return how many messages went."""
        return await self._retrier.release_due()

    async def pending(self) -> int:
        """Return how many events are still to be passed (a batch at most)."""
        return len(await self._journal.after(self._position, BATCH))

    async def status(self) -> list[Standing]:
        """Say how we stand."""
        return await standing(self._engine.checkpoint, self._engine.parking)

    async def _follow(self) -> None:
        idle, back_off = IDLE_FIRST, BACK_OFF_FIRST
        while True:
            self._news.clear()
            if self.rests(AT):
                await until(self._news, IDLE_LAST)
                continue
            try:
                idle = IDLE_FIRST if await self.step() else min(idle * 2, IDLE_LAST)
                pause, back_off = (0.0 if idle == IDLE_FIRST else idle), BACK_OFF_FIRST
            except Halted:
                raise
            except Exception as error:  # noqa: BLE001 - the edge: rolled back, again
                pause, back_off = back_off, min(back_off * 2, BACK_OFF_LAST)
                self._most = max(self._most // 2, 1)  # it may have been too much
                log("consumer.paused", consumer=self.name, pause=pause, error=error)
            if pause:
                await until(self._news, pause)

    async def _claim(self) -> None:
        checkpoint = self._engine.checkpoint
        claimed = await checkpoint.claim([AT])
        self._epoch = claimed[AT].epoch
        rows = await checkpoint.rows()
        self._position = rows[0]["source_pos"]

    def _items(self, events: Sequence[Recorded]) -> list[Item]:
        previous = [self._position, *(recorded.position for recorded in events[:-1])]
        return [
            self._item(recorded, before)
            for recorded, before in zip(events, previous, strict=True)
        ]

    def _item(self, recorded: Recorded, previous: int) -> Item:
        heard = type(recorded.event) in self._hears
        return Item(
            at=AT,
            offset=recorded.position,
            key=recorded.key,
            name=str(recorded.id),
            kind=type(recorded.event).__name__,
            position=recorded.position,
            previous=previous,
            subject=recorded if heard else None,
            ignored=None if heard else NOT_HEARD,
            context=Context(
                actor=f"service:{service_of(self.name)}",
                correlation_id=recorded.context.correlation_id,
                causation_id=recorded.id,
                command_id=uuid5(recorded.id, self.name),
                occurred_at=recorded.occurred_at,
                traceparent=recorded.context.traceparent,
            ),
        )

    async def _reread(self, row: Row) -> Item:
        """Read the event again: the journal keeps it, so parking need not."""
        (recorded,) = await self._journal.after(row["off"] - 1, 1)
        return self._item(recorded, 0)
