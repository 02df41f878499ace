"""A relay's cursors in memory, for tests and simulations."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from services.chassis.cursors import Cursor
from services.chassis.errors import Halted


class MemoryCursors:
    """Keeps the rows in a dict; ``exclusive=False`` lets two relays believe they lead.

    ``history`` holds every position the cursors ever stood at.
    """

    def __init__(self, *, exclusive: bool = True) -> None:
        self._seat = asyncio.Lock()
        self._exclusive = exclusive
        self.rows: dict[str, Cursor] = {}
        self.history: list[int] = []
        self.accepted: dict[tuple[str, int], int] = {}
        self.leapt = 0

    @asynccontextmanager
    async def leading(self) -> AsyncIterator[None]:
        """Hold the one seat of the service's relay; wait until it is free."""
        if not self._exclusive:
            yield
            return
        async with self._seat:
            yield

    async def take_over(self, home: Cursor) -> list[Cursor]:
        """Fence whoever led before; return all rows, *home* added if it is new.

        Raises:
            Halted: The row was made for another layout.
        """
        row = self.rows.setdefault(home.topic, home)
        if row.layout != home.layout:
            raise Halted(f"the layout is {home.layout}, was {row.layout}")
        self.rows = {
            topic: replace(cursor, epoch=cursor.epoch + 1)
            for topic, cursor in self.rows.items()
        }
        return list(self.rows.values())

    async def advance(self, before: Sequence[Cursor], after: Sequence[Cursor]) -> bool:
        """Move all rows on, new ones too, if none was moved or taken over meanwhile."""
        await asyncio.sleep(0)
        if any(self.rows.get(cursor.topic) != cursor for cursor in before):
            return False
        self.rows.update({cursor.topic: cursor for cursor in after})
        self.history.append(after[0].position)
        return True

    async def floors(self) -> Mapping[tuple[str, int], int]:
        """Return the last position of what was lost and accepted, per partition."""
        return self.accepted

    async def leap(self, position: int) -> None:
        """Keep what was asked for: a memory journal is never restored."""
        self.leapt = max(self.leapt, position)
