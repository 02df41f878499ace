"""P5 to P7: from the journal to Kafka, and from Kafka to a service."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka import TopicPartition as KafkaPartition

from bench.findings import NOW, fill
from bench.measuring import Bench, Outcome, compare, rate
from bench.standing import Servers, execute
from contracts.inspection import FindingRaised
from services.chassis.bus import Record, TopicPartition
from services.chassis.bus.kafka import KafkaBus
from services.chassis.consumer import Actions, Consumer, Tolerance
from services.chassis.cursors import PostgresCursors
from services.chassis.journal import Journal
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.relay import Relay
from services.inspection.handlers import INSPECTION
from services.inspection.publishing import publish

TOPIC = "inspection.events.v1"
EVENTS, BATCH, ONE_BY_ONE = 20_000, 2_000, 500
P5 = Bench(
    id="P5",
    what="relay: journal to acknowledged on Kafka",
    baseline="raw aiokafka produce of the same bytes",
    target=0.80,
    sense="at least",
    unit="events/s",
)
P6 = Bench(
    id="P6",
    what="consumer transaction, 2,000 records, each validated",
    baseline="raw aiokafka getmany",
    target=0.35,
    sense="at least",
    unit="events/s",
)
P7 = Bench(
    id="P7",
    what="consumer batch of 500",
    baseline="one transaction per message, same handler",
    target=20.0,
    sense="at least",
    unit="events/s",
)


async def relaying(servers: Servers, runs: int) -> Outcome:
    """Measure P5."""
    url, _ = await _published(servers, "p5")
    records = await _records(servers)

    async def ours() -> float:
        await execute(url, "DELETE FROM es.relay_cursor")
        relay = await _relay(servers, url)
        return await rate(EVENTS, relay.catch_up)

    async def baseline() -> float:
        producer = AIOKafkaProducer(
            bootstrap_servers=servers.kafka,
            acks="all",
            enable_idempotence=True,
            compression_type="zstd",
            linger_ms=5,
        )
        await producer.start()
        try:
            return await rate(EVENTS, lambda: _produce(producer, records))
        finally:
            await producer.stop()

    return await compare(P5, ours, baseline, runs)


async def consuming(servers: Servers, runs: int) -> Outcome:
    """Measure P6: the same records, fetched alone and fetched and acted on."""
    await _published(servers, "p6")
    url = await servers.database("remediation", "p6_consumer")
    numbers = itertools.count()

    async def ours() -> float:
        async with _consumer(servers, url, next(numbers)) as consumer:

            async def work() -> None:
                async for records in _fetched(servers, EVENTS):
                    await consumer.receive(records)

            return await rate(EVENTS, work)

    async def baseline() -> float:
        async def work() -> None:
            async for _ in _fetched(servers, EVENTS, kept=False):
                pass

        return await rate(EVENTS, work)

    return await compare(P6, ours, baseline, runs)


async def batching(servers: Servers, runs: int) -> Outcome:
    """Measure P7."""
    await _published(servers, "p7")
    url = await servers.database("remediation", "p7_consumer")
    records = (await _records(servers))[:ONE_BY_ONE]
    numbers = itertools.count()

    async def acted(batches: Iterable[list[Record]]) -> float:
        async with _consumer(servers, url, next(numbers)) as consumer:

            async def work() -> None:
                for batch in batches:
                    await consumer.receive(batch)

            return await rate(ONE_BY_ONE, work)

    async def ours() -> float:
        return await acted([records])

    async def baseline() -> float:
        return await acted([record] for record in records)

    return await compare(P7, ours, baseline, runs)


async def _filled(servers: Servers, name: str) -> tuple[str, PostgresJournal]:
    """Return a database of inspection with EVENTS findings in its journal."""
    url = await servers.database("inspection", name)
    database = await servers.opened(url, "inspection_app")
    journal = PostgresJournal(database, [INSPECTION], lambda: NOW)
    await fill(journal, EVENTS)
    return url, journal


async def _published(servers: Servers, name: str) -> tuple[str, PostgresJournal]:
    """Return a filled database whose events lie on a new topic."""
    await servers.fresh(TOPIC)
    url, journal = await _filled(servers, name)
    await (await _relay(servers, url)).catch_up()
    return url, journal


async def _relay(servers: Servers, url: str) -> Relay:
    database = await servers.opened(url, "inspection_relay")
    journal = PostgresJournal(database, [INSPECTION], lambda: NOW)
    cursors = PostgresCursors(database)
    return Relay(
        "inspection", journal, cursors, KafkaBus(servers.kafka, "bench"), publish
    )


async def _produce(producer: AIOKafkaProducer, records: list[Record]) -> None:
    sent = [
        await producer.send(
            TOPIC,
            record.value,
            key=record.key,
            partition=record.partition,
            headers=list(record.headers),
        )
        for record in records
    ]
    await asyncio.gather(*sent)


@asynccontextmanager
async def _consumer(servers: Servers, url: str, number: int) -> AsyncIterator[Consumer]:
    """Lend a consumer that has consumed nothing, and whose reaction does nothing."""
    database = await servers.opened(url, "remediation_app")
    journal = PostgresJournal(database, [], lambda: NOW)

    async def nothing(_event: FindingRaised, _journal: Journal) -> None:
        """Be heard."""

    actions = Actions(journal=journal, reactions={FindingRaised: nothing}, refusals=())
    name = f"remediation.reactions.v{number + 1}"
    consumer = Consumer(name, database, actions, [FindingRaised], Tolerance())
    await consumer.assigned([TopicPartition(TOPIC, n) for n in range(12)])
    yield consumer


async def _records(servers: Servers) -> list[Record]:
    return [record async for records in _fetched(servers, EVENTS) for record in records]


async def _fetched(
    servers: Servers, most: int, *, kept: bool = True
) -> AsyncIterator[list[Record]]:
    """Yield the first *most* records of the topic in batches, as they are fetched."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=servers.kafka, enable_auto_commit=False
    )
    await consumer.start()
    try:
        parts = [KafkaPartition(TOPIC, n) for n in range(12)]
        consumer.assign(parts)
        await consumer.seek_to_beginning(*parts)
        seen = 0
        while seen < most:
            found = await consumer.getmany(timeout_ms=1000, max_records=BATCH)
            seen += sum(map(len, found.values()))
            yield [_record(r) for rows in found.values() for r in rows] if kept else []
    finally:
        await consumer.stop()


def _record(raw: object) -> Record:
    return Record(
        topic=raw.topic,  # type: ignore[attr-defined]  # aiokafka has no types
        partition=raw.partition,  # type: ignore[attr-defined]
        offset=raw.offset,  # type: ignore[attr-defined]
        key=raw.key,  # type: ignore[attr-defined]
        value=raw.value,  # type: ignore[attr-defined]
        headers=tuple(raw.headers),  # type: ignore[attr-defined]
    )
