"""Where a consumer stands, kept in the transaction of its effects; and its ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from services.chassis.bus import TopicPartition
from services.chassis.consumer.judging import Progress
from services.chassis.errors import ServiceError
from services.chassis.postgres import Database, Row

CLAIM = """
INSERT INTO es.checkpoint AS c (consumer, topic, part, epoch)
SELECT $1, p.topic, p.part, 1
  FROM unnest($2::text[], $3::int[]) AS p(topic, part) ORDER BY p.topic, p.part
    ON CONFLICT (consumer, topic, part) DO UPDATE
   SET epoch = c.epoch + 1, updated_at = clock_timestamp()
RETURNING topic, part, next_offset, epoch
"""
LOCK = """
SELECT c.topic, c.part, c.next_offset, c.source_pos, c.gap_pos, c.epoch
  FROM es.checkpoint c
  JOIN unnest($2::text[], $3::int[]) AS p(topic, part) USING (topic, part)
 WHERE c.consumer = $1 ORDER BY c.topic, c.part FOR UPDATE OF c
"""
ADVANCE = """
UPDATE es.checkpoint c
   SET next_offset = p.next_offset, source_pos = p.source_pos, gap_pos = p.gap_pos,
       gap_since = CASE WHEN p.gap_pos > p.source_pos
                        THEN coalesce(c.gap_since, clock_timestamp()) END,
       updated_at = clock_timestamp()
  FROM unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[],
              $7::bigint[]) AS p(topic, part, epoch, next_offset, source_pos, gap_pos)
 WHERE c.consumer = $1 AND c.topic = p.topic AND c.part = p.part AND c.epoch = p.epoch
RETURNING c.topic, c.part
"""
COUNT = """
INSERT INTO es.ledger AS l (consumer, topic, part, outcome, n)
SELECT $1, p.topic, p.part, p.outcome, p.n
  FROM unnest($2::text[], $3::int[], $4::text[], $5::bigint[])
       AS p(topic, part, outcome, n)
 ORDER BY p.topic, p.part, p.outcome
    ON CONFLICT (consumer, topic, part, outcome) DO UPDATE SET n = l.n + excluded.n
"""
GAPS = """
SELECT topic, part, source_pos, gap_pos,
       extract(epoch FROM clock_timestamp() - gap_since)::float8 AS seconds
  FROM es.checkpoint
 WHERE consumer = $1 AND gap_since < clock_timestamp() - make_interval(secs => $2)
"""
WHERE_WE_ARE = """
SELECT topic, part, next_offset, source_pos, gap_pos,
       extract(epoch FROM clock_timestamp() - gap_since)::float8 AS gap_seconds
  FROM es.checkpoint WHERE consumer = $1 ORDER BY topic, part
"""
COUNTED = "SELECT topic, part, outcome, n FROM es.ledger WHERE consumer = $1"


class Fenced(ServiceError):
    """Other owners have taken these partitions; what was begun here is void."""

    def __init__(self, partitions: Iterable[TopicPartition]) -> None:
        self.partitions = frozenset(partitions)
        super().__init__(", ".join(f"{t}/{p}" for t, p in sorted(self.partitions)))


class Checkpoint:
    """One consumer's rows, a row per partition."""

    def __init__(self, database: Database, consumer: str) -> None:
        self._database = database
        self._consumer = consumer

    async def claim(
        self, partitions: Sequence[TopicPartition]
    ) -> dict[TopicPartition, Progress]:
        """Take the partitions over: whoever had them can move nothing any more."""
        rows = await self._database.fetch(CLAIM, self._consumer, *_columns(partitions))
        return {
            _at(row): Progress(
                at=_at(row),
                epoch=row["epoch"],
                next_offset=row["next_offset"],
                source_pos=0,
            )
            for row in rows
        }

    async def lock(
        self, epochs: Mapping[TopicPartition, int]
    ) -> dict[TopicPartition, Progress]:
        """Hold the rows until the end of the transaction; return where we stand.

        Raises:
            Fenced: Another owner has claimed one of them since.
        """
        rows = await self._database.fetch(LOCK, self._consumer, *_columns(list(epochs)))
        found = {
            _at(row): Progress(
                at=_at(row),
                epoch=row["epoch"],
                next_offset=row["next_offset"],
                source_pos=row["source_pos"],
                gap_pos=row["gap_pos"],
            )
            for row in rows
        }
        _still_ours(epochs, {at: here.epoch for at, here in found.items()})
        return found

    async def advance(self, progress: Iterable[Progress]) -> None:
        """Move the rows on and add to the ledger, by compare-and-set of the epoch.

        Raises:
            Fenced: Another owner has claimed one of them since.
        """
        moved = list(progress)
        rows = await self._database.fetch(
            ADVANCE,
            self._consumer,
            *_columns([here.at for here in moved]),
            [here.epoch for here in moved],
            [here.next_offset for here in moved],
            [here.source_pos for here in moved],
            [here.gap_pos for here in moved],
        )
        lost = {here.at for here in moved} - {_at(row) for row in rows}
        if lost:
            raise Fenced(lost)
        await self.count({here.at: here.counts for here in moved})

    async def count(self, counts: Mapping[TopicPartition, Counter[str]]) -> None:
        """Add to the ledger."""
        found = [
            (at.topic, at.partition, outcome, n)
            for at, counter in counts.items()
            for outcome, n in counter.items()
            if n
        ]
        if found:
            columns = [list(column) for column in zip(*found, strict=True)]
            await self._database.execute(COUNT, self._consumer, *columns)

    async def move(self, at: TopicPartition, before: str, after: str) -> None:
        """Enter one message under another outcome."""
        await self.count({at: Counter({before: -1, after: 1})})

    async def gaps(self, seconds: float) -> list[Row]:
        """Return the partitions where what comes next is awaited for that long."""
        return await self._database.fetch(GAPS, self._consumer, seconds)

    async def rows(self) -> list[Row]:
        """Return where the consumer stands in each partition."""
        return await self._database.fetch(WHERE_WE_ARE, self._consumer)

    async def ledger(self) -> dict[TopicPartition, Counter[str]]:
        """Return what became of all that was consumed, by partition and outcome."""
        counts: dict[TopicPartition, Counter[str]] = {}
        for row in await self._database.fetch(COUNTED, self._consumer):
            counts.setdefault(_at(row), Counter())[row["outcome"]] = row["n"]
        return counts


def _still_ours(
    epochs: Mapping[TopicPartition, int], found: Mapping[TopicPartition, int]
) -> None:
    lost = {at for at, epoch in epochs.items() if found.get(at) != epoch}
    if lost:
        raise Fenced(lost)


def _columns(partitions: Sequence[TopicPartition]) -> tuple[list[str], list[int]]:
    return [at.topic for at in partitions], [at.partition for at in partitions]


def _at(row: Row) -> TopicPartition:
    return TopicPartition(row["topic"], row["part"])
