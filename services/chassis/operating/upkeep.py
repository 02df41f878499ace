"""Does what is stored still say what was written? Asked by operators, now and then."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.chassis.postgres import Database
    from services.chassis.projector import Projector

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


async def views_listed(projector: Projector) -> list[dict[str, Any]]:
    """Return the builds of the views, the newest first; one of them is live."""
    return [
        {**row, "made_at": row["made_at"].isoformat() if row["made_at"] else None}
        for row in await projector.builds()
    ]


async def views_verified(projector: Projector) -> dict[str, Any]:
    """Return every table whose live rows are not what the events say, with keys."""
    began = time.monotonic()
    drift = [asdict(found) for found in await projector.verify()]
    return {"drift": drift, "seconds": round(time.monotonic() - began, 3)}


async def views_rebuilt(projector: Projector) -> dict[str, Any]:
    """Make the views anew beside the live ones, swap, and say which build is live."""
    began = time.monotonic()
    build = await projector.rebuild()
    return {"build": build, "seconds": round(time.monotonic() - began, 3)}
