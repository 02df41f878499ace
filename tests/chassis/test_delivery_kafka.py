"""The same on real Kafka: relays and members come and go, effects happen once."""

import asyncio
import itertools
import os

import pytest

from services.chassis.bus.kafka import KafkaBus, create_topics, read_all
from services.chassis.postgres import Database
from tests.chassis.consuming import ledger
from tests.chassis.delivery import Delivery, chains
from tests.eventually import eventually

NUMBERS = itertools.count()


class Member:
    """A process that consumes: a bus of its own, stopped and started again."""

    def __init__(self, bootstrap, delivery, name):
        self._bootstrap, self._delivery, self._name = bootstrap, delivery, name

    async def start(self):
        self.consumer = self._delivery.consumer()
        self._bus = KafkaBus(self._bootstrap, self._name)
        self.consumer.listen(self._bus)
        await self._bus.start()
        self._running = asyncio.create_task(self.consumer.run())

    async def stop(self):
        self._running.cancel()
        await self._bus.stop()


@pytest.fixture
async def delivery(databases, kafka, clock):
    topic = f"fuzz-{os.getpid()}-{next(NUMBERS)}.events.v1"
    await create_topics(kafka, [topic], partitions=3)
    with databases.clone("planning") as one, databases.clone("inspection") as two:
        urls = (
            one.of("planning_app"),
            one.of("planning_relay"),
            two.of("inspection_app"),
        )
        opened = [await Database.open(url) for url in urls]
        yield Delivery(*opened, clock, seed=1, topic=topic)
        for database in opened:
            await database.close()


@pytest.mark.fault("F13")
async def test_everything_arrives_once_and_in_order_over_kafka(delivery, kafka):
    members = [Member(kafka, delivery, name) for name in ("one", "two")]
    for member in members:
        await member.start()

    async def restart():
        for member in members:
            await asyncio.sleep(0.5)
            await member.stop()
            await member.start()

    async def fire():
        await asyncio.gather(*(delivery.write(writer, 150) for writer in range(3)))
        await restarting
        delivery.writing = False

    restarting = asyncio.create_task(restart())
    bus = KafkaBus(kafka, "relay")
    await asyncio.gather(
        fire(),
        delivery.heal(),
        *(delivery.live_and_die(lambda: delivery.relay(bus).run()) for _ in "ab"),
    )
    expected, happened = await delivery.drained()
    await delivery.stop()

    assert happened == expected
    total = sum(map(len, expected.values()))
    assert chains(await read_all(kafka, delivery.topic)) == total
    assert (await ledger(members[0].consumer))["applied"] == total
    for member in members:
        await member.stop()


@pytest.mark.fault("F5")
async def test_what_waits_while_kafka_is_away_is_only_late(delivery):
    """A relay that cannot reach Kafka goes on trying, and moves nothing."""
    relay = delivery.relay(KafkaBus("127.0.0.1:1", "relay"))
    await delivery.write(1, 5)

    running = asyncio.create_task(relay.run())
    await eventually(lambda: relay.state == "failing", within=30)
    relay.stop()
    await running

    status = await relay.status(delivery.clock())
    assert (status.published, status.position) == (0, 0)
    assert status.pending > 0
