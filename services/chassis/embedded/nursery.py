"""Services as children of one warm parent (``forking.py``), from the owner's side.

Four services that each import for a second and a half are not ready in five seconds on
two cores; forked from a parent that has imported, they are, and share its memory.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from services.chassis.embedded.environment import for_service
from services.chassis.embedded.processes import Order

# What every service imports, and what takes the time.
WARM = (
    "aiokafka",
    "asyncpg",
    "fastapi",
    "faststream.kafka",
    "pydantic_settings",
    "services.chassis.running",
    "structlog",
    "uvicorn",
)
LOST = 137  # the status of a child whose parent was killed before it could tell


class Forked:
    """A running service (see ``processes.Running``)."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self.pid = pid
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._nursery = nursery

    @property
    def status(self) -> int | None:
        """How it ended, once it has."""
        return self.ended.result() if self.ended.done() else None

    async def wait(self) -> int:
        """Wait until it has ended, by whatever cause."""
        return await asyncio.shield(self.ended)

    async def end(self) -> None:
        """Ask it to stop; its parent kills it after its grace."""
        if not self.ended.done():
            self._nursery.order({"end": self.pid})
            await self.wait()


class Nursery:
    """The warm parent; it is started again when it was killed."""

    def __init__(self, home: Path) -> None:
        self._log = home / "logs" / "nursery.log"
        self._keys = itertools.count()
        self._waiting: dict[int, asyncio.Future[Forked]] = {}
        self._children: dict[int, Forked] = {}
        self._parent: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def start(self) -> None:
        """Start the parent; it is warm when the first child is there."""
        async with self._one_at_a_time:
            if self._reading is not None and not self._reading.done():
                return
            self._log.parent.mkdir(parents=True, exist_ok=True)
            with self._log.open("ab") as log:
                self._parent = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-P", "-m", "services.chassis.embedded.forking"),
                    *WARM,
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=log,
                    start_new_session=True,  # Ctrl-C reaches us alone
                    env=for_service({}),
                )
            self._reading = asyncio.create_task(self._read(self._parent))

    async def spawn(self, order: Order) -> Forked:
        """Fork a child that runs the order's module.

        Raises:
            ServerFailed: The parent is gone; its log says why.
        """
        await self.start()
        key = next(self._keys)
        loop = asyncio.get_running_loop()
        forked: asyncio.Future[Forked] = loop.create_future()
        self._waiting[key] = forked
        self.order(
            {
                "key": key,
                "name": order.name,
                "module": order.command[0],
                "folder": str(order.folder),
                "log": str(order.log),
                "environment": dict(order.environment),
                "grace": order.grace,
            }
        )
        try:
            return await forked
        except ConnectionError:
            raise order.failed("could not be forked; see also nursery.log") from None

    async def stop(self) -> None:
        """Stop the parent, and with it what is left of its children."""
        if self._parent is None or self._parent.stdin is None:
            return
        self._parent.stdin.close()
        await self._parent.wait()
        if self._reading is not None:
            await self._reading

    def order(self, message: dict[str, Any]) -> None:
        """Tell the parent; one that is gone has no children either."""
        if self._parent is not None and self._parent.stdin is not None:
            with suppress(ConnectionError):
                self._parent.stdin.write(f"{json.dumps(message)}\n".encode())

    async def _read(self, parent: asyncio.subprocess.Process) -> None:
        """Take note of what the parent tells, to its end."""
        if parent.stdout is None:  # pragma: no cover - asked for as a pipe
            return
        async for line in parent.stdout:
            self._heard(json.loads(line))
        await parent.wait()
        for forked in self._waiting.values():
            if not forked.done():
                forked.set_exception(ConnectionError())
        for child in self._children.values():
            if not child.ended.done():
                child.ended.set_result(LOST)
        self._waiting.clear()
        self._children.clear()

    def _heard(self, answer: dict[str, Any]) -> None:
        pid = answer["pid"]
        if "key" in answer:
            child = self._children[pid] = Forked(self, pid)
            asked = self._waiting.pop(answer["key"])
            if asked.cancelled():  # nobody wants it any more
                self.order({"end": pid})
            else:
                asked.set_result(child)
        elif (gone := self._children.pop(pid, None)) is not None:
            gone.ended.set_result(answer["status"])
