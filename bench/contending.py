"""P3 and P4: one writer and many, against a library, and against taking turns."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from bench.findings import NOW, caused, finding
from bench.library import library, raised
from bench.measuring import Bench, Outcome, compare, rate
from bench.standing import Servers, execute
from services.chassis.context import acting
from services.chassis.journal import NEW, Append
from services.chassis.journal.postgres import PostgresJournal
from services.inspection.handlers import INSPECTION

LIBRARY = "`eventsourcing` 9.5, psycopg in C, pooled"
P3 = Bench(
    id="P3",
    what="append, 1 event, 1 worker",
    baseline=LIBRARY,
    target=2.2,
    sense="at least",
    unit="events/s",
)
P3_8 = Bench(
    id="P3-8",
    what="append, 1 event, 8 workers",
    baseline=LIBRARY,
    target=4.0,
    sense="at least",
    unit="events/s",
)
P4 = Bench(
    id="P4",
    what="32 writers, commit stretched to 2 ms",
    baseline="writers serialised by one advisory lock",
    target=12.0,
    sense="at least",
    unit="events/s",
)
EACH, WRITERS = 400, 32
# In both, a commit waits 2 ms more before it is flushed; those that come go with it.
STRETCHED = ("commit_delay = 2000", "commit_siblings = 0")
# What the announcing trigger would do if writers had to take turns.
TURNS = """
CREATE OR REPLACE FUNCTION es.event_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(229);
  RETURN NULL;
END $$
"""


async def one(servers: Servers, runs: int) -> Outcome:
    """Measure P3 with one worker."""
    return await _against_the_library(servers, runs, P3, 1)


async def eight(servers: Servers, runs: int) -> Outcome:
    """Measure P3 with eight."""
    return await _against_the_library(servers, runs, P3_8, 8)


async def turns(servers: Servers, runs: int) -> Outcome:
    """Measure P4."""
    free, serial = [await _stretched(servers, name) for name in ("p4", "p4_serial")]
    await execute(serial, TURNS)
    numbers = itertools.count()
    journals = [await _journal(servers, url, WRITERS) for url in (free, serial)]

    async def ours() -> float:
        return await _written(journals[0], numbers, WRITERS, WRITERS * 40)

    async def baseline() -> float:
        return await _written(journals[1], numbers, WRITERS, WRITERS * 10)

    return await compare(P4, ours, baseline, runs)


async def _against_the_library(
    servers: Servers, runs: int, bench: Bench, workers: int
) -> Outcome:
    name = bench.id.lower().replace("-", "_")
    journal = await _journal(
        servers, await servers.database("inspection", name), workers
    )
    theirs = await servers.empty(f"{name}_library")
    numbers = itertools.count()

    async def ours() -> float:
        return await _written(journal, numbers, workers, EACH * workers)

    with (
        library(theirs, workers) as (store, _),
        ThreadPoolExecutor(workers) as threads,
    ):

        async def baseline() -> float:
            async def work() -> None:
                await asyncio.gather(
                    *(_threaded(threads, put, EACH) for _ in range(workers))
                )

            return await rate(EACH * workers, work)

        def put(times: int) -> None:
            for _ in range(times):
                store.put([raised(next(numbers))])

        return await compare(bench, ours, baseline, runs)


async def _threaded(
    threads: ThreadPoolExecutor, work: Callable[[int], None], times: int
) -> None:
    await asyncio.get_running_loop().run_in_executor(threads, work, times)


async def _stretched(servers: Servers, name: str) -> str:
    url = await servers.database("inspection", name)
    for setting in STRETCHED:
        await execute(url, f"ALTER DATABASE {name} SET {setting}")
    return url


async def _journal(servers: Servers, url: str, size: int) -> PostgresJournal:
    database = await servers.opened(url, "inspection_app", size=size)
    return PostgresJournal(database, [INSPECTION], lambda: NOW)


async def _written(
    journal: PostgresJournal, numbers: Iterator[int], workers: int, events: int
) -> float:
    """Append so many events, each to a stream of its own; return how many a second."""

    async def worker() -> None:
        for _ in range(events // workers):
            await _append(journal, next(numbers))

    async def work() -> None:
        await asyncio.gather(*(worker() for _ in range(workers)))

    return await rate(events, work)


async def _append(journal: PostgresJournal, number: int) -> None:
    stream = f"inspection-C-{number}"
    with acting(caused(number)):
        await journal.append(
            Append(stream=stream, expected=NEW, events=[finding(number)], key=stream)
        )
