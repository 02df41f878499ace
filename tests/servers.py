"""The servers of a test run: real ones, started when first asked for, once.

They live on an event loop of their own in a thread, for every test has its own loop.
"""

import asyncio
import itertools
import os
import tempfile
import threading
from concurrent.futures import Future
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from services.chassis.embedded.kafka import Kafka
from services.chassis.embedded.owning import owner_of, sole_owner
from services.chassis.embedded.postgres import Postgres
from services.chassis.embedded.system import remove

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM = 2**30
PREFIX = "kiemtra-test-"


class Servers:
    """PostgreSQL and Kafka for one pytest run."""

    def __init__(self):
        self._numbers = itertools.count()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._chosen = os.environ.get("KIEMTRA_TEST_HOME")  # noqa: TID251 - no service
        self._home = Path(self._chosen or _fresh())
        self._held = AsyncExitStack()
        self.do(self._held.enter_async_context(sole_owner(self._home)))
        self._started = []

    def do(self, coroutine):
        """Run on the servers' loop; return what came out."""
        future: Future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        return future.result()

    def postgres(self):
        """Start PostgreSQL; return the superuser's URL."""
        server = Postgres(self._home / "postgres", durable=False)
        self.do(self._start(server))
        return server.url

    def kafka(self):
        """Start Kafka; return its "host:port"."""
        server = Kafka(self._home / "kafka")
        self.do(self._start(server))
        return server.bootstrap

    def create_database(self, server):
        """Make a fresh database; return its URL."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self.do(_execute(server, f"CREATE DATABASE {name}"))
        return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))

    def drop_database(self, server, url):
        """Remove the database, whoever still uses it."""
        name = urlsplit(url).path[1:]
        self.do(_execute(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))

    def close(self):
        """Stop what was started and remove the home, unless it was chosen."""
        for server in reversed(self._started):
            self.do(server.stop())
        self.do(self._held.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        if not self._chosen:
            remove(self._home)

    async def _start(self, server):
        await server.start()
        self._started.append(server)


async def _execute(server, statement):
    connection = await asyncpg.connect(server)
    await connection.execute(statement)
    await connection.close()


def _fresh():
    """Make a folder; remove those of runs that were killed."""
    place = _quick()
    for left in (place or Path(tempfile.gettempdir())).glob(f"{PREFIX}*"):
        if (left / "owner").exists() and owner_of(left) is None:
            remove(left)
    return tempfile.mkdtemp(prefix=PREFIX, dir=place)


def _quick():
    """Return memory, where there is room and libraries may run; else the disk.

    A database is some 300 files: 20 ms in memory, up to 230 ms on a disk.
    """
    with suppress(OSError):
        found = os.statvfs(MEMORY)
        roomy = found.f_bavail * found.f_frsize > ROOM
        if roomy and not found.f_flag & os.ST_NOEXEC and os.access(MEMORY, os.W_OK):
            return MEMORY
    return None
