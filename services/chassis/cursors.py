"""How far a service's journal is published: one durable row per topic."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from services.chassis.errors import Halted
from services.chassis.postgres import Database, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far one topic is published: everything up to *position* is acknowledged.

    ``last`` is the last position sent to each partition, the source of ``es_prev``.
    """

    topic: str
    position: int
    last: tuple[int, ...]
    epoch: int = 0

    @property
    def layout(self) -> str:
        """Return how keys are spread; another one would break their order."""
        return f"{self.topic}/{len(self.last)}/murmur2"


class Cursors(Protocol):
    """Where a relay's cursors are kept, one row per topic."""

    def leading(self) -> AbstractAsyncContextManager[None]:
        """Hold the one seat of the service's relay; wait until it is free."""
        ...

    async def take_over(self, home: Cursor) -> list[Cursor]:
        """Fence whoever led before; return all rows, *home* added if it is new.

        Raises:
            Halted: The row was made for another layout.
        """
        ...

    async def advance(self, before: Sequence[Cursor], after: Sequence[Cursor]) -> bool:
        """Move all rows on, new ones too, if none was moved or taken over meanwhile."""
        ...

    async def floors(self) -> Mapping[tuple[str, int], int]:
        """Return the last position of what was lost and accepted, per partition."""
        ...

    async def leap(self, position: int) -> None:
        """Let no event be recorded at or below *position* any more."""
        ...


WAITING = 0.2
SEAT = (0x4B54, 2)  # "KT": the relay's seat, two keys as the migrations' lock
TAKE_SEAT = f"SELECT pg_try_advisory_lock{SEAT}"
TAKE_OVER = """
UPDATE es.relay_cursor SET epoch = epoch + 1, updated_at = clock_timestamp()
RETURNING topic, position, last_by_part, layout, epoch
"""
BEGIN = """
INSERT INTO es.relay_cursor (topic, position, last_by_part, layout, epoch)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT (topic) DO NOTHING RETURNING true
"""
ADVANCE = """
UPDATE es.relay_cursor
   SET position = $4, last_by_part = $5, updated_at = clock_timestamp()
 WHERE topic = $1 AND epoch = $2 AND position = $3 RETURNING true
"""
FLOORS = "SELECT topic, part, max(pos) FROM es.bus_accepted GROUP BY topic, part"


class PostgresCursors:
    """Keeps the rows in the service's database, the seat in a session of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def leading(self) -> AsyncIterator[None]:
        """Hold the one seat of the service's relay; wait until it is free.

        The seat falls free when its session ends; whoever led then still is fenced by
        the epoch.
        """
        async with self._database.acquire_session() as session:
            while not await session.fetchval(TAKE_SEAT):  # noqa: ASYNC110 - a remote
                await asyncio.sleep(WAITING)
            yield

    async def take_over(self, home: Cursor) -> list[Cursor]:
        """Fence whoever led before; return all rows, *home* added if it is new.

        Raises:
            Halted: The row was made for another layout.
        """
        async with self._database.transaction():
            await self._database.fetchval(BEGIN, *_values(home))
            rows = await self._database.fetch(TAKE_OVER)
        found = [_cursor(row) for row in rows]
        if home.layout not in {row["layout"] for row in rows}:
            raise Halted(f"the layout is {home.layout}, the rows have another")
        return found

    async def advance(self, before: Sequence[Cursor], after: Sequence[Cursor]) -> bool:
        """Move all rows on, new ones too, if none was moved or taken over meanwhile."""
        known = {cursor.topic: cursor for cursor in before}
        try:
            async with self._database.transaction():
                for cursor in sorted(after, key=lambda each: each.topic):
                    await self._move(known.get(cursor.topic), cursor)
        except _Lost:
            return False
        return True

    async def floors(self) -> Mapping[tuple[str, int], int]:
        """Return the last position of what was lost and accepted, per partition."""
        return {(row[0], row[1]): row[2] for row in await self._database.fetch(FLOORS)}

    async def leap(self, position: int) -> None:
        """Let no event be recorded at or below *position* any more."""
        await self._database.fetchval("SELECT es.leap($1)", position)

    async def _move(self, before: Cursor | None, after: Cursor) -> None:
        if before is None:
            moved = await self._database.fetchval(BEGIN, *_values(after))
        else:
            moved = await self._database.fetchval(
                ADVANCE,
                after.topic,
                before.epoch,
                before.position,
                after.position,
                list(after.last),
            )
        if not moved:
            raise _Lost


class _Lost(Exception):
    """A row is not as it was left."""


def _values(cursor: Cursor) -> tuple[str, int, list[int], str, int]:
    return (
        cursor.topic,
        cursor.position,
        list(cursor.last),
        cursor.layout,
        cursor.epoch,
    )


def _cursor(row: Row) -> Cursor:
    return Cursor(
        topic=row["topic"],
        position=row["position"],
        last=tuple(row["last_by_part"]),
        epoch=row["epoch"],
    )
