"""Looking at topics from outside any group, and making them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka import TopicPartition as KafkaPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

from services.chassis.bus import Record, TopicPartition
from services.chassis.bus.kafka.patience import in_time, undisturbed
from services.chassis.errors import Unavailable

READING = 120.0


async def create_topics(
    bootstrap: str, topics: Sequence[str], partitions: int = 12, replicas: int = 1
) -> None:
    """Create those topics that are not there; nothing in them ever expires."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    keep = {"retention.ms": "-1", "cleanup.policy": "delete"}
    new = [
        NewTopic(
            name=topic,
            num_partitions=partitions,
            replication_factor=replicas,
            topic_configs=keep,
        )
        for topic in topics
    ]
    try:
        async with in_time():
            await admin.start()
            answer = await admin.create_topics(new)
    finally:
        await admin.close()
    for topic, code, *_ in answer.topic_errors:
        if code and for_code(code) is not TopicAlreadyExistsError:
            raise Unavailable(f"{topic}: {for_code(code).__name__}")


async def end_offsets(bootstrap: str, topic: str) -> dict[int, int]:
    """Return the offset after the last record of each partition."""
    async with _reader(bootstrap) as reader:
        return {at.partition: end for at, end in (await _ends(reader, topic)).items()}


async def existing(bootstrap: str) -> set[str]:
    """Return the topics that there are; asking for another waits for it in vain."""
    async with _reader(bootstrap) as reader:
        return set(await reader.topics())


async def read_all(bootstrap: str, topic: str) -> list[Record]:
    """Return everything in the topic, from the first offset to the present end."""
    async with _reader(bootstrap) as reader:
        ends = await _ends(reader, topic)
        firsts = await reader.beginning_offsets(list(ends))
        start = {at: first for at, first in firsts.items() if first < ends[at]}
        return [record async for record in _read(reader, start, ends)]


async def read_between(
    bootstrap: str, at: TopicPartition, first: int, end: int
) -> AsyncIterator[Record]:
    """Yield what one partition holds from offset *first* to before *end*."""
    if first >= end:
        return
    async with _reader(bootstrap) as reader:
        place = KafkaPartition(*at)
        async for record in _read(reader, {place: first}, {place: end}):
            yield record


async def last_records(bootstrap: str, topic: str) -> dict[int, Record]:
    """Return the last record of each partition that holds any."""
    async with _reader(bootstrap) as reader:
        ends = await _ends(reader, topic)
        last = {at: end - 1 for at, end in ends.items() if end}
        return {r.partition: r async for r in _read(reader, last, ends)}


def record_of(raw: ConsumerRecord) -> Record:
    """Return what arrived as the port has it."""
    return Record(
        topic=raw.topic,
        partition=raw.partition,
        offset=raw.offset,
        key=raw.key,
        value=raw.value,
        headers=tuple((name, value or b"") for name, value in raw.headers),
        timestamp_ms=raw.timestamp,
    )


@asynccontextmanager
async def _reader(bootstrap: str) -> AsyncIterator[AIOKafkaConsumer]:
    """Yield a consumer of no group: it leaves no trace."""
    reader = AIOKafkaConsumer(
        bootstrap_servers=bootstrap,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    try:
        async with in_time(READING):
            await undisturbed(reader.start())
            yield reader
    finally:
        await undisturbed(reader.stop())


async def _ends(reader: AIOKafkaConsumer, topic: str) -> dict[KafkaPartition, int]:
    found = await reader._client._wait_on_metadata(topic)  # noqa: SLF001 - asks at once
    ends = await reader.end_offsets([KafkaPartition(topic, number) for number in found])
    return dict(ends)


async def _read(
    reader: AIOKafkaConsumer,
    start: Mapping[KafkaPartition, int],
    ends: Mapping[KafkaPartition, int],
) -> AsyncIterator[Record]:
    reader.assign(list(start))
    for at, offset in start.items():
        reader.seek(at, offset)
    left = set(start)
    while left:
        for at, batch in (await reader.getmany(timeout_ms=500)).items():
            for raw in batch:
                if raw.offset < ends[at]:
                    yield record_of(raw)
            if batch[-1].offset + 1 >= ends[at]:
                left.discard(at)
