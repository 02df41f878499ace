"""The chaos bench: a load, faults by seed, quiescence, evidence, the checker.

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
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx

from services.chassis.embedded.nursery import Nursery
from services.chassis.embedded.system import remove, system
from services.cli.ledger import topics
from tests.chaos.checker import check
from tests.chaos.collecting import collect
from tests.chaos.driving import Driver
from tests.chaos.history import History
from tests.chaos.load import Size, waves
from tests.chaos.nemeses import NEMESES
from tests.eventually import eventually

QUIET = 240.0  # seconds to come to rest after the last fault
RECOVERY = 180.0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a run does: its seed, its load, which faults and how often each."""

    seed: int
    kinds: dict
    events: int = 0  # go on until the journals hold so many
    size: Size = field(default_factory=Size)
    calm: tuple = (0.3, 1.5)  # seconds between two faults
    halts: tuple = (5, 12, 35)  # seconds that a service stands still


@dataclass(kw_only=True)
class Outcome:
    """What came of a run."""

    plan: Plan
    ops: Counter
    faults: Counter
    events: int
    anomalies: list
    recoveries: list = field(default_factory=list)
    evidence: object = None

    @property
    def missed(self):
        """Return the kinds of fault that were planned and never struck."""
        return [kind for kind in self.plan.kinds if not self.faults[kind]]

    def __str__(self):
        told = ", ".join(f"{kind} {self.faults[kind]}" for kind in self.plan.kinds)
        waits = sorted(seconds for _, seconds in self.recoveries)
        return "\n".join(
            [
                f"seed {self.plan.seed}: {self.events} events in the journals",
                f"operations  {dict(self.ops)}",
                f"faults      {told}",
                f"recovery    p50 {median(waits):.1f} s  max {max(waits):.1f} s"
                if waits
                else "recovery    none",
                f"anomalies   {len(self.anomalies)}",
                *map(str, self.anomalies[:20]),
            ]
        )


class Bench:
    """What a nemesis may use: the system, dice, and somebody to ask how it goes."""

    def __init__(self, running, client, plan, history):
        self.running = running
        self.dice = _dice(plan, "faults")
        self.nursery = None
        self.injected = {}
        self.rewound = []
        self.topics = topics()
        self.halts = plan.halts
        self.history = history
        self._client = client
        self._ports = {n: f"http://{u.operate}" for n, u in running.services.items()}

    @asynccontextmanager
    async def superuser(self, service="postgres"):
        """Lend a connection that may do anything, to a service's database."""
        url = urlsplit(self.running.postgres)._replace(path=f"/{service}")
        connection = await asyncpg.connect(urlunsplit(url))
        try:
            yield connection
        finally:
            await connection.close()

    async def rest(self, name):
        """Return where a service stands, or None while it does not answer."""
        try:
            answer = await self._client.get(f"{self._ports[name]}/restz", timeout=5)
        except httpx.HTTPError:
            return None
        return answer.json() if answer.is_success else None

    async def published_by_now(self, name, within=60.0):
        """Wait until the relay is past what the journal holds at this moment."""
        head = (await self.rest_at_last(name))["journal"]["head"]

        async def past():
            rest = await self.rest(name)
            return rest and rest["journal"]["head"] - rest["relay"]["pending"] >= head

        await _within(within, past, f"{name} has not published up to {head}")

    async def recovered(self):
        """Wait until all that was recorded by now is published and read everywhere."""
        for name in self._ports:
            await self.published_by_now(name, RECOVERY)
        published = {}
        for name in self._ports:
            published |= (await self.rest_at_last(name))["relay"]["topics"]
        for name in self._ports:

            async def read(name=name):
                rest = await self.rest(name)
                return rest and _has_read(rest, published)

            await _within(RECOVERY, read, f"{name} has not read up to {published}")

    async def rest_at_last(self, name):
        """Return where a service stands, once it answers."""
        return await self.ask(name, "restz")

    async def resolve(self, place, by, within):
        """Wait until every consumer of a topic has parked a record, and discard it."""
        left = await self.consumers(place.topic)
        async with asyncio.timeout(within):
            while left:
                for name in {service for service, _ in left}:
                    left -= await self._discarded(name, place, by)
                await asyncio.sleep(0.1)

    async def ask(self, name, path):
        """Return what a service's operator port answers, once it does."""
        found = []

        async def answered():
            try:
                answer = await self._client.get(f"{self._ports[name]}/{path}")
            except httpx.HTTPError:
                return False
            found.append(answer)
            return answer.is_success

        await _within(RECOVERY, answered, f"{name} does not answer {path}")
        return found[-1].json()

    async def operate(self, name, path, **told):
        """Do something as an operator; again while nobody is there."""
        found = []

        async def done():
            try:
                url = f"{self._ports[name]}/{path}"
                answer = await self._client.post(url, json=told)
            except httpx.HTTPError:
                return False
            found.append(answer)
            return not answer.is_server_error

        await _within(RECOVERY, done, f"{name} does not do {path}")
        return found[-1]

    async def consumers(self, topic):
        """Return which consumers, of which services, hear a topic."""
        return {
            (name, consumer)
            for name in self._ports
            for consumer in (await self.rest_at_last(name))["consumers"]
            if await self._hears(name, consumer, topic)
        }

    async def _hears(self, name, consumer, topic):
        async with self.superuser(name) as connection:
            return await connection.fetchval(
                "SELECT true FROM es.checkpoint WHERE consumer = $1 AND topic = $2"
                " LIMIT 1",
                consumer,
                topic,
            )

    async def _discarded(self, name, place, by):
        url, done = self._ports[name], set()
        try:
            parked = (await self._client.get(f"{url}/parked")).json()["items"]
            for row in filter(place.holds, parked):
                act = f"{url}/parked/{row['id']}/discard"
                if (await self._client.post(act, json=by)).is_success:
                    done.add((name, row["consumer"]))
        except (httpx.HTTPError, KeyError, ValueError):
            pass  # it does not answer at this moment; asked again
        return done


class NotRecovered(AssertionError):
    """A fault was taken back long ago, and something still stands still."""


async def _within(seconds, condition, why):
    try:
        await eventually(condition, within=seconds)
    except TimeoutError:
        raise NotRecovered(f"after {seconds:.0f} s {why}") from None


def _has_read(rest, published):
    return all(
        parts.get(part, {}).get("source_pos", 0) >= position
        for topics_of in rest["consumers"].values()
        for topic, parts in topics_of.items()
        for part, position in published.get(topic, {}).items()
    )


async def run(home, plan):
    """Run a plan on an empty home; return its outcome."""
    history = History(home.parent / f"history-{plan.seed}.jsonl")
    limits = httpx.Limits(max_keepalive_connections=0)  # a dead one tells nothing
    async with (
        _standing(home) as (running, nursery),
        httpx.AsyncClient(timeout=30, limits=limits) as client,
    ):
        bench = Bench(running, client, plan, history)
        bench.nursery = nursery
        driver = Driver(running, client, history, _dice(plan, "again"))
        outcome = Outcome(
            plan=plan, ops=Counter(), faults=Counter(), events=0, anomalies=[]
        )
        await _both(_strike(bench, plan, outcome), plan, driver, bench)
        await _quiet(driver)
        evidence = await collect(running, bench, client)
    history.close()
    outcome.evidence = evidence
    outcome.ops.update({kind: history.count(kind) for kind in ("ok", "fail", "info")})
    outcome.events = sum(map(len, evidence.journals.values()))
    outcome.anomalies = check(evidence)
    evidence.keep(home.parent / f"evidence-{plan.seed}")
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


async def _both(striking, plan, driver, bench):
    """Load for as long as faults strike and events are wanted; either may fail all."""
    async with asyncio.TaskGroup() as group:
        faults = group.create_task(striking)
        for wave in waves(_dice(plan, "load"), plan.size):
            await driver.wave(wave)
            if faults.done() and await _events(bench) >= plan.events:
                break


async def _events(bench):
    rests = [await bench.rest(name) for name in bench.running.services]
    return sum(rest["journal"]["head"] for rest in rests if rest)


async def _strike(bench, plan, outcome):
    """Strike with each kind as often as planned, in an order that the seed draws."""
    nemeses = {kind: NEMESES[kind]() for kind in plan.kinds}
    order = [kind for kind, times in plan.kinds.items() for _ in range(times)]
    bench.dice.shuffle(order)
    for kind in order:
        await asyncio.sleep(bench.dice.uniform(*plan.calm))
        bench.history.nemesis(kind, what="begin")
        done = await nemeses[kind].strike(bench)
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
