"""Failpoints: nothing unless armed, refused outside embedded mode, and they do kill."""

import asyncio
import signal
import sys
from pathlib import Path

import asyncpg
import pytest

from services.chassis import failpoints
from services.chassis.context import acting, current
from services.chassis.failpoints import FAILPOINTS, Struck, arm, failing, hit
from services.chassis.journal import ANY, Append
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.migrations import migrate
from services.chassis.postgres import Database
from services.chassis.settings import BadSettings
from tests.chassis.journal_contract import TALK, Said

MIGRATE = """
import asyncio, sys
from services.chassis.failpoints import arm
from services.chassis.migrations import migrate
arm(sys.argv[2], embedded=True)
asyncio.run(migrate(sys.argv[1], "planning"))
"""
SHAPE = """
SELECT n.nspname || '.' || c.relname FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname IN ('es', 'views') ORDER BY 1
"""


@pytest.fixture(autouse=True)
def disarmed():
    yield
    failpoints._armed.clear()  # noqa: SLF001 - a process is armed once, a test again


def test_none_does_anything_unless_it_is_armed():
    for name in FAILPOINTS:
        hit(name)


def test_an_armed_one_strikes_at_its_time_and_once():
    arm("relay.sent:2:raise", embedded=True)

    hit("relay.sent")
    hit("relay.sending")
    with pytest.raises(Struck):
        hit("relay.sent")
    hit("relay.sent")


def test_outside_embedded_mode_it_is_refused():
    with pytest.raises(BadSettings):
        arm("relay.sent:1", embedded=False)
    arm("", embedded=False)


@pytest.mark.parametrize("text", ["relay.lost:1", "relay.sent", "relay.sent:1:sleep"])
def test_what_is_no_failpoint_is_refused(text):
    with pytest.raises(BadSettings):
        arm(text, embedded=True)


def test_one_that_is_never_hit_fails_its_test():
    with pytest.raises(AssertionError), failing("relay.sent", 2):
        hit_once_and_go_on()


def hit_once_and_go_on():
    hit("relay.sent")


@pytest.mark.fault("F2")
@pytest.mark.parametrize("name", ["migration.applying", "migration.applied"])
async def test_a_migration_that_was_killed_is_done_again_or_was_done(postgres, name):
    for number in (1, 3):
        assert await killed(postgres, f"{name}:{number}") == -signal.SIGKILL

    await migrate(postgres, "planning")

    assert await migrate(postgres, "planning") == []
    assert await shape(postgres)


async def killed(url, failpoint):
    """Migrate in a process of its own; return how it ended."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", MIGRATE, url, failpoint), cwd=Path.cwd()
    )
    return await child.wait()


async def shape(url):
    connection = await asyncpg.connect(url)
    try:
        return [row[0] for row in await connection.fetch(SHAPE)]
    finally:
        await connection.close()


@pytest.fixture
async def journal(journal_database, clock):
    database = await Database.open(journal_database.of("planning_app"))
    yield PostgresJournal(database, [TALK], clock)
    await database.close()


async def say(journal):
    """Say it as another process would that is asked the same again."""
    append = Append(stream="talk-1", expected=ANY, events=[Said(text="hello")])
    with acting(current().from_the_start()):
        async with journal.transaction():
            return await journal.append(append)


@pytest.mark.fault("F2")
@pytest.mark.parametrize(
    ("name", "kept"), [("append.committing", 0), ("append.committed", 1)]
)
async def test_an_append_cut_off_around_its_commit_is_found_or_made_again(
    journal, name, kept
):
    with pytest.raises(Struck), failing(name):
        await say(journal)
    before = await journal.read("talk-1")

    written = await say(journal)

    assert len(before) == kept
    assert written.version == 1
    assert len(await journal.read("talk-1")) == 1
