"""P13 and P14: the whole system, idle and at its start."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from bench.measuring import Bench, Outcome, compare
from bench.standing import Servers
from services.chassis.embedded.kafka import Kafka
from services.chassis.embedded.owning import sole_owner
from services.chassis.embedded.postgres import Postgres
from services.chassis.embedded.system import remove, system

P14 = Bench(
    id="P14",
    what="kiemtra up, warm, to ready",
    baseline="Kafka and PostgreSQL alone",
    target=4.0,
    sense="at most",
    unit="s",
)


async def warm(_: Servers, runs: int) -> Outcome:
    """Measure P14: each on a home that was used before."""
    with_us, alone = (Path(tempfile.mkdtemp(prefix="kiemtra-bench-")) for _ in "ab")

    async def ours() -> float:
        async with AsyncExitStack() as stack:
            return await _seconds(lambda: stack.enter_async_context(system(with_us)))

    async def baseline() -> float:
        async with sole_owner(alone):
            servers = [Postgres(alone / "postgres"), Kafka(alone / "kafka")]
            try:
                return await _seconds(
                    lambda: asyncio.gather(*(server.start() for server in servers))
                )
            finally:
                for server in servers:
                    await server.stop()

    try:
        return await compare(P14, ours, baseline, runs)
    finally:
        remove(with_us)
        remove(alone)


async def _seconds(start: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await start()
    return time.perf_counter() - began
