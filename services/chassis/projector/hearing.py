"""What the views hear from other services, kept so that they can be made again.

The views' consumer writes each event here, in the transaction of its checkpoint; the
projector reads it like a second journal. So a rebuild needs no bus.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from contracts.catalogue import CATALOGUE
from services.chassis.consumer import Heard
from services.chassis.postgres import Database
from services.chassis.projector.builds import ALONE
from services.chassis.projector.declaring import Projection, Seen

KEEP = """
INSERT INTO es.heard (event_id, type, stream, key, version, source_position,
                      occurred_at, data)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[],
                     $6::bigint[], $7::timestamptz[], $8::json[])
ON CONFLICT (event_id) DO NOTHING
"""
TURN = 0x6865617264  # an advisory lock's number: "heard"


class Hearing:
    """The events that a service's projections hear, in the order they were kept."""

    def __init__(self, database: Database, projections: Iterable[Projection]) -> None:
        self._database = database
        self._wakes: list[Callable[[], None]] = []
        heard = {event for p in projections for event in p.heard}
        self.events = {event.TYPE: event for event in heard}

    def on_heard(self, wake: Callable[[], None]) -> None:
        """Call *wake* after each commit that kept something."""
        self._wakes.append(wake)

    async def number(self) -> int:
        """Return the number of the consumer that hears exactly these types."""
        types = sorted(self.events)
        async with self._database.transaction():
            await self._database.execute(f"LOCK TABLE es.view_hearing {ALONE}")
            await self._database.execute(
                "INSERT INTO es.view_hearing (number, types)"
                " SELECT coalesce(max(number), 0) + 1, $1 FROM es.view_hearing"
                " ON CONFLICT (types) DO NOTHING",
                types,
            )
            return int(
                await self._database.fetchval(
                    "SELECT number FROM es.view_hearing WHERE types = $1", types
                )
            )

    async def keep(self, heard: Sequence[Heard]) -> None:
        """Keep events, each once, in the caller's transaction."""
        # Taking turns: what is kept later is seen later, so a reader misses nothing.
        await self._database.execute("SELECT pg_advisory_xact_lock($1)", TURN)
        await self._database.execute(
            KEEP,
            [one.envelope.id for one in heard],
            [one.envelope.type for one in heard],
            [one.envelope.subject for one in heard],
            [one.envelope.partitionkey for one in heard],
            [one.version for one in heard],
            [one.position for one in heard],
            [one.envelope.time for one in heard],
            [one.body for one in heard],
        )
        self._database.after_commit(self._woken)

    async def head(self) -> int:
        """Return the position of the last event heard; 0 if none is listened to."""
        if not self.events:
            return 0
        last = "SELECT coalesce(max(position), 0) FROM es.heard"
        return int(await self._database.fetchval(last))

    async def pending(self, position: int) -> int:
        """Return how many events were heard past *position*."""
        if not self.events:
            return 0
        count = "SELECT count(*) FROM es.heard WHERE position > $1"
        return int(await self._database.fetchval(count, position))

    async def after(self, position: int, limit: int) -> list[tuple[int, Seen]]:
        """Return what was heard past *position*, in order."""
        if not self.events:
            return []
        rows = await self._database.fetch(
            "SELECT * FROM es.heard WHERE position > $1 ORDER BY position LIMIT $2",
            position,
            limit,
        )
        return [(row["position"], self._seen(row)) for row in rows]

    def _seen(self, row: Any) -> Seen:
        return Seen(
            event=CATALOGUE[row["type"]].model_validate(json.loads(row["data"])),
            stream=row["stream"],
            key=row["key"],
            version=row["version"],
            position=row["source_position"],
            occurred_at=row["occurred_at"],
            recorded_at=row["recorded_at"],
        )

    def _woken(self) -> None:
        for wake in self._wakes:
            wake()
