"""A child process: ready when it answers, started again when it dies, gone with us.

The same for a server and for a service; they differ in how they are spawned
(``supervising.py``, ``nursery.py``).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from asyncio import FIRST_COMPLETED
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from services.chassis.embedded.errors import EmbeddedError, PortTaken, ServerFailed

LOG_KEPT = 10 * 2**20  # bytes: a longer log is moved aside at the next start
SHOWN = 15  # last lines of the log in an error
LONGEST_BACK_OFF = 5.0
DEADLY = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
State = Literal["starting", "ready", "restarting", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAs:
    """Who a child is: us, another user, or us as nobody in an own user namespace."""

    user: int | None = None
    group: int | None = None
    own_namespace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a child is started, asked, and stopped.

    ``command`` is a command line; for what the nursery forks, the name of a module.
    """

    name: str
    command: Sequence[str]
    folder: Path
    log: Path
    environment: Mapping[str, str]
    keep: Sequence[int] = ()
    stop: signal.Signals = signal.SIGTERM
    grace: float = 30.0
    patience: float = 60.0
    run_as: RunAs = field(default_factory=RunAs)

    def failed(self, why: str) -> ServerFailed:
        """Build the error that shows the end of the log."""
        exists = self.log.exists()
        text = self.log.read_text(errors="replace") if exists else ""
        lines = text.splitlines()[-SHOWN:]
        taken = any("ddress already in use" in line for line in lines)
        head = f"{self.name} {why}. The log, {self.log}, ends with:"
        return (PortTaken if taken else ServerFailed)("\n  ".join([head, *lines]))


class Running(Protocol):
    """A child that was spawned."""

    @property
    def pid(self) -> int:
        """Its number."""
        ...

    @property
    def status(self) -> int | None:
        """How it ended, once it has."""
        ...

    async def wait(self) -> int:
        """Wait until it has ended, by whatever cause."""
        ...

    async def end(self) -> None:
        """Ask it to stop, kill it after its grace; return when it is gone."""
        ...


class Process:
    """One child, kept running from ``start`` to ``stop``.

    ``probe`` raises until the child answers; ``spawn`` makes the child, ``before``
    clears what a killed one left; ``changed`` is called at every change of state.
    """

    def __init__(
        self,
        order: Order,
        *,
        spawn: Callable[[Order], Awaitable[Running]],
        probe: Callable[[], Awaitable[None]],
        before: Callable[[], None] = lambda: None,
    ) -> None:
        self.order = order
        self.state: State = "stopped"
        self.starts = 0
        self.changed: Callable[[], None] = lambda: None
        self._spawn = spawn
        self._probe = probe
        self._before = before
        self._child: Running | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._is_ready = asyncio.Event()
        self._reason: Exception | None = None  # why the last probe failed

    @property
    def pid(self) -> int | None:
        """The child's number, while there is one."""
        return self._child.pid if self._child is not None else None

    async def start(self) -> None:
        """Start the child; return when it answers.

        Raises:
            ServerFailed: It stopped while starting, or did not answer in time.
        """
        self._enter("starting")
        try:
            await self._run()
        except BaseException:
            await asyncio.shield(self.stop())
            raise
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Ask the child to stop, kill it after its grace; safe to call twice."""
        self._enter("stopped")
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.wait([self._keeping])
            self._keeping = None
        await self._end()

    async def ready(self) -> None:
        """Wait until the child answers, after a start or a start again."""
        await self._is_ready.wait()

    async def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send the child a signal; return when a deadly one has done its work."""
        child = self._child
        if child is None:
            return
        os.kill(child.pid, number)
        if number in DEADLY:
            self._is_ready.clear()
            await child.wait()

    def _enter(self, state: State) -> None:
        self.state = state
        if state == "ready":
            self._is_ready.set()
        else:
            self._is_ready.clear()
        self.changed()

    async def _keep(self) -> None:
        """Start the child again whenever it has died by itself."""
        while self._child is not None:
            await self._child.wait()
            self._enter("restarting")
            pause = 0.1
            while not self._is_ready.is_set():
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_BACK_OFF)
                with contextlib.suppress(ServerFailed):
                    await self._run()

    async def _run(self) -> None:
        """Start the child once and wait until it answers."""
        self._before()
        log = self.order.log
        if log.exists() and log.stat().st_size > LOG_KEPT:
            log.replace(log.with_name(f"{log.name}.1"))
        self._child = child = await self._spawn(self.order)
        self.starts += 1
        try:
            await self._answering(child)
        except ServerFailed:
            await self._end()
            raise
        self._enter("ready")

    async def _answering(self, child: Running) -> None:
        """Probe until the child answers, or is gone, or the patience is over."""
        answering = asyncio.ensure_future(self._probed())
        gone = asyncio.ensure_future(child.wait())
        try:
            async with asyncio.timeout(self.order.patience):
                await asyncio.wait([answering, gone], return_when=FIRST_COMPLETED)
        except TimeoutError:
            why = f"gave no answer in {self.order.patience:.0f} s ({self._reason!r})"
            raise self.order.failed(why) from self._reason
        finally:
            for task in (answering, gone):
                task.cancel()
            await asyncio.wait([answering, gone])
        if not answering.cancelled():
            return answering.result()
        raise self.order.failed(f"stopped while starting, with status {child.status}")

    async def _probed(self) -> None:
        pause = 0.01
        while True:
            try:
                async with asyncio.timeout(10):
                    return await self._probe()
            except EmbeddedError:
                raise
            except Exception as reason:  # noqa: BLE001 - it means "not yet"
                self._reason = reason
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 0.1)

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            await child.end()
