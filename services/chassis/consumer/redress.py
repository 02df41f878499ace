"""What an operator may do about parked messages; each act is kept with who and why."""

from __future__ import annotations

from dataclasses import dataclass

from services.chassis.bus import TopicPartition
from services.chassis.consumer.checkpoint import Checkpoint
from services.chassis.consumer.hearing import JOURNAL
from services.chassis.consumer.judging import IGNORED, PARKED
from services.chassis.consumer.parking import FREE
from services.chassis.logging import log
from services.chassis.postgres import Database, Row

DISCARDED = "discarded"
FIND = """
SELECT p.* FROM es.parked p JOIN es.parked_key k USING (consumer, topic, key)
 WHERE p.id = $1 FOR UPDATE OF k
"""
LIST = """
SELECT p.*, k.state, k.attempts, k.next_at, k.code AS key_code, k.error
  FROM es.parked p JOIN es.parked_key k USING (consumer, topic, key)
 WHERE ($1::text IS NULL OR p.consumer = $1) ORDER BY p.id LIMIT $2
"""
ONE = """
SELECT p.*, k.state, k.attempts, k.next_at, k.code AS key_code, k.error
  FROM es.parked p JOIN es.parked_key k USING (consumer, topic, key) WHERE p.id = $1
"""
ACTS = """
SELECT verb, who, why, done_at, before FROM es.parked_action
 WHERE (consumer, topic, key) = ($1, $2, $3) AND (part, off) = ($4, $5) ORDER BY id
"""
MOST = 100_000  # a consumer stops long before
KEPT = """
INSERT INTO es.parked_action (consumer, topic, key, part, off, verb, who, why, before)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
RETRY = """
UPDATE es.parked_key SET state = 'retrying', attempts = 0, next_at = clock_timestamp()
 WHERE consumer = $1 AND topic = $2 AND key = $3 RETURNING true
"""
AMEND = "UPDATE es.parked SET amended = $2 WHERE id = $1"
DISCARD = "DELETE FROM es.parked WHERE id = $1"


class NotParked(Exception):
    """No such message is parked: it went meanwhile, or never was."""


class NotAmendable(Exception):
    """An event of our own journal is no message: history is not edited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does it, and why."""

    who: str
    why: str


async def parked(
    database: Database, consumer: str | None = None, limit: int = MOST
) -> list[Row]:
    """Return what is parked (by one consumer), oldest first, and what it waits for."""
    return await database.fetch(LIST, consumer, limit)


async def message(database: Database, parked_id: int) -> Row:
    """Return one parked message, and what it waits for.

    Raises:
        NotParked: It is not there.
    """
    row = await database.fetchrow(ONE, parked_id)
    if row is None:
        raise NotParked(f"nothing is parked under {parked_id}")
    return row


async def acts(database: Database, row: Row) -> list[Row]:
    """Return what operators did to a parked message, and why."""
    place = (row["consumer"], row["topic"], row["key"], row["part"], row["off"])
    return await database.fetch(ACTS, *place)


async def retry(database: Database, parked_id: int, by: By) -> None:
    """Try the key of a parked message again, now, from its first message on.

    Raises:
        NotParked: It is not there.
    """
    async with database.transaction():
        row = await _found(database, parked_id)
        await _keep(database, row, "retry", by)
        await _soon(database, row)
    log("dlq.retried", consumer=row["consumer"], id=parked_id, who=by.who, why=by.why)


async def amend(database: Database, parked_id: int, body: bytes, by: By) -> None:
    """Put another body in a message's place; the original stays. Then try again.

    Raises:
        NotParked: It is not there.
        NotAmendable: It is an event of our own journal.
    """
    async with database.transaction():
        row = await _found(database, parked_id)
        if row["topic"] == JOURNAL:
            raise NotAmendable("mend the code and retry, or discard: it is history")
        before = row["body"] if row["amended"] is None else row["amended"]
        await _keep(database, row, "amend", by, before)
        await database.execute(AMEND, parked_id, body)
        await _soon(database, row)
    log("dlq.amended", consumer=row["consumer"], id=parked_id, who=by.who, why=by.why)


async def discard(database: Database, parked_id: int, by: By) -> None:
    """Give a message up; what waits behind it goes on. It stays in the record of acts.

    Raises:
        NotParked: It is not there.
    """
    async with database.transaction():
        row = await _found(database, parked_id)
        await _keep(database, row, "discard", by, row["body"])
        await database.execute(DISCARD, parked_id)
        await database.execute(FREE, row["consumer"], row["topic"], row["key"])
        await _soon(database, row)
        checkpoint = Checkpoint(database, row["consumer"])
        at = TopicPartition(row["topic"], row["part"])
        await checkpoint.move(at, PARKED, IGNORED + DISCARDED)
    log("dlq.discarded", consumer=row["consumer"], id=parked_id, who=by.who, why=by.why)


async def _found(database: Database, parked_id: int) -> Row:
    row = await database.fetchrow(FIND, parked_id)
    if row is None:
        raise NotParked(f"nothing is parked under {parked_id}")
    return row


async def _soon(database: Database, row: Row) -> None:
    await database.execute(RETRY, row["consumer"], row["topic"], row["key"])


async def _keep(
    database: Database, row: Row, verb: str, by: By, before: bytes | None = None
) -> None:
    place = (row["consumer"], row["topic"], row["key"], row["part"], row["off"])
    await database.execute(KEPT, *place, verb, by.who, by.why, before)
