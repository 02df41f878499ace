"""What no relay could publish is never recorded."""

import itertools

import pytest

from services.chassis.bus.kafka.producing import BATCH_BYTES
from services.chassis.cursors import Cursor
from services.chassis.http.problems import problem_of
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.wrapping import Unpublishable, plan, publishable
from tests.chassis.delivery import THINGS
from tests.chassis.telling import HOME, happen, publish

LENGTH = 8  # bytes at most that say how long a part of a record is


@pytest.fixture
async def journal(journal_database, clock):
    database = await Database.open(journal_database.of("planning_app"))
    journal = PostgresJournal(database, [THINGS], clock)
    journal.learn([], check=publishable(publish))
    yield journal
    await database.close()


async def test_an_event_that_says_64_things_is_recorded(journal, clock):
    await happen(journal, clock, 1, times=64)

    assert len(await journal.read("thing-k")) == 1


async def test_an_event_that_says_more_is_refused_at_once(journal, clock):
    with pytest.raises(Unpublishable):
        await happen(journal, clock, 1, times=65)

    assert await journal.read("thing-k") == []


async def test_an_event_that_fills_a_batch_is_refused_at_once(journal, clock):
    with pytest.raises(Unpublishable) as refused:
        await happen(journal, clock, 1, text="ố" * 270_000)

    assert problem_of(refused.value).status == 413
    assert await journal.read("thing-k") == []


async def test_a_batch_has_room_for_whatever_is_recorded(journal, clock):
    for number, size in enumerate((1, 500_000, 799_000, 100_000, 799_000)):
        await happen(journal, clock, number, text="x" * size)
    await happen(journal, clock, 7, times=64, text="x" * 12_000)
    cursor = Cursor(topic=HOME, position=0, last=(0,))
    left = [(event, publish(event.event)) for event in await journal.after(0, 500)]

    while left:
        planned = plan("planning", left, {HOME: cursor})
        (batch,) = planned.batches.values()
        parts = [
            p for o in batch for p in (o.key, o.value, *itertools.chain(*o.headers))
        ]
        assert sum(len(part) + LENGTH for part in parts) < BATCH_BYTES
        left = [pair for pair in left if pair[0].position > planned.position]
