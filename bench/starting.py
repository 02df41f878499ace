"""P13 and P14: the whole system, idle and at its start."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from bench.measuring import Bench, Outcome, compare
from bench.standing import Servers
from services.chassis.embedded.kafka import Kafka, embedded_kafka
from services.chassis.embedded.owning import sole_owner
from services.chassis.embedded.postgres import Postgres, embedded_postgres
from services.chassis.embedded.system import remove, system

P14 = Bench(
    id="P14",
    what="kiemtra up, warm, to ready",
    baseline="Kafka and PostgreSQL alone",
    target=4.0,
    sense="at most",
    unit="s",
)
P13 = Bench(
    id="P13",
    what="idle system, all processes, memory",
    baseline="Kafka and PostgreSQL alone",
    target=900.0,
    sense="at most",
    unit="MB Pss",
)
P13_CPU = Bench(
    id="P13-cpu",
    what="idle system, all processes, processor",
    baseline="Kafka and PostgreSQL alone",
    target=5.0,
    sense="at most",
    unit="% of a core",
)
CALM, WATCHED = 20.0, 30.0


async def idle_memory(_: Servers, __: int) -> Outcome:
    """Measure P13's memory: what is told is our figure itself, not a ratio."""
    (ours, _cpu), (alone, _also) = await _idle(with_us=True), await _idle(with_us=False)
    return Outcome(bench=P13, ours=ours, baseline=alone, ratios=(ours,))


async def idle_processor(_: Servers, __: int) -> Outcome:
    """Measure P13's processor: what is told is our figure itself, not a ratio."""
    (_pss, ours), (_also, alone) = await _idle(with_us=True), await _idle(with_us=False)
    return Outcome(bench=P13_CPU, ours=ours, baseline=alone, ratios=(ours,))


async def _idle(*, with_us: bool) -> tuple[float, float]:
    """Return the memory in MB and the share of a core in % of all that we started."""
    home = Path(tempfile.mkdtemp(prefix="kiemtra-bench-"))
    before = set(_children())
    try:
        async with AsyncExitStack() as stack:
            if with_us:
                await stack.enter_async_context(system(home))
            else:
                await stack.enter_async_context(sole_owner(home))
                await stack.enter_async_context(embedded_postgres(home / "postgres"))
                await stack.enter_async_context(embedded_kafka(home / "kafka"))
            await asyncio.sleep(CALM)
            ticks = {pid: _ticks(pid) for pid in set(_children()) - before}
            await asyncio.sleep(WATCHED)
            used = sum(_ticks(pid) - spent for pid, spent in ticks.items())
            memory = sum(map(_pss, ticks)) / 1024
            return memory, 100 * used / os.sysconf("SC_CLK_TCK") / WATCHED
    finally:
        remove(home)


def _children() -> list[int]:
    """Return all processes that descend from this one."""
    parents = {
        int(stat.parent.name): int(stat.read_text().rpartition(")")[2].split()[1])
        for stat in Path("/proc").glob("[0-9]*/stat")
        if stat.exists()
    }
    found, new = set[int](), {os.getpid()}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new} - found
        found |= new
    return sorted(found)


def _ticks(pid: int) -> int:
    """Return the processor's ticks that it used, in user and system mode."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _pss(pid: int) -> int:
    """Return its share of the memory in kB: what is shared is counted once in all."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(
        next(line for line in text.splitlines() if line.startswith("Pss:"))[4:-2]
    )


async def warm(_: Servers, runs: int) -> Outcome:
    """Measure P14: each on a home that was used before."""
    with_us, alone = (Path(tempfile.mkdtemp(prefix="kiemtra-bench-")) for _ in "ab")

    async def ours() -> float:
        async with AsyncExitStack() as stack:
            return await _seconds(lambda: stack.enter_async_context(system(with_us)))

    async def baseline() -> float:
        async with sole_owner(alone):
            servers: list[Postgres | Kafka] = [
                Postgres(alone / "postgres"),
                Kafka(alone / "kafka"),
            ]
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
