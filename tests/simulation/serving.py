"""The same worlds on PostgreSQL: time stands still while the server works.

``Database`` is the product's, on a pool that tells the loop when it waits.
"""

import asyncio
from contextlib import contextmanager
from functools import partial

import asyncpg

from services.chassis.errors import Unavailable
from services.chassis.postgres import Database
from tests.databases import execute
from tests.simulation.scheduling import PROCESS
from tests.simulation.statements import EFFECTS

EFFECT_TABLE = """
CREATE TABLE public.effect (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL, number bigint NOT NULL, name text NOT NULL)
"""
LOOK = {
    "checkpoint": ("SELECT * FROM es.checkpoint", ("consumer", "topic", "part")),
    "ledger": ("SELECT * FROM es.ledger", ("consumer", "topic", "part", "outcome")),
    "parked": ("SELECT * FROM es.parked", ("id",)),
    "parked_key": ("SELECT * FROM es.parked_key", ("consumer", "topic", "key")),
    "relay_cursor": ("SELECT * FROM es.relay_cursor", ("topic",)),
    "effect": (EFFECTS, ("name", "number")),
}
COUNTED = {"fetch", "fetchrow", "fetchval", "execute", "executemany"}
TRANSACTED = {"start", "commit", "rollback"}


@contextmanager
def waiting():
    """Let time stand still: a real server is at work."""
    busy, token = asyncio.get_running_loop().busy, (PROCESS.get(), object())
    busy.add(token)
    try:
        yield
    finally:
        busy.discard(token)


class _Counted:
    """Passes on what a connection or transaction can do, and tells when it waits."""

    def __init__(self, whole, link, names):
        self._whole, self._link, self._names = whole, link, names

    def __getattr__(self, name):
        found = getattr(self._whole, name)
        return partial(self._wait, found) if name in self._names else found

    def transaction(self):
        """Return a transaction that counts too."""
        return _Counted(self._whole.transaction(), self._link, TRANSACTED)

    async def _wait(self, found, *args):
        if not await self._link.hop():
            raise Unavailable("the connection was lost before")
        with waiting():
            answer = await found(*args)
        if not await self._link.hop():
            raise Unavailable("the connection was lost after")
        return answer


class _Pool:
    """One process's pool; its connections go when the process does."""

    def __init__(self, pool, link):
        self._pool, self._link = pool, link

    async def acquire(self, *, timeout):  # noqa: ASYNC109 - asyncpg's
        with waiting():
            connection = await self._pool.acquire(timeout=timeout)
        return _Counted(connection, self._link, COUNTED)

    async def release(self, connection):
        with waiting():
            await self._pool.release(connection._whole)  # noqa: SLF001 - our wrapper

    async def expire_connections(self):
        await self._pool.expire_connections()


class PostgresServer:
    """One service's database on a real server, as the world wants it."""

    def __init__(self, urls, role):
        self._urls, self._role = urls, role
        self._pools = []
        self.anomalies = []
        self.closed = False

    async def prepare(self):
        """Make what the double has: a table for the effects."""
        with waiting():
            await execute(self._urls.super, EFFECT_TABLE)
            grant = f"GRANT ALL ON public.effect TO {self._role}"
            await execute(self._urls.super, grant)

    async def database(self, link):
        """Return the present process's way here."""
        process = PROCESS.get()
        connect = partial(asyncpg.connect, self._urls.of(self._role))
        with waiting():
            pool = await asyncpg.create_pool(
                self._urls.of(self._role), min_size=1, max_size=3
            )
        self._pools.append(pool)
        if process is not None:
            process.on_death.append(partial(self._died, process, pool))

        async def connected():
            with waiting():
                return _Counted(await connect(), link, COUNTED)

        return Database(_Pool(pool, link), connected, 10.0)

    @staticmethod
    def _died(process, pool):
        pool.terminate()
        busy = process.loop.busy
        busy -= {token for token in busy if token[0] is process}

    def restart(self):
        """Lose every connection."""
        for pool in self._pools:
            for holder in pool._holders:  # noqa: SLF001 - asyncpg has no other way
                if holder._con is not None:  # noqa: SLF001 - as above
                    holder._con.terminate()  # noqa: SLF001 - as above

    def watch(self, watcher):
        """Nobody tells: the topics are compared at the end."""

    async def look(self):
        """Return the tables, as the double has them."""
        found = {}
        with waiting():
            connection = await asyncpg.connect(self._urls.super)
            try:
                for table, (sql, names) in LOOK.items():
                    rows = await connection.fetch(sql)
                    found[table] = {
                        _key(row, names, at): dict(row) for at, row in enumerate(rows)
                    }
            finally:
                await connection.close()
        return found

    def close(self):
        """Have no effect any more."""
        self.closed = True
        self.restart()


def _key(row, names, at):
    if names == ("name", "number"):
        return at
    key = tuple(row[name] for name in names)
    return key if len(key) > 1 else key[0]
