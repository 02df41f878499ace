"""Views in Postgres: live rows, rebuilt rows and the fold are the same rows."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.envelope import Envelope
from services.chassis.consumer import Heard
from services.chassis.journal import ANY, Append
from services.chassis.postgres import Database
from services.chassis.projector import Drift, Hearing, Projector, projecting
from services.chassis.projector import hearing as hearing_room
from services.chassis.projector.builds import Builds
from services.chassis.projector.folding import Fold
from services.chassis.testing import MemoryJournal
from services.chassis.viewing import detail_as_of, detail_now
from services.chassis.viewing.rows import open_rows
from tests.chassis.small_service import COUNTERS, SMALL, STORY, Counted, Erased, Named
from tests.databases import execute

NOON = datetime(2023, 5, 16, 5, 0, tzinfo=UTC)
(DETAIL,) = SMALL.details


@pytest.fixture
async def database(journal_database):
    opened = await Database.open(journal_database.of("planning_app"))
    yield opened
    await opened.close()


@pytest.fixture
async def rows(journal_database):
    opened = await open_rows(journal_database.of("planning_app"), name="tests")
    yield opened
    await opened.close()


@pytest.fixture(autouse=True)
def catalogue(monkeypatch):
    monkeypatch.setitem(hearing_room.CATALOGUE, Named.TYPE, Named)


@pytest.fixture
async def projector(database, journal):
    made = projecting_to(database, journal)
    await made.start()
    return made


async def write(journal, *events):
    for event in events:
        await journal.append(
            Append(stream=f"counter-{event.counter}", expected=ANY, events=[event])
        )


def projecting_to(database, journal, projections=(COUNTERS,)):
    return Projector(projections, database, journal, Hearing(database, projections))


async def hear(database, counter, name, number=1):
    envelope = Envelope(
        id=UUID(int=number),
        source="elsewhere",
        type=Named.TYPE,
        subject=f"name-{counter}",
        partitionkey=counter,
        time=NOON,
        correlationid=STORY,
        causationid=STORY,
        data={"counter": counter, "name": name},
    )
    heard = Heard(
        envelope=envelope,
        event=Named(counter=counter, name=name),
        position=number,
        version=1,
        topic="small.events.v1",
        partition=0,
        timestamp_ms=0,
    )
    async with database.transaction():
        await Hearing(database, [COUNTERS]).keep([heard])


async def every(rows):
    tables = {}
    for table in COUNTERS.tables:
        keys = ", ".join(table.key)
        found = await rows.fetch(f"SELECT * FROM {table.name} ORDER BY {keys}")  # noqa: S608 - ours
        tables[table.name] = found
    return tables


async def test_events_become_rows_of_their_types(projector, journal, rows):
    await write(journal, Counted(counter="a", amount=3, note="Đợt 1 'x'"))
    await projector.catch_up()

    assert await every(rows) == {
        "counters": [
            {
                "counter": "a",
                "name": None,
                "note": "Đợt 1 'x'",
                "version": 1,
                "total": 3,
                "times": 1,
            }
        ],
        "steps": [
            {
                "counter": "a",
                "version": 1,
                "amount": 3,
                "at": journal_time(journal),
                "tags": ["odd", 'a"b'],
                "data": {"amount": 3, "list": [1, None, "đ"]},
            }
        ],
    }


def journal_time(_journal):
    return datetime(2023, 3, 31, 2, 0, tzinfo=UTC)


async def test_what_is_heard_is_written_once_whichever_came_first(
    projector, journal, rows, database
):
    await hear(database, "a", "An Lạc")
    await hear(database, "a", "An Lạc")
    await write(journal, Counted(counter="a", amount=3))
    await hear(database, "b", "An Bình", number=2)
    await projector.catch_up()

    (a, b) = (await every(rows))["counters"]
    assert (a["name"], a["total"], b["name"], b["total"]) == (
        "An Lạc",
        3,
        "An Bình",
        None,
    )


async def test_a_batch_that_fails_leaves_rows_and_position_as_they_were(
    projector, journal, rows, database, journal_database
):
    await write(journal, Counted(counter="a", amount=3))
    await projector.catch_up()
    await execute(
        journal_database.super, "ALTER TABLE views_1.steps ADD CHECK (amount < 10)"
    )
    await write(journal, Counted(counter="a", amount=20))

    with pytest.raises(Exception, match="steps_amount_check"):
        await projector.catch_up()

    assert projector.position == 1
    assert (await every(rows))["counters"][0]["total"] == 3
    again = projecting_to(database, journal)
    await again.start()
    assert again.position == 1


async def test_another_code_makes_the_views_anew(projector, journal, rows, database):
    await write(journal, Counted(counter="a", amount=3))
    await hear(database, "a", "An Lạc")
    await projector.catch_up()
    before = await every(rows)

    await database.execute("UPDATE es.view_build SET code_hash = 'older'")
    again = projecting_to(database, journal)
    await again.start()

    assert await every(rows) == before
    builds = await database.fetch("SELECT build, state FROM es.view_build ORDER BY 1")
    assert [tuple(b) for b in builds] == [(1, "old"), (2, "live")]


async def test_what_newer_code_shows_is_left_to_it(projector, journal, database, rows):
    tables = tuple(replace(t, indexes=(t.key,)) for t in COUNTERS.tables)
    another = (replace(COUNTERS, tables=tables, own={}),)
    newer = projecting_to(database, journal, another)
    await newer.start()

    await write(journal, Counted(counter="a", amount=3))
    await projector.catch_up()
    assert projector.position == 0
    await newer.catch_up()
    await projector.catch_up()

    assert projector.position == 1
    assert (await every(rows))["counters"] == []


@pytest.mark.usefixtures("projector")
async def test_the_same_code_keeps_the_views(database, journal):
    again = projecting_to(database, journal)
    await again.start()

    assert await database.fetchval("SELECT count(*) FROM es.view_build") == 1


async def test_a_build_that_was_not_finished_is_forgotten(projector, database):
    await Builds(database).begin("half", COUNTERS.tables)
    await projector.rebuild()

    states = await database.fetch("SELECT state FROM es.view_build ORDER BY build")
    assert [row[0] for row in states] == ["old", "live"]


async def test_a_row_that_was_tampered_with_is_reported(
    projector, journal, database, journal_database
):
    """Drift is found, not silent."""
    await write(journal, Counted(counter="a", amount=3), Counted(counter="b", amount=4))
    await projector.catch_up()
    assert await projector.verify() == []

    await execute(
        journal_database.super, "UPDATE views_1.counters SET total = 5 WHERE total = 4"
    )
    await execute(journal_database.super, "DELETE FROM views_1.steps")

    assert await projector.verify() == [
        Drift(table="counters", rows=1),
        Drift(table="steps", rows=2),
    ]
    tables = "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'shadow%'"
    assert await database.fetchval(tables) == 0


async def test_a_build_that_is_not_what_the_events_say_is_never_shown(
    projector, journal, rows, monkeypatch
):
    await write(journal, Counted(counter="a", amount=3))
    await projector.catch_up()
    whole = projecting.write_all

    async def half(database, place, fold):
        await whole(database, place, fold)
        await database.execute(f"UPDATE {place}counters SET total = 0")  # noqa: S608 - ours

    monkeypatch.setattr(projecting, "write_all", half)
    with pytest.raises(RuntimeError, match="counters"):
        await projector.rebuild()

    assert (await every(rows))["counters"][0]["total"] == 3


async def test_readers_see_no_hole_while_views_are_made_anew(projector, journal, rows):
    for number in range(30):
        await write(journal, Counted(counter=f"c{number}", amount=1))
    await projector.catch_up()
    done, seen = asyncio.Event(), []

    async def read():
        while not done.is_set():
            (row,) = await rows.fetch("SELECT sum(total)::int AS sum FROM counters")
            seen.append(row["sum"])

    readers = [asyncio.create_task(read()) for _ in range(3)]
    for _ in range(3):
        await projector.rebuild()
        await write(journal, Counted(counter="late", amount=1))
        await projector.catch_up()
    done.set()
    await asyncio.gather(*readers)

    assert seen == sorted(seen)
    assert set(seen) <= {30, 31, 32, 33}


async def test_whoever_asks_for_a_position_waits_until_the_views_hold_it(
    projector, journal, monkeypatch
):
    monkeypatch.setattr(projecting, "PATIENCE", 0.05)
    await write(journal, Counted(counter="a", amount=3))
    assert not await projector.reached(1)

    monkeypatch.setattr(projecting, "PATIENCE", 5)
    following = asyncio.create_task(projector.run())
    try:
        assert await projector.reached(1)
        await write(journal, Counted(counter="a", amount=3))
        assert await projector.reached(2)
    finally:
        following.cancel()


async def test_two_projectors_and_a_rebuild_at_once_count_everything_once(
    database, journal, rows, journal_database
):
    """Counters show what upserts hide."""
    async with AsyncExitStack() as stack:
        pools = [database]
        for _ in range(2):
            pool = await Database.open(journal_database.of("planning_app"))
            stack.push_async_callback(pool.close)
            pools.append(pool)
        several = [projecting_to(pool, journal) for pool in pools]
        for one in several:
            await one.start()

        async def keep_writing():
            for number in range(60):
                await write(journal, Counted(counter=f"c{number % 7}", amount=1))
                if number % 20 == 10:
                    await several[2].rebuild()

        async def keep_up(one):
            while not writing.done():
                await one.catch_up()
                await asyncio.sleep(0)

        writing = asyncio.create_task(keep_writing())
        await asyncio.gather(writing, *(keep_up(one) for one in several[:2]))
        await several[0].catch_up()
        await several[0].catch_up()

        found = (await every(rows))["counters"]
        assert sum(row["times"] for row in found) == 60
        assert await several[0].verify() == []


class Hooked:
    """A journal that lets something happen after it was read."""

    def __init__(self, journal, hook):
        self._journal = journal
        self._hook = hook

    async def after(self, position, limit):
        found = await self._journal.after(position, limit)
        await self._hook(limit, found)
        return found

    def on_append(self, wake):
        self._journal.on_append(wake)


async def test_one_batch_at_a_time_is_written(
    projector, journal, rows, database, journal_database
):
    """Without the lock on the build, two would count the same event."""
    reading, go = asyncio.Event(), asyncio.Event()

    async def hold(limit, _):
        if limit > 1:
            reading.set()
            await go.wait()

    pool = await Database.open(journal_database.of("planning_app"))
    slow = projecting_to(pool, Hooked(journal, hold))
    await slow.start()
    await write(journal, Counted(counter="a", amount=1))
    first = asyncio.create_task(slow.catch_up())
    await reading.wait()
    await write(journal, Counted(counter="b", amount=1))
    second = asyncio.create_task(projector.catch_up())
    held = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    async with asyncio.timeout(10):
        while not second.done() and not await database.fetchval(held):
            pass
    go.set()
    await asyncio.gather(first, second)
    await projector.catch_up()
    await pool.close()

    found = (await every(rows))["counters"]
    assert [row["times"] for row in found] == [1, 1]


async def test_what_is_recorded_while_views_are_made_anew_is_in_them(
    database, journal, rows
):
    late = [Counted(counter="late", amount=1)]

    async def record(_, found):
        if not found and late:
            await write(journal, late.pop())

    await write(journal, Counted(counter="a", amount=1))
    await projecting_to(database, Hooked(journal, record)).start()

    assert [row["counter"] for row in (await every(rows))["counters"]] == ["a", "late"]


async def test_what_is_kept_later_is_seen_later(database, journal_database):
    """Or a reader would pass over what commits late."""
    other = await Database.open(journal_database.of("planning_app"))
    order = []

    async def late():
        await hear(other, "b", "second", number=2)
        order.append("second")

    async with database.transaction():
        await hear(database, "a", "first", number=1)
        waiting = asyncio.create_task(late())
        held = (
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        )
        async with asyncio.timeout(10):
            while not await database.fetchval(held):
                pass
        order.append("first")
    await waiting
    await other.close()

    assert order == ["first", "second"]
    seen = await Hearing(database, [COUNTERS]).after(0, 10)
    assert [one.event.name for _, one in seen] == ["first", "second"]


async def test_another_set_of_types_is_another_consumer(database):
    same, other = Hearing(database, [COUNTERS]), Hearing(database, [])
    assert await same.number() == await same.number() == 1
    assert await other.number() == 2


async def test_what_was_known_is_what_the_views_showed(projector, journal, rows):
    await write(journal, Counted(counter="a", amount=3))
    await projector.catch_up()
    then = await detail_now(DETAIL, rows, "a")
    await write(journal, Counted(counter="a", amount=4))

    assert await detail_as_of(DETAIL, [COUNTERS], journal, "a", "1") == then
    assert await detail_as_of(DETAIL, [COUNTERS], journal, "a", "0") is None


step = st.builds(
    Counted,
    counter=st.sampled_from("abc"),
    amount=st.integers(1, 9),
    note=st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=5),
) | st.builds(Erased, counter=st.sampled_from("abc"))


@given(steps=st.lists(step, max_size=25), batch=st.integers(1, 7))
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_live_rows_rebuilt_rows_and_the_fold_are_the_same(
    database, rows, clock, steps, batch
):
    """At every commit the state is the fold of the accepted prefix."""
    journal = MemoryJournal(clock)
    await database.execute("UPDATE es.view_build SET code_hash = 'older'")
    projector = projecting_to(database, journal)
    await projector.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(projecting, "BATCH", batch)
        for event in steps:
            await write(journal, event)
        await projector.catch_up()
        assert await projector.verify() == []
    live = await every(rows)
    await projector.rebuild()
    assert await every(rows) == live

    fold = Fold([COUNTERS])
    totals = {row["counter"]: row["total"] for row in live["counters"]}
    expected = {}
    for event in steps:
        if isinstance(event, Counted):
            expected[event.counter] = expected.get(event.counter, 0) + event.amount
        else:
            expected.pop(event.counter, None)
    assert totals == expected
    assert fold.tables.keys() == live.keys()


@given(steps=st.lists(step, min_size=1, max_size=8))
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_as_of_a_position_is_what_was_shown_then(database, rows, clock, steps):
    journal = MemoryJournal(clock)
    await database.execute("UPDATE es.view_build SET code_hash = 'older'")
    projector = projecting_to(database, journal)
    await projector.start()
    shown = []
    for event in steps:
        await write(journal, event)
        await projector.catch_up()
        shown.append(await detail_now(DETAIL, rows, "a"))

    for position, then in enumerate(shown, start=1):
        known = await detail_as_of(DETAIL, [COUNTERS], journal, "a", str(position))
        assert known == then
