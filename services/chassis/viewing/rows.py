"""The live build of a service's views, read through a pool of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from services.chassis.errors import Unavailable
from services.chassis.postgres import Database
from services.chassis.viewing.declaring import Row

SCHEMA = "views"
PATIENCE, PAUSE = 2.0, 0.01
# Asked of the events, for a number that was rolled back is no event to wait for.
BEHIND = """
SELECT EXISTS (SELECT FROM es.event
 WHERE seq <= $1 AND seq > coalesce(
   (SELECT journal_position FROM es.view_build WHERE state = 'live'), 0))
"""


class LiveRows:
    """Reads the live views; opened by ``open_rows``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def fetch(self, sql: str, *arguments: Any) -> Sequence[Row]:
        """Return the rows of a SELECT; views are named without schema."""
        return [dict(row) for row in await self._database.fetch(sql, *arguments)]

    async def caught_up(self, position: int) -> None:
        """Return once the views hold what was recorded up to *position*.

        Raises:
            Unavailable: They did not get there within a bounded time.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                while await self._database.fetchval(BEHIND, position):  # noqa: ASYNC110 - what moves is a row in Postgres
                    await asyncio.sleep(PAUSE)
        except TimeoutError as error:
            behind = f"the views do not hold position {position} yet"
            raise Unavailable(behind) from error

    async def close(self) -> None:
        """Close the pool."""
        await self._database.close()


async def open_rows(url: str, *, name: str, size: int = 5) -> LiveRows:
    """Open a pool that finds the live views by their bare names.

    Raises:
        Unavailable: The server is not there.
    """
    return LiveRows(await Database.open(url, name=name, size=size, reading=SCHEMA))
