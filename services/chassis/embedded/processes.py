"""A child process: ready when it answers, started again when it dies, gone with us.

The same for a server and for a service. A supervisor of its own stands between us and
each child (``supervisor.py``), so that it ends in order however we end.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from services.chassis.embedded.errors import EmbeddedError, PortTaken, ServerFailed

SUPERVISOR = Path(__file__).with_name("supervisor.py")
LOG_KEPT = 10 * 2**20  # bytes: a longer log is moved aside at the next start
SHOWN = 15  # last lines of the log in an error
LONGEST_BACK_OFF = 5.0
State = Literal["starting", "ready", "restarting", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAs:
    """Who a child is: us, another user, or us as nobody in an own user namespace."""

    user: int | None = None
    group: int | None = None
    own_namespace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a child is started, asked, and stopped."""

    name: str
    command: Sequence[str]
    folder: Path
    log: Path
    probe: Callable[[], Awaitable[None]]
    environment: Mapping[str, str]
    keep: Sequence[int] = ()
    stop: signal.Signals = signal.SIGTERM
    grace: float = 30.0
    patience: float = 60.0
    run_as: RunAs = RunAs()
    before: Callable[[], None] = lambda: None


class Process:
    """One child, kept running from ``start`` to ``stop``."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.pid = 0
        self.starts = 0
        self.state: State = "stopped"
        self._supervisor: asyncio.subprocess.Process | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._is_ready = asyncio.Event()

    async def start(self) -> None:
        """Start the child; return when it answers.

        Raises:
            ServerFailed: It stopped while starting, or did not answer in time.
        """
        self.state = "starting"
        try:
            await self._run()
        except BaseException:
            await asyncio.shield(self.stop())
            raise
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Ask the child to stop, kill it after its grace; safe to call twice."""
        self.state = "stopped"
        self._is_ready.clear()
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.wait([self._keeping])
            self._keeping = None
        await self._end()

    async def ready(self) -> None:
        """Wait until the child answers, after a start or a start again."""
        await self._is_ready.wait()

    async def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send the child a signal; return when one that kills has (for fault tests)."""
        before = self._supervisor
        os.kill(self.pid, number)
        if number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT) and before:
            await before.wait()
            self._is_ready.clear()

    async def _keep(self) -> None:
        """Start the child again whenever it has died by itself."""
        while self._supervisor is not None:
            await self._supervisor.wait()
            self.state = "restarting"
            self._is_ready.clear()
            pause = 0.1
            while not self._is_ready.is_set():
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_BACK_OFF)
                with contextlib.suppress(ServerFailed):
                    await self._run()

    async def _run(self) -> None:
        """Start the child once and wait until it answers."""
        self.order.before()
        await self._spawn()
        try:
            await self._answering()
        except ServerFailed:
            await self._end()
            raise
        self.state = "ready"
        self._is_ready.set()

    async def _spawn(self) -> None:
        log = self.order.log
        if log.exists() and log.stat().st_size > LOG_KEPT:
            log.replace(log.with_name(f"{log.name}.1"))
        with log.open("ab") as output:
            self._supervisor = await _supervised(self.order, output)
        if self._supervisor.stdout is None:  # pragma: no cover - asked for as a pipe
            raise self._failed("could not be started")
        first = await self._supervisor.stdout.readline()
        if not first:
            await self._supervisor.wait()
            raise self._failed("could not be started")
        self.pid = int(first)
        self.starts += 1

    async def _answering(self) -> None:
        clock = asyncio.get_running_loop()
        deadline = clock.time() + self.order.patience
        pause = 0.01
        while True:
            if (status := self._supervisor and self._supervisor.returncode) is not None:
                raise self._failed(f"stopped while starting, with status {status}")
            try:
                async with asyncio.timeout(10):
                    await self.order.probe()
            except EmbeddedError:
                raise
            except Exception as reason:  # whatever a probe raises means "not yet"
                if clock.time() > deadline:
                    raise self._failed(
                        f"gave no answer in {self.order.patience:.0f} s ({reason!r})"
                    ) from reason
            else:
                return
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 0.1)

    async def _end(self) -> None:
        supervisor, self._supervisor = self._supervisor, None
        if supervisor is None or supervisor.stdin is None:
            return
        supervisor.stdin.close()
        try:
            async with asyncio.timeout(self.order.grace + 5):
                await supervisor.wait()
        except TimeoutError:
            supervisor.kill()
            await supervisor.wait()

    def _failed(self, why: str) -> ServerFailed:
        """Build the error that shows the end of the log."""
        log = self.order.log
        text = log.read_text(errors="replace") if log.exists() else ""
        lines = text.splitlines()[-SHOWN:]
        taken = any("ddress already in use" in line for line in lines)
        head = f"{self.order.name} {why}. The log, {log}, ends with:"
        return (PortTaken if taken else ServerFailed)("\n  ".join([head, *lines]))


async def run_once(order: Order) -> tuple[int, str]:
    """Run a command to its end, supervised; return its status and what it wrote."""
    with tempfile.TemporaryFile() as output:
        process = await _supervised(order, output)
        # Not communicate(): it would close standard input, which means stop.
        status = await process.wait()
        output.seek(0)
        return status, output.read().decode(errors="replace")


async def _supervised(order: Order, output: IO[bytes]) -> asyncio.subprocess.Process:
    message = {
        "command": [str(part) for part in order.command],
        "stop": int(order.stop),
        "grace": order.grace,
        "keep": list(order.keep),
        "user": order.run_as.user,
        "group": order.run_as.group,
        "own_namespace": order.run_as.own_namespace,
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", str(SUPERVISOR), json.dumps(message)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=output,
        pass_fds=order.keep,
        start_new_session=True,  # Ctrl-C reaches us alone; we stop them in order
        cwd=order.folder,
        env={**order.environment},
    )
