"""A server's life: kept data, refused owners, kills, and starts after all of them."""

import asyncio
import shutil
import signal
import socket
from functools import partial

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from services.chassis.embedded import HomeInUse, PortTaken, ServerFailed
from services.chassis.embedded.kafka import Kafka, create_topics
from services.chassis.embedded.owning import owner_of, ports, sole_owner
from services.chassis.embedded.postgres import Postgres

TOPIC = "planning.events.v1"


small = partial(Postgres, durable=False)  # no power cuts in here


async def write_postgres(server):
    connection = await asyncpg.connect(server.url)
    await connection.execute("CREATE TABLE plans (plan_id text)")
    await connection.execute("INSERT INTO plans VALUES ('KH-2023-61')")
    await connection.close()


async def read_postgres(server):
    connection = await asyncpg.connect(server.url)
    found = await connection.fetchval("SELECT count(*) FROM plans")
    await connection.close()
    return found


async def write_kafka(server):
    await create_topics(server.bootstrap, [TOPIC])
    producer = AIOKafkaProducer(bootstrap_servers=server.bootstrap, acks="all")
    await producer.start()
    await producer.send_and_wait(TOPIC, b"KH-2023-61", partition=3)
    await producer.stop()


async def read_kafka(server):
    consumer = AIOKafkaConsumer(TOPIC, bootstrap_servers=server.bootstrap)
    await consumer.start()
    found = sum((await consumer.end_offsets(consumer.assignment())).values())
    await consumer.stop()
    return found


KINDS = [
    pytest.param(small, write_postgres, read_postgres, id="postgres"),
    pytest.param(Kafka, write_kafka, read_kafka, id="kafka"),
]


@pytest.mark.parametrize(("kind", "write", "read"), KINDS)
async def test_what_was_written_outlives_kill_and_move(own_servers, kind, write, read):
    server = kind(own_servers / "first")
    process = await server.start()
    await write(server)
    await server.process.kill(signal.SIGKILL)
    await process.ready()  # it was started again, by itself
    assert await read(server) == 1
    assert process.starts == 2
    await server.stop()

    shutil.move(own_servers / "first", own_servers / "moved")
    moved = kind(own_servers / "moved")
    await moved.start()
    assert await read(moved) == 1
    await moved.stop()


async def test_a_second_owner_is_refused_naming_the_first(own_servers):
    server = small(own_servers)
    await server.start()
    number = owner_of(own_servers)

    with pytest.raises(HomeInUse, match=f"in use by process {number}"):
        await small(own_servers).start()
    await server.stop()
    assert owner_of(own_servers) is None


async def test_a_new_owner_waits_for_the_server_of_a_dead_one(own_servers):
    async with sole_owner(own_servers):
        # The lock of the server, as one that outlived its owner would hold it.
        (own_servers / "owner").rename(own_servers / "owner.gone")
        with pytest.raises(HomeInUse, match="whose owner is dead"):
            async with sole_owner(own_servers, patience=0.1):
                pytest.fail("two servers on one folder")


async def test_a_stale_process_number_is_no_obstacle(own_servers):
    server = small(own_servers)
    await server.start()
    await server.stop()
    living = await asyncio.create_subprocess_exec("sleep", "60")
    stale = own_servers / "data" / "postmaster.pid"
    stale.write_text(
        f"{living.pid}\n{own_servers}/data\n1\n1\n\n127.0.0.1\n1 1\nready\n"
    )

    await server.start()
    await server.stop()
    living.kill()
    await living.wait()


async def test_an_initdb_cut_short_is_begun_again(own_servers):
    (own_servers / "data.new").mkdir(parents=True)
    (own_servers / "data.new" / "PG_VERSION").write_text("18\n")
    server = small(own_servers)
    await server.start()
    await server.stop()


async def test_a_failed_start_shows_the_end_of_the_log(own_servers):
    with pytest.raises(ServerFailed, match=r"stopped while starting(?s:.)*max_conn"):
        await small(own_servers, overrides={"max_connections": "many"}).start()
    server = small(own_servers)
    await server.start()  # and nothing is broken by it
    await server.stop()


async def test_a_port_taken_since_the_last_time_is_replaced(own_servers):
    server = small(own_servers)
    await server.start()
    await server.stop()
    last = ports(own_servers, ["server"])["server"]
    with socket.create_server(("127.0.0.1", last)):
        await server.start()
        assert f":{last}/" not in server.url
        await server.stop()


async def test_a_port_lost_between_look_and_bind_is_replaced(own_servers, monkeypatch):
    owning = "services.chassis.embedded.owning"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        own_servers.mkdir()
        (own_servers / "ports.json").write_text(f'{{"server": {port}}}')
        monkeypatch.setattr(f"{owning}._free", lambda _: True)
        server = small(own_servers)
        await server.start()
        assert f":{port}/" not in server.url
        await server.stop()


def test_a_wanted_port_that_is_taken_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port} .* is taken"):
            ports(tmp_path, ["server"], {"server": port})


async def test_strangers_cannot_enter(own_servers):
    server = small(own_servers)
    await server.start()
    password = (own_servers / "password").read_text().strip()
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(server.url.replace(password, "guess"))
    assert (own_servers / "password").stat().st_mode & 0o077 == 0
    await server.stop()
