"""A command under a supervisor of its own, so that it ends in order however we end."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import IO

from services.chassis.embedded.processes import Order

SUPERVISOR = Path(__file__).with_name("supervisor.py")


class Supervised:
    """A running command and its supervisor (see ``processes.Running``)."""

    def __init__(
        self, pid: int, supervisor: asyncio.subprocess.Process, order: Order
    ) -> None:
        self.pid = pid
        self._supervisor = supervisor
        self._grace = order.grace

    @property
    def status(self) -> int | None:
        """How it ended, once it has."""
        return self._supervisor.returncode

    async def wait(self) -> int:
        """Wait until it has ended, by whatever cause."""
        return await self._supervisor.wait()

    async def end(self) -> None:
        """Ask it to stop; the supervisor kills it after its grace."""
        _close_input(self._supervisor)
        try:
            async with asyncio.timeout(self._grace + 5):
                await self._supervisor.wait()
        except TimeoutError:
            self._supervisor.kill()
            await self._supervisor.wait()


async def supervise(order: Order) -> Supervised:
    """Start the command.

    Raises:
        ServerFailed: It could not be started; the log says why.
    """
    with order.log.open("ab") as output:
        supervisor = await _supervisor(order, output)
    if supervisor.stdout is None:  # pragma: no cover - asked for as a pipe
        raise order.failed("could not be started")
    first = await supervisor.stdout.readline()
    if not first:
        await supervisor.wait()
        raise order.failed("could not be started")
    return Supervised(int(first), supervisor, order)


async def run_once(order: Order) -> tuple[int, str]:
    """Run a command to its end, supervised; return its status and what it wrote."""
    with tempfile.TemporaryFile() as output:
        process = await _supervisor(order, output)
        # Not communicate(): it would close standard input, which means stop.
        status = await process.wait()
        output.seek(0)
        return status, output.read().decode(errors="replace")


async def _supervisor(order: Order, output: IO[bytes]) -> asyncio.subprocess.Process:
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


def _close_input(process: asyncio.subprocess.Process) -> None:
    if process.stdin is not None:
        process.stdin.close()
