"""What no relay could publish is never recorded."""

import pytest

from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.wrapping import Unpublishable, publishable
from tests.chassis.delivery import THINGS
from tests.chassis.telling import happen, publish


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
