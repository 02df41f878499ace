"""P8, P9 and P12: views made anew, and whether an event costs more among many."""

from __future__ import annotations

import itertools
import os
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace

from bench.findings import NOW, caused, fill, finding
from bench.library import library, raised
from bench.measuring import Bench, Outcome, compare, rate
from bench.multiplying import multiply
from bench.standing import Servers, as_role
from services.chassis.context import acting
from services.chassis.journal import ANY, Append
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.projector import Hearing, Projector
from services.chassis.running.parts import LONG
from services.inspection.handlers import INSPECTION
from services.inspection.projections import PROJECTIONS

EVENTS, READ, APPENDED = 20_000, 500, 1_000
SMALL = 100_000  # events of P12's smaller journal; SMALL=1000000 for the whole of it
P8 = Bench(
    id="P8",
    what="rebuild (fold + COPY)",
    baseline="reading the journal only",
    target=0.40,
    sense="at least",
    unit="events/s",
)
P9 = Bench(
    id="P9",
    what="rebuild (fold + COPY)",
    baseline="`eventsourcing` 9.5: notifications read and decoded, no fold",
    target=2.8,
    sense="at least",
    unit="events/s",
)
P12 = Bench(
    id="P12",
    what="rebuild, per event, of {large:,} events",
    baseline="of {small:,} events",
    target=1.15,
    sense="at most",
    unit="µs/event",
)
P12_APPEND = Bench(
    id="P12-append",
    what="append, per event, to a journal of {large:,} events",
    baseline="to one of {small:,} events",
    target=1.15,
    sense="at most",
    unit="µs/event",
)


async def rebuilding(servers: Servers, runs: int) -> Outcome:
    """Measure P8: a build is made, checked, compared with the live one and shown."""
    url = await _filled(servers, "p8")
    projector, journal = await _projector(servers, url)

    async def ours() -> float:
        return await rate(EVENTS, projector.rebuild)

    async def baseline() -> float:
        return await rate(EVENTS, lambda: _read(journal))

    return await compare(P8, ours, baseline, runs)


async def replaying(servers: Servers, runs: int) -> Outcome:
    """Measure P9: theirs reads and decodes by the same number at a time as ours."""
    url = await _filled(servers, "p9")
    projector, _ = await _projector(servers, url)
    with library(await servers.empty("p9_library"), 1) as (store, recorder):
        for first in range(0, EVENTS, READ):
            store.put([raised(n) for n in range(first, first + READ)])

        async def ours() -> float:
            return await rate(EVENTS, projector.rebuild)

        async def baseline() -> float:
            async def work() -> None:
                position = 0
                while found := recorder.select_notifications(
                    position, READ, inclusive_of_start=False
                ):
                    for notification in found:
                        store.mapper.to_domain_event(notification)
                    position = found[-1].id

            return await rate(EVENTS, work)

        return await compare(P9, ours, baseline, runs)


async def growing(servers: Servers, runs: int) -> Outcome:
    """Measure P12: the same rebuild, of ten times the events."""
    small = _small()
    ours, baseline = [
        (await _projector(servers, await _multiplied(servers, "p12", n)))[0]
        for n in (10 * small, small)
    ]
    return await compare(
        _named(P12, small),
        lambda: _cost(10 * small, ours.rebuild),
        lambda: _cost(small, baseline.rebuild),
        runs,
    )


async def growing_append(servers: Servers, runs: int) -> Outcome:
    """Measure P12's other half: the same appends, behind ten times the events."""
    small = _small()
    ours, baseline = [
        (await _projector(servers, await _multiplied(servers, "p12_append", n)))[1]
        for n in (10 * small, small)
    ]
    numbers = itertools.count(100 * small)
    return await compare(
        _named(P12_APPEND, small),
        lambda: _cost(APPENDED, lambda: _append(ours, numbers)),
        lambda: _cost(APPENDED, lambda: _append(baseline, numbers)),
        runs,
    )


def _small() -> int:
    return int(os.environ.get("SMALL", SMALL))  # noqa: TID251 - a bench's own option


def _named(bench: Bench, small: int) -> Bench:
    sizes = {"small": small, "large": 10 * small}
    return replace(
        bench,
        what=bench.what.format(**sizes),
        baseline=bench.baseline.format(**sizes),
    )


async def _filled(servers: Servers, name: str) -> str:
    url = await servers.database("inspection", name)
    database = await servers.opened(url, "inspection_app")
    await fill(PostgresJournal(database, [INSPECTION], lambda: NOW), EVENTS)
    return url


async def _multiplied(servers: Servers, name: str, events: int) -> str:
    url = await servers.database("inspection", f"{name}_{events}")
    await multiply(await servers.raw(url), events)
    return url


async def _projector(servers: Servers, url: str) -> tuple[Projector, PostgresJournal]:
    database = await Database.open(as_role(url, "inspection_app"), size=4, limits=LONG)
    servers.held.push_async_callback(database.close)
    journal = PostgresJournal(database, [INSPECTION], lambda: NOW)
    hearing = Hearing(database, PROJECTIONS)
    return Projector(PROJECTIONS, database, journal, hearing), journal


async def _read(journal: PostgresJournal) -> None:
    position = 0
    while events := await journal.after(position, READ):
        position = events[-1].position


async def _cost(events: int, work: Callable[[], Awaitable[object]]) -> float:
    """Return how many microseconds an event costs."""
    return 1e6 / await rate(events, work)


async def _append(journal: PostgresJournal, numbers: Iterator[int]) -> None:
    for number in itertools.islice(numbers, APPENDED):
        stream = f"inspection-D-{number}"
        with acting(caused(number)):
            await journal.append(
                Append(stream=stream, expected=ANY, events=[finding(number)])
            )
