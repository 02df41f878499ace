"""P10 and P11: how long an event travels, from its commit to another service's view."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from bench.delivering import TOPIC
from bench.findings import NOW, caused, finding
from bench.measuring import Bench, Outcome, compare
from bench.standing import Servers
from contracts.inspection import FindingRaised
from services.chassis.bus.kafka import KafkaBus
from services.chassis.consumer import Actions, Consumer, Heard
from services.chassis.context import acting
from services.chassis.cursors import PostgresCursors
from services.chassis.journal import ANY, Append
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.projector import Hearing, Projector
from services.chassis.projector.builds import Build
from services.chassis.relay import Relay
from services.inspection.handlers import INSPECTION
from services.inspection.publishing import publish
from services.remediation.projections.known import PROJECTION

QUIET, BUSY = 20, 500  # events a second
SECONDS = 3
PATIENCE = 60.0
P10 = Bench(
    id="P10",
    what="commit to another service's view, p50 at 20/s",
    baseline="produce to consume round trip of raw aiokafka, p50",
    target=2.5,
    sense="at most",
    unit="ms",
)
P11 = Bench(
    id="P11",
    what="commit to another service's view, p99 at 500/s",
    baseline="the same, p50 at 20/s",
    target=12.0,
    sense="at most",
    unit="ms",
)
Send = Callable[[int], Coroutine[Any, Any, None]]


@dataclass(slots=True)
class Stopwatch:
    """When each numbered thing set out, and how long it took in ms."""

    began: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def start(self, name: str) -> None:
        """Note that it sets out now."""
        self.began[name] = time.perf_counter()

    def start_again(self, name: str) -> None:
        """Note that it sets out only now, unless it is there already."""
        if name in self.began:
            self.start(name)

    def stop(self, name: str) -> None:
        """Note that it is there; what comes a second time counts once."""
        began = self.began.pop(name, None)
        if began is not None:
            self.took.append((time.perf_counter() - began) * 1000)
        if not self.began:
            self.arrived.set()

    async def times(self, send: Send, numbers: range, rate: float) -> list[float]:
        """Send at a rate whatever becomes of those before; return how long each took.

        Raises:
            TimeoutError: Some never arrived.
        """
        self.took, begin = [], asyncio.get_running_loop().time()
        sending: list[asyncio.Task[None]] = []
        for at, number in enumerate(numbers):
            pause = begin + at / rate - asyncio.get_running_loop().time()
            await asyncio.sleep(max(pause, 0))
            sending.append(asyncio.create_task(send(number)))
        await asyncio.gather(*sending)
        async with asyncio.timeout(PATIENCE):
            while self.began:
                self.arrived.clear()
                await self.arrived.wait()
        return self.took


async def quiet(servers: Servers, runs: int) -> Outcome:
    """Measure P10."""
    numbers = itertools.count(0, QUIET * SECONDS)
    async with _route(servers, "p10") as (watch, send), _raw(servers) as (round_, one):

        async def ours() -> float:
            return await _median(watch, send, next(numbers))

        async def baseline() -> float:
            return await _median(round_, one, next(numbers))

        return await compare(P10, ours, baseline, runs)


async def busy(servers: Servers, runs: int) -> Outcome:
    """Measure P11."""
    numbers = itertools.count(0, BUSY * SECONDS)
    async with _route(servers, "p11") as (watch, send):

        async def ours() -> float:
            first = next(numbers)
            times = await watch.times(send, range(first, first + BUSY * SECONDS), BUSY)
            return statistics.quantiles(times, n=100)[98]

        async def baseline() -> float:
            return await _median(watch, send, next(numbers))

        return await compare(P11, ours, baseline, runs)


async def _median(watch: Stopwatch, send: Send, first: int) -> float:
    numbers = range(first, first + QUIET * SECONDS)
    return statistics.median(await watch.times(send, numbers, QUIET))


class _Noted(Hearing):
    """Remembers which findings the projector has read."""

    read: deque[tuple[int, str]]

    async def after(self, position: int, limit: int) -> list[tuple[int, Heard]]:  # type: ignore[override]  # what is seen is passed on as it is
        """Return what was heard past *position*, in order."""
        found = await super().after(position, limit)
        self.read.extend((at, seen.event.finding_id) for at, seen in found)
        return found  # type: ignore[return-value]  # the same


class _Watched(Projector):
    """Stops the watch for what its views hold."""

    watch: Stopwatch
    noted: _Noted

    async def _note(self, build: Build) -> None:
        await super()._note(build)
        while self.noted.read and self.noted.read[0][0] <= build.heard:
            self.watch.stop(self.noted.read.popleft()[1])


@asynccontextmanager
async def _route(servers: Servers, name: str) -> AsyncIterator[tuple[Stopwatch, Send]]:
    """Lend a way from inspection's journal to remediation's views, and its watch."""
    await servers.fresh(TOPIC)
    url = await servers.database("inspection", f"{name}_inspection")
    other = await servers.database("remediation", f"{name}_remediation")
    watch = Stopwatch()
    app = await servers.opened(url, "inspection_app", size=10)
    journal = PostgresJournal(app, [INSPECTION], lambda: NOW)
    relay = await _relay(servers, url, journal)
    views = await _views(servers, other, watch)
    consumer = await _consumer(servers, other, views.noted)
    bus = KafkaBus(servers.kafka, f"bench-{name}")
    consumer.listen(bus)
    tasks = [asyncio.create_task(part.run()) for part in (relay, views, consumer)]

    async def send(number: int) -> None:
        event = finding(number)
        append = Append(
            stream=f"inspection-{event.inspection_id}",
            expected=ANY,
            events=[event],
            key=event.inspection_id,
        )
        watch.start(event.finding.finding_id)
        with acting(caused(number)):
            await journal.append(append)
        watch.start_again(event.finding.finding_id)  # it is committed

    await bus.start()
    try:
        yield watch, send
    finally:
        await bus.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _relay(servers: Servers, url: str, appending: PostgresJournal) -> Relay:
    database = await servers.opened(url, "inspection_relay")
    journal = PostgresJournal(database, [INSPECTION], lambda: NOW)
    bus = KafkaBus(servers.kafka, "bench-relay")
    relay = Relay("inspection", journal, PostgresCursors(database), bus, publish)
    appending.on_append(relay.wake)
    return relay


async def _views(servers: Servers, url: str, watch: Stopwatch) -> _Watched:
    database = await servers.opened(url, "remediation_app")
    journal = PostgresJournal(database, [], lambda: NOW)
    hearing = _Noted(database, [PROJECTION])
    hearing.read = deque()
    views = _Watched([PROJECTION], database, journal, hearing)
    views.watch, views.noted = watch, hearing
    await views.start()
    return views


async def _consumer(servers: Servers, url: str, hearing: Hearing) -> Consumer:
    database = await servers.opened(url, "remediation_app")
    keep = Actions(
        journal=PostgresJournal(database, [], lambda: NOW), sink=hearing.keep
    )
    return Consumer("remediation.views.v1", database, keep, [FindingRaised])


@asynccontextmanager
async def _raw(servers: Servers) -> AsyncIterator[tuple[Stopwatch, Send]]:
    """Lend a round trip of the bare client over a topic of its own, and its watch."""
    topic = "bench.round-trip.v1"
    await servers.fresh(topic)
    watch = Stopwatch()
    producer = AIOKafkaProducer(
        bootstrap_servers=servers.kafka, acks="all", enable_idempotence=True
    )
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=servers.kafka, auto_offset_reset="earliest"
    )

    async def receive() -> None:
        async for record in consumer:
            watch.stop(record.key.decode())

    async def send(number: int) -> None:
        event = finding(number)
        name = event.finding.finding_id
        watch.start(name)
        body = event.finding.description.encode()
        await producer.send_and_wait(topic, body * 4, key=name.encode())

    await producer.start()
    await consumer.start()
    task = asyncio.create_task(receive())
    try:
        yield watch, send
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await consumer.stop()
        await producer.stop()
