"""Make the ahead-of-time cache: one broker, one small load, and Java keeps it.

JEP 483, 514 and 515: loaded and linked classes, and profiles of what is hot. The cache
is valid for exactly this runtime, these jars (path order, size, time) and this
collector; otherwise the runtime ignores it.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from pathlib import Path

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from services.chassis.embedded import java
from services.chassis.embedded.environment import cache
from services.chassis.embedded.kafka import Kafka, administrator, create_topics

TOPICS = tuple(f"training-{number}" for number in range(5))
ROUNDS, EACH = 20, 500


async def train() -> Path:
    """Make the cache if it is not there; return its path."""
    cached = java.ahead_of_time()
    if cached.exists():
        return cached
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".training-", dir=cache()) as place:
        fresh = Path(place) / "new.aot"
        # Its stop takes long: Java writes the cache then.
        output = [f"-XX:AOTCacheOutput={fresh}"]
        server = Kafka(Path(place) / "kafka", jvm=output, grace=180)
        await server.start()
        try:
            await _work(server.bootstrap)
        finally:
            await server.stop()
        if fresh.exists():
            fresh.replace(cached)
    return cached


async def _work(bootstrap: str) -> None:
    # New partitions have no leader for a moment; the client tries again and says so.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    await create_topics(bootstrap, TOPICS)
    await _produce(bootstrap)
    await _consume(bootstrap)
    async with administrator(bootstrap) as client:
        await client.delete_topics(list(TOPICS))


async def _produce(bootstrap: str) -> None:
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        enable_idempotence=True,
        acks="all",
        compression_type="zstd",
    )
    await producer.start()
    for _ in range(ROUNDS):
        sent = [
            await producer.send(TOPICS[0], b"%d" % n * 100, key=b"%d" % n)
            for n in range(EACH)
        ]
        await asyncio.gather(*sent)
    await producer.stop()


async def _consume(bootstrap: str) -> None:
    consumer = AIOKafkaConsumer(
        TOPICS[0],
        bootstrap_servers=bootstrap,
        group_id="training",
        auto_offset_reset="earliest",
    )
    await consumer.start()
    seen = 0
    while seen < ROUNDS * EACH:
        batches = await consumer.getmany(timeout_ms=1000, max_records=500)
        seen += sum(map(len, batches.values()))
        await consumer.commit()
    await consumer.stop()
