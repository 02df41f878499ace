"""Intents in Postgres: leases, tries and outcomes, all by the database's time."""

from __future__ import annotations

import json
from typing import Any, Literal

from services.chassis.dispatcher import Lease, Leased, LeaseLost, Owed
from services.chassis.postgres import Database

LEASE = """
WITH picked AS MATERIALIZED (
  SELECT id FROM es.intent
   WHERE state = 'pending' AND next_at <= clock_timestamp()
     AND lease_until <= clock_timestamp()
   ORDER BY next_at, seq LIMIT $3 FOR UPDATE SKIP LOCKED)
UPDATE es.intent i SET owner = $1, attempts = i.attempts + 1,
       lease_until = clock_timestamp() + make_interval(secs => $2)
  FROM picked WHERE i.id = picked.id
RETURNING i.id, i.seq, i.stream_id, i.kind, i.payload, i.attempts, i.correlation_id
"""
RELEASE = """
UPDATE es.intent SET lease_until = '-infinity'
 WHERE state = 'pending' AND owner = $1
"""
SETTLE = """
UPDATE es.intent SET state = $3, last_error = $4, lease_until = '-infinity'
 WHERE id = $1 AND attempts = $2 AND state = 'pending' RETURNING id
"""
AGAIN = """
UPDATE es.intent SET last_error = $4, lease_until = '-infinity',
       next_at = clock_timestamp() + make_interval(secs => $3)
 WHERE id = $1 AND attempts = $2 AND state = 'pending' RETURNING id
"""
# Each part by its own small index: what was done long ago is never looked at.
OWED = """
SELECT (SELECT count(*) FROM es.intent WHERE state = 'pending') AS pending,
       (SELECT count(*) FROM es.intent WHERE state = 'failed') AS failed,
       (SELECT extract(epoch FROM min(greatest(next_at, lease_until, clock_timestamp()))
                 - clock_timestamp())::float8
          FROM es.intent WHERE state = 'pending') AS next_in
"""


class PostgresIntents:
    """The intents of the service's journal, as a dispatcher takes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def lease(self, owner: str, seconds: float, limit: int) -> list[Lease]:
        """Take intents whose time has come, for *seconds* of the database's time."""
        rows = await self._database.fetch(LEASE, owner, seconds, limit)
        return [
            Lease(
                intent=Leased(
                    id=row["id"],
                    stream=row["stream_id"],
                    kind=row["kind"],
                    payload=json.loads(row["payload"]),
                    attempt=row["attempts"],
                ),
                correlation_id=row["correlation_id"],
            )
            for row in sorted(rows, key=lambda row: int(row["seq"]))
        ]

    async def release(self, owner: str) -> None:
        """Give back what *owner* had leased in an earlier life."""
        await self._database.execute(RELEASE, owner)

    async def settle(
        self, intent: Leased, state: Literal["done", "failed"], error: str = ""
    ) -> None:
        """End the intent, in the transaction that is open."""
        await self._change(SETTLE, intent, state, error)

    async def again(self, intent: Leased, seconds: float, error: str) -> None:
        """Have the intent tried again after *seconds*."""
        await self._change(AGAIN, intent, seconds, error)

    async def owed(self) -> Owed:
        """Count what is to be done."""
        (row,) = await self._database.fetch(OWED)
        next_in = row["next_in"]
        return Owed(
            pending=row["pending"],
            failed=row["failed"],
            next_in=None if next_in is None else max(float(next_in), 0.0),
        )

    async def _change(self, sql: str, intent: Leased, *args: Any) -> None:
        if not await self._database.fetchval(sql, intent.id, intent.attempt, *args):
            raise LeaseLost(f"intent {intent.id}, try {intent.attempt}")
