"""What cannot be acted on waits here, in order, with all that comes after it.

The failed message and every later one of its key lie in Postgres, stored in the
transaction that moved the checkpoint past them. Other keys go on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.chassis.bus import Record, TopicPartition
from services.chassis.consumer.hearing import UNKNOWN_TYPE, Fault, Item
from services.chassis.postgres import Database, Row

WAITING_CAUSE = "waiting-cause"
BEHIND = Fault(code="behind")
HELD = """
SELECT k.topic, k.key FROM es.parked_key k
  JOIN unnest($2::text[], $3::text[]) AS p(topic, key) USING (topic, key)
 WHERE k.consumer = $1 ORDER BY k.topic, k.key FOR SHARE OF k
"""
PARK_KEY = """
INSERT INTO es.parked_key (consumer, topic, key, state, attempts, next_at, code, error)
VALUES ($1, $2, $3, $4, 1, clock_timestamp() + make_interval(secs => $5), $6, $7)
"""
PARK = """
INSERT INTO es.parked (consumer, topic, key, part, off, pos, code, record_key,
                       header_names, header_values, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""
COUNT = "SELECT count(*) FROM es.parked WHERE consumer = $1"
# What an operator has told to stand still is not tried again either.
HELD_BACK = """
SELECT FROM es.hold h JOIN es.parked p ON p.consumer = h.what
 WHERE (p.consumer, p.topic, p.key) = (k.consumer, k.topic, k.key)
   AND h.topic IN ('', p.topic) AND h.part IN (-1, p.part)
"""
TAKE = f"""
SELECT topic, key, attempts, state FROM es.parked_key k
 WHERE consumer = $1 AND state IN ('retrying', 'waiting_cause')
   AND next_at <= clock_timestamp() AND NOT EXISTS ({HELD_BACK})
 ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""  # noqa: S608 - our own text
NEXT = f"""
SELECT extract(epoch FROM min(next_at) - clock_timestamp())::float8 FROM es.parked_key k
 WHERE consumer = $1 AND state IN ('retrying', 'waiting_cause')
   AND NOT EXISTS ({HELD_BACK})
"""  # noqa: S608 - our own text
IN_ORDER = """
SELECT * FROM es.parked
 WHERE consumer = $1 AND topic = $2 AND key = $3 ORDER BY id LIMIT $4
"""
RELEASE = "DELETE FROM es.parked WHERE id = ANY($1::bigint[])"
FREE = """
DELETE FROM es.parked_key k WHERE consumer = $1 AND topic = $2 AND key = $3
   AND NOT EXISTS (SELECT 1 FROM es.parked p
                    WHERE (p.consumer, p.topic, p.key) = (k.consumer, k.topic, k.key))
"""
AGAIN = """
UPDATE es.parked_key
   SET state = $4, attempts = $5, code = $6, error = $7,
       next_at = clock_timestamp() + make_interval(secs => $8)
 WHERE consumer = $1 AND topic = $2 AND key = $3
"""
REVIVE = """
UPDATE es.parked_key SET state = 'retrying', attempts = 0, next_at = clock_timestamp()
 WHERE consumer = $1 AND state = 'waiting_upgrade'
"""
WAITING = """
SELECT p.topic, p.part, count(*) AS parked,
       count(*) FILTER (WHERE k.state = 'waiting_cause') AS waiting,
       extract(epoch FROM clock_timestamp() - min(p.parked_at))::float8 AS oldest
  FROM es.parked p JOIN es.parked_key k USING (consumer, topic, key)
 WHERE p.consumer = $1 GROUP BY p.topic, p.part
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often a parked key is tried again before an operator is waited for."""

    first: float = 0.5
    factor: float = 3.5
    longest: float = 3600.0
    attempts: int = 8
    cause: float = 0.1
    cause_long: float = 1.0  # after that many tries a cause is looked for less often
    cause_attempts: int = 100

    def after(self, fault: Fault, attempts: int) -> tuple[str, float]:
        """Return the state of a key that has failed that often, and the pause."""
        if fault.code == WAITING_CAUSE:
            early = attempts < self.cause_attempts
            return "waiting_cause", self.cause if early else self.cause_long
        if fault.code == UNKNOWN_TYPE:
            return "waiting_upgrade", 0.0
        if attempts >= self.attempts:
            return "waiting_operator", 0.0
        pause = self.first * self.factor ** (attempts - 1)
        return "retrying", min(pause, self.longest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How much may be parked before the consumer stops, and how it is tried again."""

    limit: int = 1000
    patience: Patience = Patience()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedKey:
    """A key that waits."""

    topic: str
    key: str
    attempts: int


class Parking:
    """The parked messages of one consumer."""

    def __init__(self, database: Database, consumer: str, tolerance: Tolerance) -> None:
        self._database = database
        self._consumer = consumer
        self._patience = tolerance.patience
        self.limit = tolerance.limit

    async def held(self, items: Sequence[Item]) -> set[tuple[str, str]]:
        """Return which of the items' keys are parked; none is freed meanwhile."""
        keys = sorted({(item.at.topic, item.key) for item in items})
        if not keys:
            return set()
        rows = await self._database.fetch(
            HELD, self._consumer, [topic for topic, _ in keys], [key for _, key in keys]
        )
        return {(row["topic"], row["key"]) for row in rows}

    async def park(self, found: Sequence[tuple[Item, Fault]]) -> int:
        """Store the messages, in order; return how many the consumer has parked."""
        for item, fault in found:
            if fault is not BEHIND:
                state, pause = self._patience.after(fault, 1)
                await self._database.execute(
                    PARK_KEY,
                    self._consumer,
                    item.at.topic,
                    item.key,
                    state,
                    pause,
                    fault.code,
                    _kept(fault.detail),
                )
        await self._database.executemany(
            PARK, [self._row(item, fault) for item, fault in found]
        )
        return int(await self._database.fetchval(COUNT, self._consumer))

    async def take(self) -> ParkedKey | None:
        """Return a key whose time has come, held until the end of the transaction."""
        row = await self._database.fetchrow(TAKE, self._consumer)
        if row is None:
            return None
        return ParkedKey(topic=row["topic"], key=row["key"], attempts=row["attempts"])

    async def in_order(self, parked: ParkedKey, limit: int) -> list[Row]:
        """Return the key's messages, oldest first."""
        return await self._database.fetch(
            IN_ORDER, self._consumer, parked.topic, parked.key, limit
        )

    async def release(self, parked: ParkedKey, ids: Collection[int]) -> None:
        """Take the messages out, and let the key go if none is left."""
        await self._database.execute(RELEASE, list(ids))
        await self._database.execute(FREE, self._consumer, parked.topic, parked.key)

    async def again(self, parked: ParkedKey, fault: Fault, attempts: int) -> str:
        """Let the key wait for its next try; return what it waits for."""
        state, pause = self._patience.after(fault, attempts)
        await self._database.execute(
            AGAIN,
            self._consumer,
            parked.topic,
            parked.key,
            state,
            attempts,
            fault.code,
            _kept(fault.detail),
            pause,
        )
        return state

    async def revive(self) -> None:
        """Try unknown types again: this may be the version that knows them."""
        await self._database.execute(REVIVE, self._consumer)

    async def next_in(self) -> float | None:
        """Return in how many seconds a key's time comes; None: none waits for it."""
        seconds: float | None = await self._database.fetchval(NEXT, self._consumer)
        return seconds

    async def waiting(self) -> list[Row]:
        """Return, by partition, how many are parked, and for how long."""
        return await self._database.fetch(WAITING, self._consumer)

    def _row(self, item: Item, fault: Fault) -> tuple[object, ...]:
        record = item.record
        return (
            self._consumer,
            item.at.topic,
            item.key,
            item.at.partition,
            item.offset,
            item.position,
            fault.code,
            None if record is None else record.key,
            [] if record is None else [name.encode() for name, _ in record.headers],
            [] if record is None else [value for _, value in record.headers],
            None if record is None else record.value,
        )


def _kept(detail: str) -> str:
    """Return what a table can keep of an error's text."""
    return detail.replace("\0", "").encode(errors="replace").decode()[:2000]


def record_of(row: Row) -> Record:
    """Return the record that a row keeps, amended if an operator did so."""
    amended = row["amended"]
    return Record(
        topic=row["topic"],
        partition=row["part"],
        offset=row["off"],
        key=row["record_key"],
        value=row["body"] if amended is None else amended,
        headers=tuple(
            (name.decode(), value)
            for name, value in zip(
                row["header_names"], row["header_values"], strict=True
            )
        ),
    )


def place_of(row: Row) -> TopicPartition:
    """Return the partition that a row's record lay in."""
    return TopicPartition(row["topic"], row["part"])
