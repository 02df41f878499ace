"""The whole system on one machine: servers, mail, and each service as a process."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator, Coroutine, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from services import SERVICES
from services.chassis.embedded import asking, seat, state
from services.chassis.embedded.databases import Database, create_databases
from services.chassis.embedded.environment import External, for_service
from services.chassis.embedded.kafka import Kafka, create_topics
from services.chassis.embedded.mailbox import Mailbox, Sink
from services.chassis.embedded.nursery import Nursery
from services.chassis.embedded.owning import ports, sole_owner
from services.chassis.embedded.postgres import Postgres
from services.chassis.embedded.processes import Order, Process

TOPICS = tuple(
    f"{topic}.events.v1"
    for topic in (
        "planning",
        "registry",
        "inspection",
        "remediation",
        "notification",
        "agency",
    )
)
SEALS = "audit.seals"  # in one partition: a service's seals stay in order
Clock = Literal["real", "controlled"]
MODULES = {name: f"services.{name}" for name in SERVICES}
DOORS = ("http", "operate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One service: its process and where it answers."""

    process: Process
    http: str
    operate: str
    postgres: str

    def describe(self) -> dict[str, Any]:
        """Say it for the state file."""
        return {
            "http": f"http://{self.http}",
            "operate": f"http://{self.operate}",
            "postgres": self.postgres,
            "pid": self.process.pid,
            "state": self.process.state,
        }


class System:
    """What runs, and where; ``start`` and ``stop`` are for ``system`` below."""

    def __init__(
        self,
        home: Path,
        *,
        clock: Clock = "real",
        external: External = External(),  # noqa: B008 - frozen
        modules: Mapping[str, str] = MODULES,
        nursery: Nursery | None = None,
    ) -> None:
        self.home = home.absolute()
        self.clock: Clock = clock
        self.kafka = external.kafka
        self.postgres = external.postgres
        self.smtp = external.smtp
        self.services: dict[str, Unit] = {}
        self.processes: dict[str, Process] = {}
        self._modules = modules
        self._nursery = nursery or Nursery(self.home)
        self._databases: dict[str, Database] = {}
        self._stack = AsyncExitStack()

    @property
    def mailbox(self) -> Mailbox:
        """All the mail that was sent."""
        return Mailbox(self.home / "mailbox")

    @property
    def state(self) -> Literal["ready", "starting"]:
        """Whether everything answers."""
        states = {process.state for process in self.processes.values()}
        return "ready" if self.services and states == {"ready"} else "starting"

    def describe(self) -> dict[str, Any]:
        """Say what runs and where, as `kiemtra up --json` prints it."""
        return {
            "state": self.state,
            "home": str(self.home),
            "clock": self.clock,
            "pid": os.getpid(),
            "kafka": self.kafka,
            "smtp": self.smtp,
            "mailbox": str(self.mailbox.folder),
            "services": {name: unit.describe() for name, unit in self.services.items()},
        }

    async def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a service, ``kafka`` or ``postgres`` a signal (for fault tests)."""
        await self.processes[name].kill(number)

    async def ready(self, *names: str) -> None:
        """Wait until these, or all, answer (again)."""
        for name in names or tuple(self.processes):
            await self.processes[name].ready()

    async def start(self) -> None:
        """Start everything; return when every service is ready.

        Raises:
            EmbeddedError: Something did not start; the message says what to do.
        """
        self._stack.push_async_callback(self._nursery.stop)
        await self._stack.enter_async_context(sole_owner(self.home))
        chosen = await asyncio.to_thread(ports, self.home, self._names())
        await together(
            self._nursery.start(),
            self._start_mail(chosen["mail"]),
            self._start_postgres(),
            self._start_kafka(),
        )
        for name in self._modules:
            self._add(name, chosen)
        units = [unit.process for unit in self.services.values()]
        self._stack.push_async_callback(_stopped, units)
        await together(*(process.start() for process in units))
        await self._stack.enter_async_context(self._told())

    async def stop(self) -> None:
        """Stop everything: services, then servers."""
        await self._stack.aclose()

    def _names(self) -> list[str]:
        doors = [f"{name}-{door}" for name in self._modules for door in DOORS]
        return ["mail", *doors]

    async def _start_mail(self, port: int) -> None:
        if self.smtp:
            return
        sink = Sink(self.mailbox, port)
        await sink.start()
        self.smtp = sink.address
        self._stack.push_async_callback(sink.stop)

    async def _start_postgres(self) -> None:
        if not self.postgres:
            server = Postgres(self.home / "postgres")
            self._stack.push_async_callback(server.stop)
            self.processes["postgres"] = await server.start()
            self.postgres = server.url
        self._databases = await create_databases(
            self.postgres, self._modules, self.home / "passwords.json"
        )

    async def _start_kafka(self) -> None:
        if not self.kafka:
            server = Kafka(self.home / "kafka")
            self._stack.push_async_callback(server.stop)
            self.processes["kafka"] = await server.start()
            self.kafka = server.bootstrap
        await create_topics(self.kafka, TOPICS, single=(SEALS,))

    def _add(self, name: str, chosen: Mapping[str, int]) -> None:
        """Prepare a service's process."""
        http, operate = (f"127.0.0.1:{chosen[f'{name}-{door}']}" for door in DOORS)
        database = self._databases[name]
        settings = {
            "KIEMTRA_NAME": f"{name}-1",
            "KIEMTRA_EMBEDDED": "1",
            "KIEMTRA_CLOCK": self.clock,
            "KIEMTRA_HTTP": http,
            "KIEMTRA_OPERATE": operate,
            "KIEMTRA_KAFKA": self.kafka,
            "KIEMTRA_SMTP": self.smtp,
            "KIEMTRA_SEALS": str(self.home / "seals"),
            "KIEMTRA_POSTGRES": database.app,
            "KIEMTRA_POSTGRES_RELAY": database.relay,
            "KIEMTRA_POSTGRES_OWNER": database.migrator,
        }
        order = Order(
            name=name,
            command=[self._modules[name]],
            folder=self.home,
            log=self.home / "logs" / f"{name}.log",
            environment=for_service(settings),
        )
        probe = partial(asking.ready, operate)
        process = Process(order, spawn=self._nursery.spawn, probe=probe)
        self.processes[name] = process
        self.services[name] = Unit(
            process=process, http=http, operate=operate, postgres=database.app
        )

    @asynccontextmanager
    async def _told(self) -> AsyncIterator[None]:
        """Keep the state file true: `kiemtra status` reads it."""
        for process in self.processes.values():
            process.changed = self._tell
        self._tell()
        try:
            yield
        finally:
            for process in self.processes.values():
                process.changed = lambda: None
            state.unsay(self.home)

    def _tell(self) -> None:
        state.tell(self.home, self.describe())


@asynccontextmanager
async def system(
    home: Path,
    *,
    clock: Clock = "real",
    external: External = External(),  # noqa: B008 - frozen
    modules: Mapping[str, str] = MODULES,
    nursery: Nursery | None = None,
) -> AsyncIterator[System]:
    """Run the system on *home*; yield it when every service is ready.

    A service or server that dies is started again. Everything stops at the end, or
    when we die. A *nursery* that was started before is warm earlier.
    """
    everything = System(
        home, clock=clock, external=external, modules=modules, nursery=nursery
    )
    try:
        await everything.start()
        yield everything
    finally:
        await asyncio.shield(everything.stop())


def remove(home: Path) -> None:
    """Remove a home with all its data, also what lies outside it."""
    for data in (home / "data", *home.glob("*/data")):
        seat.forget(data.parent)
    shutil.rmtree(home, ignore_errors=True)


async def together(*work: Coroutine[Any, Any, Any]) -> None:
    """Do all at once; the first failure ends the others and is raised."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _stopped(processes: Iterable[Process]) -> None:
    await asyncio.gather(*(process.stop() for process in processes))
