"""Many timers, killed connections, racing completions: one outcome each."""

import asyncio
import random  # noqa: TID251 - seeded below
from contextlib import suppress
from uuid import UUID

import asyncpg
import pytest
from structlog.testing import capture_logs

from services.chassis.context import Context, acting
from services.chassis.errors import Unavailable, WrongVersion
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.testing import FrozenClock
from services.chassis.timers import Timers
from tests.chassis.cases import (
    AT,
    CASE,
    HOUR,
    NOON,
    STEPS,
    Closed,
    close,
    on_step,
    opened,
)
from tests.eventually import eventually

CASES = 60
KILL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND application_name = 'timer'
   AND state <> 'idle' LIMIT 1
"""


@pytest.fixture
async def journals(journal_database):
    """Return a journal each time, on a pool of its own."""
    pools = []

    async def open_journal(name):
        pools.append(
            await Database.open(journal_database.of("planning_app"), name=name)
        )
        return PostgresJournal(pools[-1], [CASE], FrozenClock(NOON))

    yield open_journal
    for pool in pools:
        await pool.close()


def caused_by(number):
    cause = UUID(int=number)
    return acting(
        Context(actor="t", correlation_id=cause, causation_id=cause, occurred_at=NOON)
    )


async def schedule(journal, over):
    timers = Timers(journal, AT, FrozenClock(NOON))
    while True:
        finishing = over.is_set()
        with suppress(Unavailable, WrongVersion):
            if not await timers.catch_up(NOON) and finishing:
                return
        await asyncio.sleep(0)


async def complete(journal, keys):
    for key in keys:
        with caused_by(10_000 + int(key)):
            closed = None
            while closed is None:
                with suppress(Unavailable, WrongVersion):
                    closed = await close(journal, key)
                await asyncio.sleep(0)


async def kill(url, over):
    connection = await asyncpg.connect(url)
    kills = 0
    while not over.is_set():
        kills += len(await connection.fetch(KILL))
        await connection.execute("SELECT pg_sleep(0.02)")
    await connection.close()
    return kills


@pytest.mark.parametrize("seed", [1, 2])
async def test_each_deadline_has_exactly_one_outcome(journals, journal_database, seed):
    dice, over = random.Random(seed), asyncio.Event()  # noqa: S311 - repeatable
    first = await journals("first")
    hours = [sorted(dice.sample(range(1, 9), len(STEPS)))[::-1] for _ in range(CASES)]
    with caused_by(1):
        await first.append_many(
            [
                opened(f"{n}", *(NOON - HOUR * h for h in ago))
                for n, ago in enumerate(hours)
            ]
        )
    keys = [f"{n}" for n in range(CASES) if n % 2]
    dice.shuffle(keys)

    with capture_logs() as lines:
        async with asyncio.TaskGroup() as group:
            for _ in range(4):
                group.create_task(schedule(await journals("timer"), over))
            killing = group.create_task(kill(journal_database.super, over))
            async with asyncio.TaskGroup() as completers:
                for half in (keys[::2], keys[1::2]):
                    completers.create_task(complete(await journals("completer"), half))
            over.set()

    assert killing.result()
    assert not [line for line in lines if "Deadlock" in str(line.get("error"))]
    await one_outcome_each(journal_database.super, first)


async def one_outcome_each(url, journal):
    connection = await asyncpg.connect(url)
    deadlines = await connection.fetch("SELECT * FROM es.deadline")
    events = {
        row["event_id"]: row for row in await connection.fetch("SELECT * FROM es.event")
    }
    await connection.close()
    assert len(deadlines) == CASES * len(STEPS)
    for deadline in deadlines:
        event = events.get(deadline["id"])
        if deadline["state"] == "done":
            assert event["occurred_at"] == deadline["due_at"]
            assert event["stream_id"] == deadline["stream_id"]
        else:
            assert (deadline["state"], event) == ("cancelled", None)
    for n in range(CASES):
        history = [r.event for r in await journal.read(f"case-{n}")]
        assert history.count(Closed()) == n % 2
        assert n % 2 == 0 or history[-1] == Closed()
        kinds = [event.kind for event in history if hasattr(event, "kind")]
        assert kinds == list(STEPS[: len(kinds)])
        assert n % 2 or kinds == list(STEPS)


async def test_a_timer_passes_over_what_another_holds(journals):
    one, two = await journals("one"), await journals("two")
    await one.append_many(
        [opened("a", NOON - HOUR * 3, NOON - HOUR), opened("b", NOON - HOUR * 2)]
    )

    async def others():
        async with two.transaction():
            return [(due.stream, due.kind) for due in await two.due(NOON, 10)]

    async with one.transaction():
        (held,) = await one.due(NOON, 1)
        assert (held.stream, held.kind) == ("case-a", STEPS[0])
        # Not the second step of the ladder: it comes after the first.
        assert await others() == [("case-b", STEPS[0])]
    assert await others() == [
        ("case-a", STEPS[0]),
        ("case-b", STEPS[0]),
        ("case-a", STEPS[1]),
    ]


async def test_a_settled_deadline_is_not_settled_again(journals):
    journal = await journals("one")
    await journal.append(opened("a", NOON))
    async with journal.transaction():
        (due,) = await journal.due(NOON, 1)
        await journal.settle(due, "done")

    with pytest.raises(asyncpg.PostgresError, match="settled"):
        await journal.settle(due, "parked", again=NOON)


async def test_deadline_rows_are_locked_before_the_head(journals, journal_database):
    """Whoever takes the head first waits for the timer, and the timer for the head."""
    one, two = await journals("one"), await journals("two")
    await one.append(opened("a", NOON))
    watcher = await asyncpg.connect(journal_database.super)
    waiting = (
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        " AND datname = current_database()"
    )

    async def closing():
        with caused_by(2):
            async with two.transaction():
                return await close(two, "a")

    async with one.transaction():
        (due,) = await one.due(NOON, 1)
        closed = asyncio.create_task(closing())
        await eventually(lambda: watcher.fetchval(waiting))
        with caused_by(3):
            await on_step(due, one)
        await one.settle(due, "done")
    assert (await closed).version == 3
    await watcher.close()
