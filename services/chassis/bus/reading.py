"""Topics read from outside, in no group: for people who look on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from services.chassis.bus import Record
from services.chassis.bus.kafka import end_offsets, read_all
from services.chassis.errors import Unavailable


async def tail(
    bootstrap: str, topics: Sequence[str], *, from_start: bool, wait: bool
) -> AsyncIterator[Record]:
    """Yield what is in the topics (``from_start``), and what comes (``wait``).

    Raises:
        Unavailable: Kafka does not answer.
    """
    if not wait:
        for topic in topics:
            for record in await read_all(bootstrap, topic) if from_start else ():
                yield record
        return
    known = [topic for topic in topics if await end_offsets(bootstrap, topic)]
    reader = AIOKafkaConsumer(
        *known,
        bootstrap_servers=bootstrap,
        enable_auto_commit=False,
        auto_offset_reset="earliest" if from_start else "latest",
    )
    try:
        await reader.start()
        async for raw in reader:
            yield Record(
                topic=raw.topic,
                partition=raw.partition,
                offset=raw.offset,
                key=raw.key,
                value=raw.value,
                headers=tuple((name, value or b"") for name, value in raw.headers),
                timestamp_ms=raw.timestamp,
            )
    except KafkaError as error:
        raise Unavailable(f"Kafka: {error!r}") from error
    finally:
        await reader.stop()
