"""Builds beside the live one: kept, shown again, dropped; no crash leaves a hole."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

import asyncpg
import pytest

from services.chassis.errors import Unavailable
from services.chassis.failpoints import Struck
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.projector import BuildRefused, remaking
from services.chassis.projector import hearing as hearing_room
from services.chassis.projector.builds import Builds
from services.chassis.testing import MemoryJournal
from tests.chassis.projecting import NOON, Hooked, every, hear, projecting_to, write
from tests.chassis.small_service import COUNTER, COUNTERS, Counted, Named
from tests.databases import execute
from tests.eventually import eventually

HALF = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'views\\_%'"


@pytest.fixture(autouse=True)
def catalogue(monkeypatch):
    monkeypatch.setitem(hearing_room.CATALOGUE, Named.TYPE, Named)


@pytest.fixture
async def projector(database, journal):
    made = projecting_to(database, journal)
    await made.start()
    await write(journal, Counted(counter="a", amount=3))
    await hear(database, "a", "An Lạc")
    await made.catch_up()
    return made


async def states(database):
    rows = await database.fetch("SELECT build, state FROM es.view_build ORDER BY build")
    return {row["build"]: row["state"] for row in rows}


async def test_going_back_to_the_build_before_loses_nothing(
    projector, journal, rows, database
):
    """I6b: what was acknowledged after the swap is in the old build too, once shown."""
    await projector.rebuild()
    await write(journal, Counted(counter="a", amount=4), Counted(counter="b", amount=1))
    await hear(database, "b", "An Bình", number=2)
    await projector.catch_up()
    shown, position = await every(rows), projector.position

    assert await projector.swap() == 1

    assert await every(rows) == shown
    assert projector.position == position
    assert await states(database) == {1: "live", 2: "old"}
    await write(journal, Counted(counter="b", amount=1))
    await projector.catch_up()
    assert (await every(rows))["counters"][1]["total"] == 2
    assert await projector.verify() == []


async def test_a_build_that_would_lose_what_was_shown_is_not_shown(
    projector, database, journal_database
):
    await projector.rebuild()
    await execute(
        journal_database.super,
        "UPDATE es.view_build SET journal_position = 99 WHERE state = 'live'",
    )

    with pytest.raises(Unavailable, match="lose"):
        await projector.swap(1)

    assert await states(database) == {1: "old", 2: "live"}


async def test_a_rebuild_can_be_kept_and_shown_later(
    projector, journal, database, rows
):
    kept = await projector.rebuild(show=False)
    assert await states(database) == {1: "live", 2: "old"}
    await write(journal, Counted(counter="b", amount=1))
    await projector.catch_up()
    before = await every(rows)

    assert (kept.build, kept.shown) == (2, False)
    assert await projector.swap(2) == 2
    assert await every(rows) == before


async def test_builds_that_cannot_be_shown_or_dropped_are_refused(projector, database):
    with pytest.raises(BuildRefused) as missing:
        await projector.swap(9)
    with pytest.raises(BuildRefused) as live:
        await projector.swap(1)
    with pytest.raises(BuildRefused) as nothing:
        await projector.swap()
    with pytest.raises(BuildRefused) as shown:
        await projector.drop(1)
    with pytest.raises(BuildRefused) as gone:
        await projector.drop(9)
    await projector.rebuild()
    await database.execute("UPDATE es.view_build SET code_hash = 'x' WHERE build = 1")
    with pytest.raises(BuildRefused) as older:
        await projector.swap(1)

    refused = [one.value.code for one in (missing, live, nothing, shown, gone, older)]
    assert refused == [
        "no-such-build",
        "build-live",
        "no-such-build",
        "build-live",
        "no-such-build",
        "another-code",
    ]


async def test_a_dropped_build_leaves_nothing(projector, database):
    await projector.rebuild()
    await projector.drop(1)

    assert await states(database) == {2: "live"}
    assert await database.fetchval(HALF) == 1


@pytest.mark.usefixtures("projector")
async def test_a_release_taken_back_shows_its_own_build_again(journal, database, rows):
    """What a newer release showed meanwhile is in it too; nothing is folded anew."""
    before = await every(rows)
    tables = tuple(replace(t, indexes=(t.key,)) for t in COUNTERS.tables)
    newer = projecting_to(database, journal, (replace(COUNTERS, tables=tables),))
    await newer.start()
    await write(journal, Counted(counter="b", amount=1))
    await newer.catch_up()

    again = projecting_to(database, journal)
    await again.start()

    assert await states(database) == {1: "live", 2: "old"}
    assert [row["counter"] for row in (await every(rows))["counters"]] == ["a", "b"]
    assert (await every(rows))["counters"][0] == before["counters"][0]
    assert await again.verify() == []


async def test_what_other_code_shows_cannot_be_verified_by_ours(projector, database):
    await database.execute("UPDATE es.view_build SET code_hash = 'newer'")

    with pytest.raises(BuildRefused, match="another release"):
        await projector.verify()


async def test_builds_are_dropped_a_day_after_they_were_replaced(
    projector, database, journal, journal_database
):
    await projector.rebuild()
    await projector.rebuild()
    await execute(
        journal_database.super,
        "UPDATE es.view_build SET made_at = made_at - interval '25 hours'"
        " WHERE build IN (1, 3)",
    )

    await projecting_to(database, journal).start()

    assert await states(database) == {2: "old", 3: "live"}


async def test_upkeep_is_done_while_views_are_followed(
    projector, database, journal_database, monkeypatch
):
    monkeypatch.setattr("services.chassis.projector.projecting.TIDY", 0.0)
    await projector.rebuild()
    await execute(
        journal_database.super,
        "UPDATE es.view_build SET made_at = made_at - interval '2 days'"
        " WHERE build = 1",
    )
    following = asyncio.create_task(projector.run())
    try:

        async def tidied():
            return await states(database) == {2: "live"}

        await eventually(tidied)
    finally:
        following.cancel()


async def test_one_at_a_time_makes_swaps_or_drops(projector, database):
    async with Builds(database).exclusive():
        for act in (projector.rebuild(), projector.swap(), projector.drop(1)):
            with pytest.raises(BuildRefused) as refused:
                await act
            assert refused.value.code == "views-busy"
        with pytest.raises(BuildRefused):
            await projector.verify()


async def test_replicas_that_start_together_make_one_build(
    database, journal, journal_database
):
    async with AsyncExitStack() as stack:
        pools = []
        for _ in range(3):
            pool = await Database.open(journal_database.of("planning_app"))
            stack.push_async_callback(pool.close)
            pools.append(pool)
        await asyncio.gather(*(projecting_to(pool, journal).start() for pool in pools))

    assert await states(database) == {1: "live"}


@pytest.mark.fault("F2")
async def test_a_crash_in_the_swap_leaves_the_live_build_serving(
    projector, rows, database, monkeypatch
):
    before = await every(rows)

    def strike(name):
        raise Struck(name)

    with monkeypatch.context() as armed:
        armed.setattr(remaking, "hit", strike)
        with pytest.raises(Struck):
            await projector.rebuild()
    assert await states(database) == {1: "live", 2: "building"}
    assert await every(rows) == before

    await projector.rebuild()
    assert await states(database) == {1: "old", 2: "live"}
    assert await database.fetchval(HALF) == 2


DOOMED = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name = 'doomed'"
)


@pytest.fixture
async def doomed(journal_database):
    """A pool whose connections are killed, as those of a process that dies."""
    pool = await Database.open(journal_database.of("planning_app"), name="doomed")
    yield pool
    await pool.close()


async def still_serving(projector, database, rows, before):
    assert await every(rows) == before
    assert (await states(database))[1] == "live"
    await projector.rebuild()
    assert set((await states(database)).values()) == {"live", "old"}
    assert await every(rows) == before


async def test_a_connection_killed_while_folding_leaves_the_live_build_serving(
    projector, doomed, rows, journal_database
):
    before = await every(rows)

    async def strike(*_):
        await execute(journal_database.super, DOOMED)

    journal = Hooked(MemoryJournal(lambda: NOON), strike)
    with pytest.raises(Unavailable):
        await projecting_to(doomed, journal).rebuild()

    await still_serving(projector, projector._database, rows, before)  # noqa: SLF001 - the same pool


async def test_a_connection_killed_in_the_swap_leaves_the_live_build_serving(
    projector, doomed, journal, rows, journal_database
):
    before = await every(rows)
    whole = Builds.swap

    async def killed(self, build, tables):
        await whole(self, build, tables)
        await execute(journal_database.super, DOOMED)

    making = projecting_to(doomed, journal)
    with pytest.MonkeyPatch.context() as armed:
        armed.setattr(Builds, "swap", killed)
        with pytest.raises(Unavailable):
            await making.rebuild()

    await still_serving(projector, projector._database, rows, before)  # noqa: SLF001 - the same pool


@pytest.mark.usefixtures("projector")
async def test_a_maker_whose_lock_was_lost_shows_nothing(
    journal, database, journal_database
):
    """Or two could show their builds, one over the other's."""

    async def lose(_, found):
        if not found:
            await execute(
                journal_database.super,
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                " WHERE locktype = 'advisory' AND classid = 118 AND granted",
            )

    making = projecting_to(database, Hooked(journal, lose))
    with pytest.raises(Unavailable):
        await making.rebuild()

    assert (await states(database))[1] == "live"


async def test_each_read_is_answered_by_exactly_one_build(projector, journal, rows):
    """I6b: readers polling through swaps forth and back never see a hole."""
    for number in range(20):
        await write(journal, Counted(counter=f"c{number}", amount=1))
    await projector.catch_up()
    done, seen = asyncio.Event(), []
    asked = (  # two tables in one statement: of one build, they agree
        "SELECT count(*)::int AS n, sum(c.total)::int AS total,"
        " (SELECT count(*) FROM steps)::int AS steps FROM counters c"
    )

    async def read():
        while not done.is_set():
            (row,) = await rows.fetch(asked)
            seen.append(tuple(row.values()))

    readers = [asyncio.create_task(read()) for _ in range(4)]
    for change in (
        projector.rebuild,
        projector.swap,
        projector.swap,
        projector.rebuild,
    ):
        await change()
        await write(journal, Counted(counter="late", amount=1))
        await projector.catch_up()
    done.set()
    await asyncio.gather(*readers)

    assert seen[-1] == (22, 27, 25)
    assert {total - steps for _, total, steps in seen} == {2}
    assert [total for _, total, _ in seen[:1]] == [23]
    assert {n for n, _, _ in seen} <= {21, 22}


async def test_a_reader_of_two_views_and_a_swap_never_end_each_other(
    projector, journal_database, rows
):
    """The reader has one view and wants the other, which the swap has taken."""
    reading = await asyncpg.connect(journal_database.of("planning_app"))
    reader = reading.transaction()
    await reader.start()
    await reading.execute("SELECT FROM views.steps")
    swapping = asyncio.create_task(projector.rebuild())
    waiting = (
        "SELECT count(*) FROM pg_locks"
        " WHERE mode = 'AccessExclusiveLock' AND NOT granted"
    )

    async def waits():
        return (await rows.fetch(waiting))[0]["count"]

    await eventually(waits)
    assert await reading.fetchval("SELECT sum(total) FROM views.counters") == 3
    await reader.rollback()
    await reading.close()

    assert (await swapping).build == 2


async def test_a_journal_that_is_read_beside_is_read_in_the_newest_snapshot(
    database, clock
):
    """The real journal refuses a snapshot of its own; ours is compared in one."""
    journal = PostgresJournal(database, [COUNTER], clock)
    projector = projecting_to(database, journal)
    await projector.start()
    await write(journal, Counted(counter="a", amount=3))
    await projector.catch_up()

    assert await projector.verify() == []
    assert (await projector.rebuild()).drift == ()
