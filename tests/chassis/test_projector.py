"""Views in Postgres: live rows, rebuilt rows and the fold are the same rows."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.chassis.postgres import Database
from services.chassis.projector import Drift, Hearing, making, projecting
from services.chassis.projector import hearing as hearing_room
from services.chassis.projector.builds import Builds
from services.chassis.viewing import detail_as_of, detail_now
from tests.chassis.projecting import DETAIL, Hooked, every, hear, projecting_to, write
from tests.chassis.small_service import COUNTERS, Counted, Named
from tests.databases import execute


@pytest.fixture(autouse=True)
def catalogue(monkeypatch):
    monkeypatch.setitem(hearing_room.CATALOGUE, Named.TYPE, Named)


@pytest.fixture
async def projector(database, journal):
    made = projecting_to(database, journal)
    await made.start()
    return made


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
    projector, journal, journal_database
):
    """Drift is found, not silent."""
    await write(journal, Counted(counter="a", amount=3), Counted(counter="b", amount=4))
    await projector.catch_up()
    assert await projector.verify() == []

    await execute(
        journal_database.super, "UPDATE views_1.counters SET total = 5 WHERE total = 4"
    )
    await execute(journal_database.super, "DELETE FROM views_1.steps")

    found = {drift.table: drift for drift in await projector.verify()}
    assert found["counters"] == Drift(
        table="counters", rows=1, keys=('{"counter": "b"}',)
    )
    assert found["steps"].rows == len(found["steps"].keys) == 2
    assert [b["build"] for b in await projector.builds()] == [1]


async def test_a_build_that_is_not_what_the_events_say_is_never_shown(
    projector, journal, rows, monkeypatch
):
    await write(journal, Counted(counter="a", amount=3))
    await projector.catch_up()
    whole = making.pour

    async def half(database, place, fold):
        held = await whole(database, place, fold)
        await database.execute(f"UPDATE {place}counters SET total = 0")  # noqa: S608 - ours
        return held

    monkeypatch.setattr(making, "pour", half)
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


@pytest.mark.fault("F22")
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
