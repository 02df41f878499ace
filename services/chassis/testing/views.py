"""A service's views on a real database, fed by a journal and by what is heard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

from contracts.catalogue import topic_of
from contracts.envelope import Envelope, to_value
from contracts.event import Event
from services.chassis.consumer import Heard
from services.chassis.context import current
from services.chassis.postgres import Database
from services.chassis.projector import Hearing, Projector
from services.chassis.viewing.rows import LiveRows, open_rows

if TYPE_CHECKING:
    from services.chassis.journal import Journal
    from services.chassis.running import Service


class Views:
    """``rows`` for queries and ``open_client``; ``show`` brings them up to date."""

    def __init__(
        self,
        projector: Projector,
        hearing: Hearing,
        database: Database,
        rows: LiveRows,
    ) -> None:
        self._projector = projector
        self._hearing = hearing
        self._database = database
        self.rows = rows
        self._heard = 0

    async def show(self) -> None:
        """Let the views hold all that was recorded and heard."""
        await self._projector.catch_up()

    async def hear(self, event: Event, key: str) -> None:
        """Let the views hear a published event, as if it came over the bus."""
        self._heard += 1
        context = current()
        envelope = Envelope(
            id=uuid5(NAMESPACE_OID, f"{event.TYPE}/{key}/{self._heard}"),
            source="tests",
            type=event.TYPE,
            subject=key,
            partitionkey=key,
            time=context.occurred_at,
            correlationid=context.correlation_id,
            causationid=context.causation_id,
            data=event.model_dump(mode="json"),
        )
        heard = Heard(
            envelope=envelope,
            event=event,
            body=to_value(envelope).decode(),
            position=self._heard,
            version=1,
            topic=topic_of(event.TYPE),
            partition=0,
            timestamp_ms=0,
        )
        async with self._database.transaction():
            await self._hearing.keep([heard])

    async def drift(self) -> dict[str, int]:
        """Return how many rows of which tables are not what the events say."""
        return {drift.table: drift.rows for drift in await self._projector.verify()}


@asynccontextmanager
async def open_views(
    url: str, service: Service, journal: Journal
) -> AsyncIterator[Views]:
    """Lend the views of *service* in its database, as its ``app`` role."""
    database = await Database.open(url, size=2)
    rows = await open_rows(url, name="tests", size=2)
    try:
        hearing = Hearing(database, service.projections)
        projector = Projector(service.projections, database, journal, hearing)
        await projector.start()
        yield Views(projector, hearing, database, rows)
    finally:
        await rows.close()
        await database.close()
