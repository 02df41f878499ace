"""Kafka keeps the contract, and FastStream is held to our settings."""

import itertools

import pytest
from aiokafka import AIOKafkaConsumer

from services.chassis.bus import Outgoing
from services.chassis.bus.kafka import KafkaBus, create_topics, end_offsets, read_all
from services.chassis.errors import InvalidMessage
from tests.chassis.bus_contract import BusContract, Ear, outgoing
from tests.eventually import eventually

NUMBERS = itertools.count()


@pytest.fixture
async def topic(kafka):
    name = f"contract-{next(NUMBERS)}.events.v1"
    await create_topics(kafka, [name], partitions=3)
    return name


@pytest.fixture
async def bus(kafka):
    bus = KafkaBus(kafka, "one")
    yield bus
    await bus.stop()


class TestKafkaBus(BusContract):
    @pytest.fixture
    async def neighbour(self, kafka):
        bus = KafkaBus(kafka, "two")
        yield bus
        await bus.stop()


async def test_making_a_topic_again_changes_nothing(kafka, topic):
    await create_topics(kafka, [topic], partitions=5)

    assert len(await end_offsets(kafka, topic)) == 3


async def test_a_topic_is_read_from_its_first_offset_to_its_end(kafka, bus, topic):
    producer = await bus.producer()
    await producer.send(topic, 0, [outgoing(1), outgoing(2)])
    await producer.send(topic, 2, [outgoing(3)])
    await producer.close()

    assert len(await read_all(kafka, topic)) == 3
    assert await end_offsets(kafka, topic) == {0: 2, 1: 0, 2: 1}


async def test_a_batch_too_large_for_one_record_batch_is_refused(bus, topic):
    producer = await bus.producer()
    large = Outgoing(key=b"k", value=b"x" * 2_000_000, headers=())

    with pytest.raises(InvalidMessage):
        await producer.send(topic, 0, [large])
    await producer.close()


async def test_a_header_that_asks_for_a_reply_gets_none(kafka, bus, topic):
    ear = Ear()
    bus.subscribe([topic], f"{topic}.group", ear)
    await bus.start()
    producer = await bus.producer()
    headers = (("n", b"1"), ("reply_to", topic.encode()))

    await producer.send(topic, 0, [Outgoing(key=b"k", value=b"{}", headers=headers)])
    await producer.send(topic, 1, [outgoing(2)])

    await eventually(lambda: sorted(ear.numbers()) == [1, 2])
    assert sum((await end_offsets(kafka, topic)).values()) == 2
    await producer.close()


async def test_a_member_that_comes_back_goes_on_at_once(kafka, topic):
    for round_, number in enumerate((1, 2)):
        bus, ear = KafkaBus(kafka, "same"), Ear(start={0: round_})
        bus.subscribe([topic], f"{topic}.group", ear)
        await bus.start()
        producer = await bus.producer()
        await producer.send(topic, 0, [outgoing(number)])
        await eventually(lambda ear=ear, number=number: number in ear.numbers())
        await producer.close()
        await bus.stop()


async def test_what_was_dealt_with_is_committed_for_the_lag_tools(kafka, bus, topic):
    ear = Ear()
    bus.subscribe([topic], f"{topic}.group", ear)
    await bus.start()
    producer = await bus.producer()
    await producer.send(topic, 0, [outgoing(1), outgoing(2)])
    await producer.close()
    await eventually(lambda: ear.numbers() == [1, 2])

    await bus.stop()

    assert await committed(kafka, topic) == 2


async def committed(kafka, topic):
    from aiokafka import TopicPartition  # noqa: PLC0415 - used once

    reader = AIOKafkaConsumer(
        bootstrap_servers=kafka, group_id=f"{topic}.group", enable_auto_commit=False
    )
    await reader.start()
    try:
        return await reader.committed(TopicPartition(topic, 0))
    finally:
        await reader.stop()
