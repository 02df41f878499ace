"""Effects, checkpoint and parked messages: one transaction, seen by a count.

The journal forgives a second append under the same ids; a count forgives nothing.
"""

import asyncio

import pytest

from services.chassis.consumer.checkpoint import Checkpoint
from services.chassis.consumer.parking import Parking
from services.chassis.errors import Unavailable
from services.chassis.postgres import Database
from tests.chassis.consuming import AT, Refused, Rig
from tests.databases import execute
from tests.eventually import eventually

TABLE = """
CREATE TABLE public.counted (number int NOT NULL);
GRANT SELECT, INSERT ON public.counted TO planning_app
"""
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"


class Count:
    """An effect that shows each time it happens."""

    def __init__(self, database):
        self.database = database

    async def add(self, heard):
        await self.database.executemany(
            "INSERT INTO public.counted VALUES ($1)",
            [(each.event.number,) for each in heard],
        )

    async def total(self):
        return await self.database.fetchval("SELECT count(*) FROM public.counted")


@pytest.fixture
async def rig(journal_database, clock):
    await execute(journal_database.super, TABLE)
    database = await Database.open(journal_database.of("planning_app"))
    yield Rig(database, clock)
    await database.close()


@pytest.fixture
def count(rig):
    return Count(rig.database)


def failing_once(monkeypatch, owner, name):
    """Let a method fail the first time it is called, having done nothing."""
    method, outages = getattr(owner, name), [Unavailable("Postgres is away")]

    async def shaky(self, *args):
        if outages:
            raise outages.pop()
        return await method(self, *args)

    monkeypatch.setattr(owner, name, shaky)


async def test_what_is_sent_again_is_counted_once(rig, count):
    consumer = await rig.ready(sink=count.add)
    first = [rig.sender.tell(number) for number in range(3)]

    await consumer.receive([*first, *(rig.sender.again(record) for record in first)])

    assert await count.total() == 3


async def test_an_effect_whose_checkpoint_fails_is_counted_once(
    rig, count, monkeypatch
):
    failing_once(monkeypatch, Checkpoint, "advance")
    consumer = await rig.ready(sink=count.add)
    batch = [rig.sender.tell(number) for number in range(3)]

    assert await consumer.receive(batch) == {AT: 0}
    await consumer.receive(batch)

    assert await count.total() == 3


async def test_a_message_that_could_not_be_parked_comes_again(rig, monkeypatch):
    failing_once(monkeypatch, Parking, "park")
    consumer = await rig.ready()
    rig.reactions.wrong[1] = Refused("no")
    batch = [rig.sender.tell(1)]

    assert await consumer.receive(batch) == {AT: 0}
    await consumer.receive(batch)

    assert await rig.parked() == [("k", 0, "not-today")]


async def test_a_zombie_in_the_middle_of_a_batch_counts_nothing_twice(rig, count):
    begun, go = asyncio.Event(), asyncio.Event()

    async def slow(heard):
        begun.set()
        await go.wait()
        await count.add(heard)

    zombie = await rig.ready(sink=slow)
    batch = [rig.sender.tell(number) for number in range(3)]
    late = asyncio.create_task(zombie.receive(batch))
    await begun.wait()

    async def inherit():
        heir = await rig.ready(sink=count.add)
        await heir.receive(batch)

    inheriting = asyncio.create_task(inherit())
    await eventually(lambda: blocked_or(inheriting, rig.database))
    go.set()
    await asyncio.gather(late, inheriting)

    assert await count.total() == 3


async def blocked_or(task, database):
    return task.done() or await database.fetchval(WAITS)
