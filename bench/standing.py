"""The servers that benchmarks run on: real, durable, of their own."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from services.chassis.embedded.kafka import (
    administrator,
    create_topics,
    embedded_kafka,
)
from services.chassis.embedded.owning import sole_owner
from services.chassis.embedded.postgres import embedded_postgres
from services.chassis.embedded.system import remove
from services.chassis.migrations import ROLES, migrate
from services.chassis.postgres import Database

PASSWORD = "of-a-benchmark"  # noqa: S105 - the server dies with the run


@dataclass(frozen=True, slots=True, kw_only=True)
class Servers:
    """Where PostgreSQL and Kafka answer."""

    postgres: str
    kafka: str
    held: AsyncExitStack

    async def database(self, service: str, name: str) -> str:
        """Make a fresh database of *service*; return its superuser's URL."""
        url = await self.empty(name)
        await migrate(url, service)
        for role in ROLES[1:]:
            await execute(
                url, f"ALTER ROLE {service}_{role} LOGIN PASSWORD '{PASSWORD}'"
            )
        await execute(url, f'GRANT CREATE ON DATABASE {name} TO "{service}_owner"')
        return url

    async def empty(self, name: str) -> str:
        """Make a database with nothing in it; return its superuser's URL."""
        await execute(self.postgres, f"CREATE DATABASE {name}")
        return urlunsplit(urlsplit(self.postgres)._replace(path=f"/{name}"))

    async def opened(self, url: str, role: str, size: int = 4) -> Database:
        """Return a pool of *role* on the database, closed at the end."""
        database = await Database.open(as_role(url, role), size=size)
        self.held.push_async_callback(database.close)
        return database

    async def raw(self, url: str) -> asyncpg.Connection:
        """Return a plain connection of the superuser, closed at the end."""
        connection = await asyncpg.connect(url)
        self.held.push_async_callback(connection.close)
        return connection

    async def fresh(self, topic: str) -> None:
        """Make a topic of 12 partitions; what was in it is gone."""
        async with administrator(self.kafka) as client:
            if topic in await client.list_topics():
                await client.delete_topics([topic])
                while topic in await client.list_topics():  # noqa: ASYNC110 - Kafka's
                    await asyncio.sleep(0.1)
        await create_topics(self.kafka, [topic])


def as_role(url: str, role: str) -> str:
    """Return the URL for another role of the same database."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{role}:{PASSWORD}@{host}"))


async def execute(url: str, statement: str) -> None:
    """Run one statement on a connection of its own."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@asynccontextmanager
async def standing() -> AsyncIterator[Servers]:
    """Start both servers on a home of their own; remove it at the end."""
    home = Path(tempfile.mkdtemp(prefix="kiemtra-bench-"))
    try:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(sole_owner(home))
            postgres = await stack.enter_async_context(
                embedded_postgres(home / "postgres")
            )
            kafka = await stack.enter_async_context(embedded_kafka(home / "kafka"))
            held = await stack.enter_async_context(AsyncExitStack())
            yield Servers(postgres=postgres, kafka=kafka, held=held)
    finally:
        remove(home)
