"""A consumer group's member: from the bus into a service, effects once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

from contracts.catalogue import topic_of
from contracts.event import Event
from services.chassis.bus import Bus, Record, TopicPartition
from services.chassis.consumer.acting import Actions
from services.chassis.consumer.checkpoint import Checkpoint, Fenced
from services.chassis.consumer.engine import Engine
from services.chassis.consumer.hearing import Hearing, Item
from services.chassis.consumer.parking import Parking, Tolerance, record_of
from services.chassis.consumer.retrying import Retrier
from services.chassis.consumer.standing import Standing, standing
from services.chassis.errors import Halted, ServiceError
from services.chassis.failpoints import hit
from services.chassis.holding import never
from services.chassis.logging import log
from services.chassis.pausing import until
from services.chassis.postgres import Database, Row

BACK_OFF_FIRST, BACK_OFF_LAST = 0.1, 30.0
CLAIM_TRIES = 3
DRAIN = 45.0  # seconds a rebalance waits for the batch in hand; Kafka waits 60
MOST = 2000  # records in one transaction
HELD = 0.2  # seconds between two looks at what stands still


class Consumer:
    """Gives a service the published events it hears; the bus's ``Listener``.

    *name* is the group: ``<service>.<purpose>.v<N>``. *hears* are the event classes
    that the actions know; all other known types are ignored, unknown ones parked.
    """

    def __init__(
        self,
        name: str,
        database: Database,
        actions: Actions,
        hears: Iterable[type[Event]],
        tolerance: Tolerance | None = None,
    ) -> None:
        hears = tuple(hears)
        self.rests: Callable[[TopicPartition | None], bool] = never  # as was told
        self.name = name
        self.topics = sorted({topic_of(event.TYPE) for event in hears})
        self._hearing = Hearing(
            consumer=name, hears={event.TYPE: event for event in hears}
        )
        self._engine = Engine(
            consumer=name,
            database=database,
            checkpoint=Checkpoint(database, name),
            parking=Parking(database, name, tolerance or Tolerance()),
            actions=actions,
        )
        self._retrier = Retrier(engine=self._engine, reread=self._reread)
        self._epochs: dict[TopicPartition, int] = {}
        self._unclaimed: set[TopicPartition] = set()
        self._moved: set[TopicPartition] = set()
        self._missing: dict[TopicPartition, int] = {}
        self._hand = asyncio.Lock()
        self._hurry = asyncio.Event()
        self._pause = BACK_OFF_FIRST
        self._paused = False
        self._most = self._attempted = MOST
        self.halted: Halted | None = None

    def listen(self, bus: Bus) -> None:
        """Listen to every topic that carries what we hear; before the bus starts."""
        if self.topics:
            bus.subscribe(self.topics, self.name, self)

    async def run(self) -> None:
        """Try parked keys again and watch for gaps, until cancelled."""
        await self._retrier.run()

    async def release_due(self) -> int:
        """Try the parked keys whose time has come; return how many messages went."""
        return await self._retrier.release_due()

    async def status(self) -> list[Standing]:
        """Say how we stand in each partition."""
        return await standing(self._engine.checkpoint, self._engine.parking)

    @property
    def state(self) -> str:
        """Say whether it runs, rests as told, waits after a failure, or has stopped."""
        if self.halted is not None:
            return "halted"
        if self.rests(None):
            return "held"
        return "paused" if self._paused else "running"

    def resting(self) -> set[TopicPartition]:
        """Return which of our partitions an operator has told to stand still."""
        return {at for at in self._epochs if self.rests(at)}

    def moved(self) -> set[TopicPartition]:
        """Return which of our partitions an operator has moved."""
        return self._moved & set(self._epochs)

    def look_again(self) -> None:
        """Look again: a hold was set or taken."""
        self._retrier.woken.set()

    def go_on(self, moved: Iterable[TopicPartition] = ()) -> None:
        """Go on after a halt, and from elsewhere in *moved*: an operator mended it.

        A halt whose cause is still there halts again.
        """
        self._moved.update(moved)
        self.halted = None
        self._missing.clear()
        self.look_again()
        if not self._hurry.is_set():  # who waits is woken; a revoke under way is not
            self._hurry.set()
            self._hurry.clear()

    async def assigned(
        self, partitions: Sequence[TopicPartition]
    ) -> Mapping[TopicPartition, int]:
        """Take the partitions over; return the offsets to go on from.

        If Postgres is away they are taken over when their first records come.
        """
        async with self._hand:
            self._unclaimed.update(partitions)
            for attempt in range(1, CLAIM_TRIES + 1):
                try:
                    return await self._claim()
                except (ServiceError, OSError) as error:
                    await self._back_off(error)
                    if attempt == CLAIM_TRIES:
                        break
            return {}

    async def revoked(self, partitions: Sequence[TopicPartition]) -> None:
        """Give the partitions up; return once nothing of them is in hand."""
        self._hurry.set()
        with suppress(TimeoutError):  # one that hangs is fenced by the next owner
            async with asyncio.timeout(DRAIN), self._hand:
                pass
        for at in partitions:
            self._epochs.pop(at, None)
            self._missing.pop(at, None)
        self._unclaimed.difference_update(partitions)
        self._hurry.clear()
        if partitions:
            log("consumer.revoked", consumer=self.name, partitions=len(partitions))

    async def receive(
        self, records: Sequence[Record]
    ) -> Mapping[TopicPartition, int] | None:
        """Deal with a batch; return the offsets to go back to, if any."""
        async with self._hand:
            try:
                if self.halted is None:
                    return await self._receive(records)
            except Halted as error:
                self.halted = error
                log("consumer.layout_violation", consumer=self.name, error=error)
            except Exception as error:  # noqa: BLE001 - the edge: rolled back, again
                await self._back_off(error)
        if self.halted is not None:  # with nothing in hand: a rebalance goes on
            await self._hurry.wait()
        return _firsts(records)

    async def _receive(
        self, records: Sequence[Record]
    ) -> Mapping[TopicPartition, int] | None:
        again = await self._claim() if self._unclaimed else {}
        mine = [r for r in records if r.at in self._epochs and r.at not in again]
        if held := [record for record in mine if self.rests(record.at)]:
            mine = [record for record in mine if not self.rests(record.at)]
            again |= _firsts(held)
            if not mine:
                await until(self._hurry, HELD)
        now, later = mine[: self._most], mine[self._most :]
        if now:
            self._attempted = len(now)
            again = {**again, **_firsts(later), **await self._process(now)}
        self._went_well()
        return again

    async def _process(self, records: Sequence[Record]) -> dict[TopicPartition, int]:
        items = [self._hearing.read(record) for record in records]
        epochs = {record.at: self._epochs[record.at] for record in records}
        try:
            done = await self._engine.process(items, epochs)
        except Fenced as fenced:
            await self._fenced(fenced)
            return _firsts(records)
        hit("consumer.committed")
        if done.parked:
            self._retrier.woken.set()
        self._still_there(items, done.again)
        return dict(done.again)

    async def _fenced(self, fenced: Fenced) -> None:
        """Take back, after a moment, what another has claimed and the bus has not.

        Whoever was slow to hear that it has lost a partition may claim it after us; the
        bus will tell it. If it is we who have lost it, the revoke ends this wait, and
        nothing is taken back. Only one can commit at a time, whoever claims.
        """
        for at in fenced.partitions:
            self._epochs.pop(at, None)
            log("consumer.fenced", consumer=self.name, partition=f"{at[0]}/{at[1]}")
        self._unclaimed.update(fenced.partitions)
        await self._back_off(fenced)

    def _still_there(
        self, items: Sequence[Item], again: Mapping[TopicPartition, int]
    ) -> None:
        """Stop if what is missing does not come even when it is asked for.

        Raises:
            Halted: The topic was cut off before what we have seen.
        """
        for at in {item.at for item in items}:
            if at not in again:
                self._missing.pop(at, None)
            elif self._missing.get(at) == again[at]:
                raise Halted(f"{at}: offset {again[at]} is asked for and not there")
            else:
                self._missing[at] = again[at]

    async def _claim(self) -> dict[TopicPartition, int]:
        claimed = await self._engine.checkpoint.claim(sorted(self._unclaimed))
        self._epochs |= {at: here.epoch for at, here in claimed.items()}
        self._unclaimed.clear()
        self._moved.difference_update(claimed)
        log("consumer.assigned", consumer=self.name, partitions=len(claimed))
        return {at: here.next_offset for at, here in claimed.items()}

    async def _back_off(self, error: BaseException) -> None:
        """Wait, longer each time, then try fewer at once; a revoke ends the waiting."""
        if self._paused:
            self._most = max(self._attempted // 2, 1)
        self._paused = True
        log("consumer.paused", consumer=self.name, pause=self._pause, error=error)
        await until(self._hurry, self._pause)
        self._pause = min(self._pause * 2, BACK_OFF_LAST)

    def _went_well(self) -> None:
        if self._paused:
            log("consumer.resumed", consumer=self.name)
        self._paused, self._pause = False, BACK_OFF_FIRST
        self._most = min(self._most * 2, MOST)

    async def _reread(self, row: Row) -> Item:
        return self._hearing.read(record_of(row))


def _firsts(records: Sequence[Record]) -> dict[TopicPartition, int]:
    firsts: dict[TopicPartition, int] = {}
    for record in records:
        firsts.setdefault(record.at, record.offset)
    return firsts
