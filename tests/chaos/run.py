"""A run: a load, faults by seed, quiescence, evidence, the checker.

`run(home, plan)` starts the four services on servers of their own, drives waves of
campaigns through them while the nemeses of the plan strike one after the other, waits
until all is quiet, collects the evidence and checks it.
"""

import asyncio
import random  # noqa: TID251 - seeded: the same faults in every run
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import median

import httpx

from services.chassis.embedded.nursery import Nursery
from services.chassis.embedded.system import remove, system
from tests.chaos.bench import Bench
from tests.chaos.checker import check
from tests.chaos.collecting import collect
from tests.chaos.driving import Driver
from tests.chaos.history import History
from tests.chaos.load import Size, waves
from tests.chaos.nemeses import NEMESES

QUIET = 240.0  # seconds to come to rest after the last fault
SHOWN = 20  # anomalies


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a run does: its seed, its load, which faults and how often each.

    It goes on, with more faults, until the journals hold so many ``events``, or so many
    ``seconds`` are over; never before each fault has struck as often as planned.
    """

    seed: int
    kinds: dict
    events: int = 0
    seconds: float = float("inf")
    size: Size = field(default_factory=Size)
    cut: bool = False  # end in the middle of the first wave, if that is all it takes
    calm: tuple = (0.3, 1.5)  # seconds between two faults
    halts: tuple = (5, 12, 35)  # seconds that a service stands still


@dataclass(kw_only=True)
class Outcome:
    """What came of a run."""

    plan: Plan
    ops: Counter = field(default_factory=Counter)
    faults: Counter = field(default_factory=Counter)
    recoveries: list = field(default_factory=list)
    events: int = 0
    seconds: float = 0.0
    anomalies: list = field(default_factory=list)

    @property
    def missed(self):
        """Return the kinds of fault that were planned and did not strike so often."""
        return [k for k, times in self.plan.kinds.items() if self.faults[k] < times]

    def __str__(self):
        faults = ", ".join(f"{kind} {self.faults[kind]}" for kind in self.plan.kinds)
        waits = [seconds for _, seconds in self.recoveries] or [0.0]
        lines = [
            f"seed {self.plan.seed}: {self.events} events in {self.seconds:.0f} s",
            f"operations  {', '.join(f'{kind} {n}' for kind, n in self.ops.items())}",
            f"faults      {self.faults.total()}: {faults}",
            f"recovery    p50 {median(waits):.1f} s, max {max(waits):.1f} s",
            f"anomalies   {len(self.anomalies)}",
        ]
        return "\n".join([*lines, *map(str, self.anomalies[:SHOWN])])


async def run(home, plan):
    """Run a plan on an empty home; keep history and evidence beside it."""
    history = History(home.parent / f"history-{plan.seed}.jsonl")
    limits = httpx.Limits(max_keepalive_connections=0)  # a dead one tells nothing
    outcome, began = Outcome(plan=plan), time.monotonic()
    async with (
        _standing(home) as (running, nursery),
        httpx.AsyncClient(timeout=30, limits=limits) as client,
    ):
        dice = _dice(plan, "faults")
        bench = Bench(running, nursery, client, history, dice, plan.halts)
        driver = Driver(running, client, history, _dice(plan, "again"))
        await _loaded(plan, driver, _strike(plan, bench, outcome))
        await _quiet(driver)
        evidence = await collect(running, bench, client)
    history.close()
    evidence.keep(home.parent / f"evidence-{plan.seed}")
    outcome.seconds = time.monotonic() - began
    outcome.ops.update({kind: history.count(kind) for kind in ("ok", "fail", "info")})
    outcome.events = sum(map(len, evidence.journals.values()))
    outcome.anomalies = check(evidence)
    return outcome


@asynccontextmanager
async def _standing(home):
    """A system with a controlled clock, and the warm parent of its services."""
    nursery = Nursery(home)
    try:
        async with system(home, clock="controlled", nursery=nursery) as running:
            yield running, nursery
    finally:
        remove(home)


def _dice(plan, what):
    return random.Random(f"{plan.seed}/{what}")  # noqa: S311 - a seed, no secret


async def _loaded(plan, driver, striking):
    """Load for as long as faults strike; either may fail all.

    The first wave is whole, from the plan to the last remedy, unless it may be cut.
    """
    async with asyncio.TaskGroup() as group:
        faults = group.create_task(striking)
        for number, wave in enumerate(waves(_dice(plan, "load"), plan.size)):
            whole = number == 0 and not plan.cut
            await driver.wave(wave, enough=(lambda: False) if whole else faults.done)
            if faults.done():
                break


async def _strike(plan, bench, outcome):
    """Strike in an order that the seed draws, round by round, until it is enough."""
    nemeses = {kind: NEMESES[kind]() for kind in plan.kinds}
    order = [kind for kind, times in plan.kinds.items() for _ in range(times)]
    end = time.monotonic() + plan.seconds
    while True:
        bench.dice.shuffle(order)
        for kind in order:
            await _struck(kind, nemeses[kind], plan, bench, outcome)
            late = time.monotonic() >= end
            if not outcome.missed and (late or await bench.events() >= plan.events):
                return


async def _struck(kind, nemesis, plan, bench, outcome):
    await asyncio.sleep(bench.dice.uniform(*plan.calm))
    bench.history.nemesis(kind, what="begin")
    done = await nemesis.strike(bench)
    bench.history.nemesis(kind, what=done)
    began = time.monotonic()
    await bench.recovered()
    outcome.recoveries.append((kind, time.monotonic() - began))
    outcome.faults[kind] += 1


async def _quiet(driver):
    """Wait until nothing is left to do, seen twice, twice in a row."""
    async with asyncio.timeout(QUIET):
        for _ in range(2):
            await driver.watcher.settle()
