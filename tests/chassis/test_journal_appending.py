"""Appends that race, that are answered into the void, that take many streams."""

import asyncio
import random  # noqa: TID251 - seeded below
from contextlib import suppress
from dataclasses import replace

import pytest

from services.chassis.deciding import decide_many
from services.chassis.errors import Unavailable, WrongVersion
from services.chassis.journal import ANY, NEW, Deadline
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from tests.chassis.journal_contract import (
    NOON,
    TALK,
    A,
    B,
    Said,
    at,
    caused_by,
    says,
    under,
)
from tests.databases import execute
from tests.eventually import eventually

STOP_AND_START = (Deadline(kind="k", at=None), Deadline(kind="k", at=NOON))
WAITING = replace(TALK, deadlines={Said: lambda _: STOP_AND_START})


SLOW = """
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_sleep(0.005); RETURN NEW; END $$;
CREATE TRIGGER slow BEFORE INSERT OR UPDATE ON es.stream
  FOR EACH ROW EXECUTE FUNCTION slow()
"""


class Deaf(Database):
    """Loses the acknowledgement of the next writes, which are done."""

    losses = 0

    async def fetch(self, sql, *args):
        rows = await super().fetch(sql, *args)
        if self.losses:
            self.losses -= 1
            raise Unavailable("the connection was reset")
        return rows


@pytest.fixture
async def database(journal_database):
    opened = await Deaf.open(journal_database.of("planning_app"), size=16)
    yield opened
    await opened.close()


@pytest.fixture
def journal(database, clock):
    return PostgresJournal(database, [TALK], clock)


@pytest.mark.fault("F8")
async def test_a_lost_acknowledgement_is_found_again(database, journal):
    database.losses = 2
    wakes = []
    journal.on_append(lambda: wakes.append(1))

    written = await journal.append(says("talk-1", NEW, A, B, deadlines=at(NOON)))

    assert (written.version, database.losses) == (2, 0)
    assert len(await journal.read("talk-1")) == 2
    assert len(await journal.due(NOON, 10)) == 1
    assert wakes == [1]


async def test_a_lost_acknowledgement_of_many_is_found_again(database, journal):
    database.losses = 1

    written = await journal.append_many(
        [says("talk-1", NEW, A), says("talk-2", ANY, A, B)]
    )

    assert [w.version for w in written] == [1, 2]
    assert len(await journal.after(0, 10)) == 3


async def test_who_is_lost_for_good_is_told(database, journal):
    database.losses = 3

    with pytest.raises(Unavailable):
        await journal.append(says("talk-1", NEW, A))


async def test_inside_a_transaction_the_edge_begins_again(database, journal):
    database.losses = 1

    async def edge():
        async with journal.transaction():
            await journal.append(says("talk-1", NEW, A))

    with pytest.raises(Unavailable):
        await edge()
    assert await journal.after(0, 10) == []


@pytest.mark.parametrize("seed", range(2))
async def test_streams_in_any_order_never_deadlock(journal, journal_database, seed):
    await execute(journal_database.super, SLOW)  # or the window is microseconds
    dice = random.Random(seed)  # noqa: S311 - repeatable
    streams = [f"talk-{n}" for n in range(6)]
    many = [[says(s, ANY, A, B) for s in dice.sample(streams, 4)] for _ in range(30)]

    async def write(appends):
        async with journal.transaction():  # where nobody tries again in silence
            await journal.append_many(appends)

    await asyncio.gather(*(under(n, write(a)) for n, a in enumerate(many)))

    assert len(await journal.after(0, 1000)) == 30 * 4 * 2


@pytest.mark.parametrize("seed", range(2))
async def test_decisions_that_set_and_stop_deadlines_never_deadlock(journal, seed):
    """Exact versions, streams in any order, each stopping what another one set."""
    dice = random.Random(seed)  # noqa: S311 - repeatable
    keys = [f"{n}" for n in range(5)]
    picks = [dice.sample(keys, 3) for _ in range(20)]

    async def decided(pick):
        while True:
            with suppress(WrongVersion):
                async with journal.transaction():
                    return await decide_many(
                        journal, WAITING, dict.fromkeys(pick, lambda _: [A])
                    )

    await asyncio.gather(*(under(n, decided(pick)) for n, pick in enumerate(picks)))

    assert len(await journal.after(0, 1000)) == 20 * 3
    assert len(await journal.due(NOON, 100)) == len({k for p in picks for k in p})


async def test_a_deadline_set_while_we_waited_is_not_overlooked(database, journal):
    """At "any version" only: the append begins again, and stops that one too."""
    written, go = asyncio.Event(), asyncio.Event()

    async def slow():
        async with journal.transaction():
            await journal.append(says("talk-1", ANY, A, deadlines=at(NOON)))
            written.set()
            await go.wait()

    setting = asyncio.create_task(under(1, slow()))
    await written.wait()
    append = journal.append(says("talk-1", ANY, B, deadlines=at(None)))
    stopping = asyncio.create_task(under(2, append))
    await eventually(lambda: blocked(database))
    go.set()
    await asyncio.gather(setting, stopping)

    assert await journal.due(NOON, 10) == []


async def blocked(database):
    return await database.fetchval(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )


async def test_the_category_is_the_longest_that_fits(database, clock):
    longer = replace(TALK, category="talk-show")
    journal = PostgresJournal(database, [TALK, longer], clock)
    await journal.append(says("talk-show-1", NEW, A))

    row = await database.fetchrow("SELECT * FROM es.stream")
    assert (row["category"], row["partition_key"]) == ("talk-show", "1")
    with pytest.raises(LookupError):
        await journal.append(says("walk-1", NEW, A))


async def test_the_same_data_are_the_same_bytes(database, journal):
    with caused_by(5):
        await journal.append(says("talk-1", NEW, type(A)(text='"Xã" & \x00')))

    row = await database.fetchrow("SELECT data::text, meta::text FROM es.event")
    assert row["data"] == '{"text":"\\"Xã\\" & \\u0000"}'
    assert row["meta"] == (
        '{"actor":"t","causation_id":"00000000-0000-0000-0000-000000000005",'
        '"correlation_id":"00000000-0000-0000-0000-00000000003d"}'
    )
    assert (await journal.read("talk-1"))[0].event.text == '"Xã" & \x00'
