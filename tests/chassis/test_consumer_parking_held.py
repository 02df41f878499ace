"""A parked key is not freed while a batch parks something behind it."""

import asyncio

import pytest

from services.chassis.consumer.parking import Parking
from services.chassis.postgres import Database
from tests.chassis.consuming import Refused, Rig


@pytest.fixture
async def rig(journal_database, clock):
    database = await Database.open(journal_database.of("planning_app"))
    yield Rig(database, clock)
    await database.close()


async def test_what_is_parked_behind_a_key_goes_with_it(rig, monkeypatch):
    consumer = await rig.ready()
    rig.reactions.wrong[0] = Refused("no")
    await consumer.receive([rig.sender.tell(0)])
    rig.reactions.wrong.clear()
    held, looked, go = Parking.held, asyncio.Event(), asyncio.Event()

    async def slow(self, items):
        found = await held(self, items)
        looked.set()
        await go.wait()
        return found

    monkeypatch.setattr(Parking, "held", slow)
    receiving = asyncio.create_task(consumer.receive([rig.sender.tell(1)]))
    await looked.wait()
    await consumer.release_due()
    go.set()
    await receiving
    await consumer.release_due()

    assert await rig.effects() == [0, 1]
    assert await rig.parked() == []
