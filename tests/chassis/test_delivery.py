"""No event is lost, each has its effect once and in order: shown under fire."""

import asyncio
import itertools

import pytest

from services.chassis.postgres import Database
from services.chassis.testing import MemoryBus
from tests.chassis.consuming import ledger
from tests.chassis.delivery import Delivery, chains

NUMBERS = itertools.count()
GROUP = "inspection.reactions.v1"


@pytest.fixture
async def opened(databases):
    """The databases: the sender's application and relay, the receiver, a superuser."""
    with databases.clone("planning") as one, databases.clone("inspection") as two:
        urls = (
            one.of("planning_app"),
            one.of("planning_relay"),
            two.of("inspection_app"),
            two.super,
        )
        found = [await Database.open(url) for url in urls]
        yield found
        for database in found:
            await database.close()


async def check(delivery, consumer, records):
    expected, happened = await delivery.drained()

    assert happened == expected
    account = await ledger(consumer)
    total = sum(map(len, expected.values()))
    assert account["applied"] == total
    assert account["parked"] == 0
    assert account["consumed"] == len(records)
    assert chains(records) == total


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_everything_arrives_once_and_in_order_under_fire(opened, clock, seed):
    *services, superuser = opened
    delivery, bus = Delivery(*services, clock, seed), MemoryBus(3, 40)
    dice = delivery.dice
    bus.faults.lose = lambda *_: dice.random() < 0.03
    bus.faults.mute = lambda *_: dice.random() < 0.03
    bus.faults.deliver = lambda batch: [*batch, *batch[: dice.randrange(3)]]
    consumers = [delivery.consumer() for _ in range(3)]
    for consumer in consumers:
        consumer.listen(bus)
    await bus.start()
    delivery.tasks += [asyncio.create_task(each.run()) for each in consumers]

    async def rebalance():
        for turn in itertools.count(1):
            if not delivery.writing:
                return
            await asyncio.sleep(dice.random() * 0.5)
            await bus.rebalance(GROUP, turn)

    async def fire():
        await asyncio.gather(*(delivery.write(writer, 150) for writer in range(4)))
        delivery.writing = False

    await asyncio.gather(
        fire(),
        delivery.heal(),
        delivery.kill(superuser),
        rebalance(),
        *(delivery.live_and_die(lambda: delivery.relay(bus).run()) for _ in "ab"),
    )

    await check(delivery, consumers[0], bus.records(delivery.topic))
    await delivery.stop()
    await bus.stop()
