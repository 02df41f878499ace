"""Does the journal still say what was written? Asked by operators, now and then."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.chassis.postgres import Database

BROKEN = "SELECT stream_id, version FROM es.verify() LIMIT 1000"
WRITTEN = """
SELECT (SELECT count(*) FROM es.stream) AS streams, (SELECT count(*) FROM es.event) AS n
"""


async def journal_verified(database: Database) -> dict[str, Any]:
    """Return every stream whose hash chain is broken, and its first bad version."""
    began = time.monotonic()
    broken = await database.fetch(BROKEN)
    written = await database.fetchrow(WRITTEN)
    return {
        "streams": written["streams"] if written else 0,
        "events": written["n"] if written else 0,
        "broken": [dict(row) for row in broken],
        "seconds": round(time.monotonic() - began, 3),
    }
