"""Partitions are given up with nothing in hand."""

import asyncio

import pytest

from services.chassis.postgres import Database
from tests.chassis.consuming import AT, Rig


@pytest.fixture
async def rig(journal_database, clock):
    database = await Database.open(journal_database.of("planning_app"))
    yield Rig(database, clock)
    await database.close()


async def test_a_revoke_waits_for_the_batch_in_hand(rig):
    begun, go, react = asyncio.Event(), asyncio.Event(), rig.reactions.react

    async def slow(event, journal):
        begun.set()
        await go.wait()
        await react(event, journal)

    rig.reactions.react = slow
    consumer = await rig.ready()
    receiving = asyncio.create_task(consumer.receive([rig.sender.tell(1)]))
    await begun.wait()

    revoking = asyncio.create_task(consumer.revoked([AT]))
    done, _ = await asyncio.wait({revoking}, timeout=0.1)
    assert not done
    go.set()
    await asyncio.gather(revoking, receiving)

    assert await rig.effects() == [1]
