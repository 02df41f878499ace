"""On real Kafka: what rests is not fetched, keeps its place, and its group stays."""

import itertools
import os

import pytest

from services.chassis.bus import TopicPartition
from services.chassis.bus.kafka import KafkaBus, create_topics, read_between
from tests.chassis.bus_contract import Ear, outgoing
from tests.eventually import eventually

NUMBERS = itertools.count()


class SteeredEar(Ear):
    """Hears, but for what rests; asks from the start for what was moved."""

    def __init__(self):
        super().__init__()
        self.rest = set()
        self.move = set()
        self.asked = self.refused = 0

    async def assigned(self, partitions):
        self.move.difference_update(partitions)
        self.held.update(partitions)
        return {at: 1 + max(self.offsets(at), default=-1) for at in partitions}

    def offsets(self, at):
        return [record.offset for record in self.heard if record.at == at]

    async def receive(self, records):
        held = [record for record in records if record.at in self.rest]
        self.refused += bool(held)
        self.heard += [record for record in records if record.at not in self.rest]
        return {record.at: record.offset for record in reversed(held)}

    def resting(self):
        self.asked += 1
        return self.rest

    def moved(self):
        return self.move


@pytest.fixture
async def topic(kafka):
    name = f"steer-{os.getpid()}-{next(NUMBERS)}.events.v1"
    await create_topics(kafka, [name], partitions=3)
    return name


@pytest.fixture
async def ear(kafka, topic):
    bus, ear = KafkaBus(kafka, "steered"), SteeredEar()
    bus.subscribe([topic], f"{topic}.group", ear)
    await bus.start()
    ear.producer = await bus.producer()
    await eventually(lambda: len(ear.held) == 3, within=30)
    yield ear
    await ear.producer.close()
    await bus.stop()


async def test_a_partition_rests_without_a_rebalance_and_goes_on_where_it_was(
    ear, topic
):
    resting = TopicPartition(topic, 0)
    ear.rest = {resting}
    await ear.producer.send(topic, 0, [outgoing(1), outgoing(2)])
    await ear.producer.send(topic, 1, [outgoing(3)])
    await eventually(lambda: ear.numbers(1) == [3], within=30)
    seen = ear.asked
    await eventually(lambda: ear.asked >= seen + 2, within=30)
    await ear.producer.send(topic, 1, [outgoing(4)])
    await eventually(lambda: ear.numbers(1) == [3, 4], within=30)
    assert (ear.numbers(0), ear.given_up) == ([], [])
    assert ear.refused <= 1  # since then it is not even fetched

    ear.rest = set()

    await eventually(lambda: ear.numbers(0) == [1, 2], within=30)
    assert ear.given_up == []


async def test_a_partition_that_was_moved_goes_on_from_there_without_news(ear, topic):
    moved = TopicPartition(topic, 2)
    await ear.producer.send(topic, 2, [outgoing(1), outgoing(2)])
    await eventually(lambda: ear.numbers(2) == [1, 2], within=30)
    ear.heard.clear()

    ear.move = {moved}

    await eventually(lambda: ear.numbers(2) == [1, 2], within=30)
    assert (ear.move, ear.given_up) == (set(), [])


async def test_a_stretch_of_one_partition_is_read(ear, topic, kafka):
    await ear.producer.send(topic, 1, [outgoing(number) for number in range(5)])

    async def numbers(first, end):
        place = TopicPartition(topic, 1)
        found = [r async for r in read_between(kafka, place, first, end)]
        return [record.offset for record in found]

    assert [await numbers(1, 3), await numbers(4, 5), await numbers(2, 2)] == [
        [1, 2],
        [4],
        [],
    ]
