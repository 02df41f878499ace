"""Messages that nobody can read, before others of their key: F16, F17.

What the consumers park is discarded by an operator after a while, and what had to wait
behind it must go on in its order.
"""

import asyncio
from dataclasses import dataclass

from aiokafka import AIOKafkaProducer

from services.chassis.bus.partitioning import partition_of

PATIENCE = 90.0
BY = {"who": "chaos/operator", "why": "the run put it there"}
JUNK = (
    (b"{not json", [("ce_id", b"x")]),
    (b"\xff\xfe", [("ce_type", b"\xff")]),
    (None, []),
    (b"{}", [("ce_specversion", b"7"), ("ce_type", b"planning.nonsense.v99")]),
    (b"x" * 200_000, []),
)


@dataclass(frozen=True)
class Place:
    """Where a record of junk lies."""

    topic: str
    part: int
    off: int

    def holds(self, row):
        return (row["topic"], row["part"], row["off"]) == (
            self.topic,
            self.part,
            self.off,
        )


class Poison:
    """Junk under a key that is in use; given up by an operator once all have met it."""

    fault = "F16"

    async def strike(self, bench):
        topic, records = await bench.in_use()
        key = bench.dice.choice([record.key for record in records if record.key])
        place = await _put(bench, topic, key)
        await asyncio.sleep(bench.dice.uniform(0.5, 3))
        await bench.resolve(place, BY, PATIENCE)
        return f"{topic}/{place.part}, key {key.decode(errors='replace')}"


async def _put(bench, topic, key):
    value, headers = bench.dice.choice(JUNK)
    producer = AIOKafkaProducer(bootstrap_servers=bench.running.kafka)
    await producer.start()
    try:
        partition = partition_of(key, len(await producer.partitions_for(topic)))
        put = await producer.send_and_wait(
            topic, value, key, partition=partition, headers=headers
        )
    finally:
        await producer.stop()
    bench.injected.setdefault(topic, []).append([partition, put.offset])
    return Place(topic, partition, put.offset)
