"""A relay's cursors: one seat, moved by compare-and-set, fenced by the epoch."""

import asyncio
from dataclasses import replace

import pytest

from services.chassis.cursors import Cursor, PostgresCursors
from services.chassis.errors import Halted
from services.chassis.postgres import Database, PostgresError
from services.chassis.testing.cursors import MemoryCursors
from tests.chassis.telling import HOME, OTHER

FRESH = Cursor(topic=HOME, position=0, last=(0, 0, 0))


def moved(cursor, position, *last):
    return replace(cursor, position=position, last=last)


class CursorsContract:
    async def test_a_take_over_begins_a_row_and_goes_on_from_it(self, cursors):
        (first,) = await cursors.take_over(FRESH)
        assert await cursors.advance([first], [moved(first, 7, 0, 448, 0)])

        (second,) = await cursors.take_over(FRESH)

        assert (second.position, second.last) == (7, (0, 448, 0))
        assert second.epoch == first.epoch + 1

    async def test_who_was_taken_over_moves_nothing(self, cursors):
        (zombie,) = await cursors.take_over(FRESH)
        await cursors.take_over(FRESH)

        assert not await cursors.advance([zombie], [moved(zombie, 7, 0, 448, 0)])

        assert (await cursors.take_over(FRESH))[0].position == 0

    async def test_a_row_that_was_moved_is_not_moved_from_the_same_place(self, cursors):
        (here,) = await cursors.take_over(FRESH)

        assert await cursors.advance([here], [moved(here, 7, 0, 448, 0)])
        assert not await cursors.advance([here], [moved(here, 8, 0, 0, 512)])

    async def test_a_further_topic_moves_with_the_first_or_not_at_all(self, cursors):
        (home,) = await cursors.take_over(FRESH)
        other = Cursor(topic=OTHER, position=7, last=(448, 0, 0), epoch=home.epoch)
        zombie = replace(home, epoch=home.epoch - 1)

        assert not await cursors.advance([zombie], [moved(zombie, 7, 0, 0, 0), other])
        assert len(await cursors.take_over(FRESH)) == 1
        (home,) = await cursors.take_over(FRESH)
        assert await cursors.advance([home], [moved(home, 7, 0, 0, 0), other])

        rows = await cursors.take_over(FRESH)
        assert {row.topic: row.position for row in rows} == {HOME: 7, OTHER: 7}
        assert len({row.epoch for row in rows}) <= 2

    async def test_another_layout_is_refused(self, cursors):
        await cursors.take_over(FRESH)

        with pytest.raises(Halted):
            await cursors.take_over(replace(FRESH, last=(0,) * 24))

    async def test_one_leads_at_a_time(self, cursors):
        leading = []

        async def lead(name):
            async with cursors.leading():
                leading.append(name)
                assert len(leading) == 1
                await asyncio.sleep(0.01)
                leading.remove(name)

        await asyncio.gather(*(lead(name) for name in "abc"))


class TestMemoryCursors(CursorsContract):
    @pytest.fixture
    def cursors(self):
        return MemoryCursors()


class TestPostgresCursors(CursorsContract):
    @pytest.fixture
    async def cursors(self, journal_database):
        database = await Database.open(journal_database.of("planning_relay"))
        yield PostgresCursors(database)
        await database.close()


@pytest.mark.fault("F22")
async def test_the_seat_falls_free_with_its_session(journal_database):
    database = await Database.open(journal_database.of("planning_relay"))
    superuser = await Database.open(journal_database.super)
    cursors, heir = PostgresCursors(database), PostgresCursors(database)

    async with cursors.leading():
        await superuser.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_locks"
            " WHERE locktype = 'advisory' AND granted AND objsubid = 2"
        )
        async with asyncio.timeout(10), heir.leading():
            pass  # two believe that they lead: the epoch decides

    await database.close()
    await superuser.close()


async def test_the_application_may_look_at_the_cursor_and_not_move_it(journal_database):
    database = await Database.open(journal_database.of("planning_app"))

    with pytest.raises(PostgresError) as refused:
        await database.execute("UPDATE es.relay_cursor SET position = 1")

    assert refused.value.sqlstate == "42501"
    assert await database.fetch("SELECT * FROM es.relay_cursor") == []
    await database.close()
