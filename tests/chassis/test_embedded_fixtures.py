"""The fixtures that other tests stand on."""

import asyncio
import gc

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from services.chassis.embedded.kafka import administrator, create_topics
from services.chassis.ids import new_id

TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


@pytest.mark.parametrize("table", ["plans", "teams"])
async def test_every_test_has_an_empty_database_of_its_own(postgres, table):
    connection = await asyncpg.connect(postgres)

    assert await connection.fetchval(TABLES) == 0
    await connection.execute(f"CREATE TABLE {table} (id text)")
    await connection.close()


async def test_kafka_gives_back_what_was_sent(kafka):
    topic = f"test-{new_id()}"
    await create_topics(kafka, [topic])
    await create_topics(kafka, [topic])  # there already: nothing happens
    producer = AIOKafkaProducer(bootstrap_servers=kafka, compression_type="zstd")
    await producer.start()
    await producer.send_and_wait(topic, b"KH-2023-61", partition=11)
    await producer.stop()
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=kafka, auto_offset_reset="earliest"
    )
    await consumer.start()

    assert (await consumer.getone()).value == b"KH-2023-61"
    await consumer.stop()


async def test_an_administrator_cancelled_at_any_moment_leaves_nothing_open(kafka):
    async def use():
        async with administrator(kafka):
            pass

    for steps in range(30):
        using = asyncio.ensure_future(use())
        for _ in range(steps):
            await asyncio.sleep(0)
        using.cancel()
        await asyncio.wait([using])
    gc.collect()  # what was left open complains when it is collected
