"""A projector of counters: what is written, heard and shown, for its tests."""

from datetime import UTC, datetime
from uuid import UUID

from contracts.envelope import Envelope, to_value
from services.chassis.consumer import Heard
from services.chassis.journal import ANY, Append
from services.chassis.projector import Hearing, Projector
from tests.chassis.small_service import COUNTERS, SMALL, STORY, Named

NOON = datetime(2023, 5, 16, 5, 0, tzinfo=UTC)
(DETAIL,) = SMALL.details


async def write(journal, *events):
    for event in events:
        await journal.append(
            Append(stream=f"counter-{event.counter}", expected=ANY, events=[event])
        )


def projecting_to(database, journal, projections=(COUNTERS,)):
    return Projector(projections, database, journal, Hearing(database, projections))


async def hear(database, counter, name, number=1):
    envelope = Envelope(
        id=UUID(int=number),
        source="elsewhere",
        type=Named.TYPE,
        subject=f"name-{counter}",
        partitionkey=counter,
        time=NOON,
        correlationid=STORY,
        causationid=STORY,
        data={"counter": counter, "name": name},
    )
    heard = Heard(
        envelope=envelope,
        event=Named(counter=counter, name=name),
        body=to_value(envelope).decode(),
        position=number,
        version=1,
        topic="small.events.v1",
        partition=0,
        timestamp_ms=0,
    )
    async with database.transaction():
        await Hearing(database, [COUNTERS]).keep([heard])


async def every(rows):
    tables = {}
    for table in COUNTERS.tables:
        keys = ", ".join(table.key)
        found = await rows.fetch(f"SELECT * FROM {table.name} ORDER BY {keys}")  # noqa: S608 - ours
        tables[table.name] = found
    return tables


class Hooked:
    """A journal that lets something happen after it was read."""

    def __init__(self, journal, hook):
        self._journal = journal
        self._hook = hook

    async def after(self, position, limit):
        found = await self._journal.after(position, limit)
        await self._hook(limit, found)
        return found

    async def head(self):
        return await self._journal.head()

    def on_append(self, wake):
        self._journal.on_append(wake)
