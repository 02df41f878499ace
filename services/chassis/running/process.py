"""One process: settings, start, serve, drain.

The order of starting is that of need, the order of stopping its reverse: first nothing
new is let in, then what is in hand is finished, then what was recorded is published.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import Any

from services.chassis.access import development, local
from services.chassis.errors import Halted, InvalidMessage
from services.chassis.failpoints import arm
from services.chassis.http import Edge, serve
from services.chassis.logging import configure, log
from services.chassis.operating import Health, operate
from services.chassis.pausing import until
from services.chassis.running import looping
from services.chassis.running.doors import Door
from services.chassis.running.parts import Build, Parts, assemble, hold_still
from services.chassis.settings import BadSettings, Settings, load

CONFIGURATION = 3
GRACE = 8.0
PAUSE_FIRST, PAUSE_LAST = 0.2, 5.0
LOOKING = 10.0  # a relay that waits for another's seat does not look


def run(build: Build, name: str) -> None:
    """Run the service *name* until it is told to stop; exit with its status."""
    try:
        settings = _settled(load(), name)
        arm(settings.failpoint, embedded=settings.embedded)
    except BadSettings as error:
        sys.stderr.write(f"{name} cannot start: {error}\n")
        sys.exit(CONFIGURATION)
    configure(
        name,
        level=settings.log_level,
        node=settings.name,
        environment="embedded" if settings.embedded else "production",
    )
    sys.exit(looping.run(Process(settings, name, build).run()))


def _settled(settings: Settings, name: str) -> Settings:
    """Return the settings to run with.

    Raises:
        BadSettings: Nobody could say who asks, or anybody could.
    """
    if not settings.embedded:
        raise BadSettings(
            "there is no identity provider yet, so a service runs in embedded mode "
            "only (KIEMTRA_EMBEDDED=1), where a development token names the officer"
        )
    if not local(settings.http.rpartition(":")[0]):
        raise BadSettings(
            "KIEMTRA_HTTP: a development token names anybody, so it is accepted on the "
            "loopback interface only (127.0.0.1)"
        )
    return settings.model_copy(update={"name": settings.name or f"{name}-1"})


class Process:
    """A service from start to end."""

    def __init__(self, settings: Settings, name: str, build: Build) -> None:
        self._settings = settings
        self._name = name
        self._build = build
        self._stop = asyncio.Event()
        self._health = Health(service=name)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._failed = False

    async def run(self) -> int:
        """Serve until told to stop; return the exit status."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        log("service.starting", settings=self._settings.fingerprint())
        work = asyncio.create_task(self._work())
        told = asyncio.create_task(self._stop.wait())
        await asyncio.wait({work, told}, return_when=asyncio.FIRST_COMPLETED)
        self._stop.set()
        if self._health.state == "starting":
            work.cancel()  # nothing is in hand yet
        try:
            await work
        except asyncio.CancelledError:
            pass
        except Exception as error:  # noqa: BLE001 - the process' edge
            self._failed = True
            log("service.failed", error=error)
        told.cancel()
        log("service.stopped", failed=self._failed)
        return int(self._failed)

    async def _work(self) -> None:
        async with AsyncExitStack() as stack:
            operating = Door(self._settings.operate, operate(self._health))
            self._start("operating", operating.serve())
            stack.push_async_callback(self._ended, "operating", operating.close)
            parts = await assemble(stack, self._settings, self._name, self._build)
            await parts.projector.start()
            await hold_still(parts)
            self._health.parts = parts
            door = Door(self._settings.http, serve(parts.service, _edge(parts)))
            self._start("api", door.serve())
            self._start_engines(parts)
            looping.settled()
            self._health.became("ready")
            log("service.ready", http=self._settings.http)
            try:
                await self._stop.wait()
            finally:
                self._health.became("draining")
                log("service.draining")
                await self._drain(parts, door)

    def _start_engines(self, parts: Parts) -> None:
        self._start("projector", parts.projector.run())
        self._start("relay", parts.relay.run())
        # What records by itself waits until the relay has looked at the bus.
        self._start("timers", _looked(parts, parts.timers.run))
        self._start("dispatcher", _looked(parts, parts.dispatcher.run))
        self._start("bus", _looked(parts, partial(self._listen, parts)))
        self._start("heartbeat", self._health.beat())
        for consumer in parts.consumers:
            self._start(consumer.name, consumer.run())
        if parts.own is not None:
            self._start(parts.own.name, _looked(parts, parts.own.run))
        if parts.sealer is not None:
            self._start("sealer", parts.sealer.run())
        self._health.again = partial(self._again, parts)

    def _again(self, parts: Parts) -> None:
        """Start again what halted over a journal that was restored."""
        if self._health.halted.pop("relay", ""):
            self._start("relay", parts.relay.run())
        if parts.sealer is not None and self._health.halted.pop("sealer", ""):
            self._start("sealer", parts.sealer.run())

    async def _drain(self, parts: Parts, door: Door) -> None:
        await self._ended("api", door.close)
        await self._ended("timers", parts.timers.stop)
        await self._ended("dispatcher", parts.dispatcher.stop)
        for name in [n for n in self._tasks if n not in ("relay", "operating")]:
            await self._ended(name, self._tasks[name].cancel)
        await self._ended("relay", parts.relay.stop)

    async def _listen(self, parts: Parts) -> None:
        """Hear the bus; while Kafka is away the rest goes on, and we try again."""
        pause = PAUSE_FIRST
        while parts.consumers:
            bus = parts.bus()
            try:
                await bus.start()
                self._health.bus = bus
                await asyncio.Event().wait()
            except Exception as error:  # noqa: BLE001 - the edge: tried again
                log("bus.away", pause=pause, error=error)
            finally:
                self._health.bus = None
                with suppress(Exception):
                    await bus.stop()
            await asyncio.sleep(pause)
            pause = min(pause * 2, PAUSE_LAST)

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._tasks[name] = asyncio.create_task(self._watched(name, work), name=name)

    async def _watched(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Run a part; one that halts is left to an operator, one that fails ends us."""
        try:
            await work
        except (Halted, InvalidMessage) as error:
            self._health.halted[name] = str(error)
            log("service.part_halted", part=name, error=error)
        except Exception as error:  # noqa: BLE001 - the process' edge: started again
            self._failed = True
            log("service.failed", part=name, error=error)
            self._stop.set()

    async def _ended(self, name: str, stop: Any) -> None:
        """Stop a part and wait, but not for ever."""
        task = self._tasks.pop(name, None)
        if task is None:
            return
        stop()
        with suppress(asyncio.CancelledError, TimeoutError):
            async with asyncio.timeout(GRACE):
                await task


async def _looked(parts: Parts, run: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a part once the relay has looked at the bus, or cannot just now."""
    await until(parts.relay.looked, LOOKING)
    await run()


def _edge(parts: Parts) -> Edge:
    return Edge(
        journal=parts.journal,
        rows=parts.rows,
        clock=parts.clock,
        identify=development,
        reached=parts.projector.reached,
    )
