"""The live build of a service's views, read through a pool of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.chassis.postgres import Database
from services.chassis.viewing.declaring import Row

SCHEMA = "views"


class LiveRows:
    """Reads the live views; opened by ``open_rows``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def fetch(self, sql: str, *arguments: Any) -> Sequence[Row]:
        """Return the rows of a SELECT; views are named without schema."""
        return [dict(row) for row in await self._database.fetch(sql, *arguments)]

    async def close(self) -> None:
        """Close the pool."""
        await self._database.close()


async def open_rows(url: str, *, name: str, size: int = 5) -> LiveRows:
    """Open a pool that finds the live views by their bare names.

    Raises:
        Unavailable: The server is not there.
    """
    return LiveRows(await Database.open(url, name=name, size=size, reading=SCHEMA))
