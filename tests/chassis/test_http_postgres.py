"""The edge over the real journal: one key, one effect, whatever races or fails."""

import asyncio

import pytest

from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.testing.client import open_client
from tests.chassis.small_service import COUNTER, SMALL
from tests.databases import execute

COUNT = "/counters/C-1/count"
FAIL_AT_COMMIT = """
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'the disk is full' USING ERRCODE = '53100'; END $$;
CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON es.event
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail();
"""


@pytest.fixture
async def database(journal_database):
    opened = await Database.open(journal_database.of("planning_app"))
    yield opened
    await opened.close()


@pytest.fixture
def journal(database, clock):
    return PostgresJournal(database, [COUNTER], clock)


@pytest.fixture
async def client(journal, clock):
    async with open_client(SMALL, journal, clock) as it:
        yield it


async def test_of_many_at_once_under_one_key_one_is_done(client, journal):
    """The same answer or, while it is being given, 409; one event."""
    key = {"Idempotency-Key": "k-1"}
    answers = await asyncio.gather(
        *(client.post(COUNT, json={"amount": 3}, headers=key) for _ in range(8))
    )
    again = await client.post(COUNT, json={"amount": 3}, headers=key)

    assert {a.status_code for a in answers} <= {200, 409}
    assert {a.content for a in answers if a.status_code == 200} == {again.content}
    refused = {a.json()["type"] for a in answers if a.status_code == 409}
    assert refused <= {"/problems/request-in-flight"}
    assert len(await journal.after(0, 10)) == 1


async def test_a_refusal_is_kept_in_the_database(client, journal):
    key = {"Idempotency-Key": "k-2"}
    refused = await client.post(COUNT, json={"amount": 101}, headers=key)
    again = await client.post(COUNT, json={"amount": 101}, headers=key)

    assert (refused.status_code, again.content) == (409, refused.content)
    assert await journal.after(0, 10) == []


async def test_writers_at_one_stream_all_get_through_or_are_told(client, journal):
    answers = await asyncio.gather(
        *(client.post(COUNT, json={"amount": 1}) for _ in range(10))
    )

    done = [a for a in answers if a.status_code == 200]
    assert {a.status_code for a in answers} <= {200, 409}
    versions = sorted(a.json()["version"] for a in done)
    assert versions == list(range(1, len(done) + 1))
    assert len(await journal.after(0, 20)) == len(done)


async def test_a_commit_that_fails_is_no_success_and_leaves_nothing(
    client, journal, journal_database
):
    """The answer comes after the commit; the key is free for another try."""
    key = {"Idempotency-Key": "k-3"}
    await execute(journal_database.super, FAIL_AT_COMMIT)
    failed = await client.post(COUNT, json={"amount": 3}, headers=key)
    assert await journal.after(0, 10) == []

    await execute(journal_database.super, "DROP TRIGGER fail ON es.event")
    again = await client.post(COUNT, json={"amount": 3}, headers=key)

    assert failed.status_code == 503
    assert failed.headers["Retry-After"]
    assert again.status_code == 200
