"""One batch, one transaction: checkpoint, effects, parked messages and ledger.

First everything is done at once. If anything is wrong with any message, the whole is
rolled back and done again with a savepoint around each, so that what is wrong is found
by itself, half of nothing stays, and the rest of the batch goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.chassis.bus import TopicPartition
from services.chassis.consumer.acting import TRANSIENT, Actions
from services.chassis.consumer.checkpoint import Checkpoint
from services.chassis.consumer.hearing import Fault, Item
from services.chassis.consumer.judging import APPLIED, IGNORED, PARKED, Progress, judge
from services.chassis.consumer.parking import BEHIND, WAITING_CAUSE, Parking
from services.chassis.errors import Halted
from services.chassis.logging import log
from services.chassis.postgres import Database

Epochs = Mapping[TopicPartition, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a batch: where we stand, and where to fetch records from again."""

    progress: Mapping[TopicPartition, Progress]
    again: Mapping[TopicPartition, int]
    parked: bool = False


@dataclass(slots=True)
class _Parked:
    """What a batch leaves behind, and the keys that are parked by now."""

    held: set[tuple[str, str]]
    found: list[tuple[Item, Fault]] = field(default_factory=list)

    def add(self, item: Item, fault: Fault) -> None:
        self.held.add((item.at.topic, item.key))
        self.found.append((item, fault))


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Acts on batches; *dense*: the source's offsets have no holes."""

    consumer: str
    database: Database
    checkpoint: Checkpoint
    parking: Parking
    actions: Actions
    dense: bool = True

    async def process(self, items: Sequence[Item], epochs: Epochs) -> Done:
        """Act on the batch, once, and move on in the same transaction.

        Raises:
            Fenced: Another owner has a partition.
            Halted: Positions contradict each other, or too much is parked.
            Unavailable: Nothing was done; it may be later.
        """
        try:
            return await self._in_one(items, epochs, careful=False)
        except TRANSIENT:
            raise
        except Exception:  # noqa: BLE001 - done again, to find whose error it is
            return await self._in_one(items, epochs, careful=True)

    async def _in_one(
        self, items: Sequence[Item], epochs: Epochs, *, careful: bool
    ) -> Done:
        async with self.database.transaction():
            progress = await self.checkpoint.lock(epochs)
            judged = judge(items, progress, dense=self.dense)
            parked = _Parked(await self.parking.held(judged.accepted))
            sound: list[Item] = []
            for item in judged.accepted:
                counts = progress[item.at].counts
                if item.ignored is not None:
                    counts[IGNORED + item.ignored] += 1
                elif fault := await self._at_fault(item, parked, careful=careful):
                    counts[PARKED] += 1
                    parked.add(item, fault)
                else:
                    counts[APPLIED] += 1
                    sound.append(item)
            if not careful:
                await self.actions.do(sound)
            if parked.found:
                await self._within_the_limit(await self.parking.park(parked.found))
            await self.checkpoint.advance(progress.values())
        _tell(sound, judged.duplicates, parked.found)
        return Done(progress=progress, again=judged.again, parked=bool(parked.found))

    async def _at_fault(
        self, item: Item, parked: _Parked, *, careful: bool
    ) -> Fault | None:
        """Return why the message must wait; when careful, by acting on it."""
        if (item.at.topic, item.key) in parked.held:
            return BEHIND
        if item.fault is not None or not careful:
            return item.fault
        return await self.actions.attempt(item, self.database.transaction)

    async def _within_the_limit(self, parked: int) -> None:
        limit = self.parking.limit
        if parked > limit:
            name = self.consumer
            log("consumer.too_many_parked", consumer=name, parked=parked, limit=limit)
            raise Halted(f"{parked} messages are parked: then the fault is ours")


def _tell(
    applied: Sequence[Item],
    duplicates: Sequence[Item],
    parked: Sequence[tuple[Item, Fault]],
) -> None:
    """Log what became of each message, once it is committed."""
    for item in applied:
        log("event.applied", **_named(item))
    for item in duplicates:
        log("event.duplicate", **_named(item))
    for item, fault in parked:
        if fault.code == WAITING_CAUSE:
            log("event.waiting_cause", **_named(item))
        else:
            log("event.parked", code=fault.code, **_named(item))


def _named(item: Item) -> dict[str, Any]:
    return {
        "ce_id": item.name,
        "type": item.kind,
        "topic": item.at.topic,
        "partition": item.at.partition,
        "offset": item.offset,
    }
