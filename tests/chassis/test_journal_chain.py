"""What is tampered with is found, and nobody but the owner can."""

import asyncpg
import pytest

from services.chassis.journal.postgres import GateClosed, PostgresJournal
from services.chassis.postgres import Database
from tests.chassis.appending import append
from tests.chassis.journal_contract import TALK
from tests.databases import execute

TAMPERING = {
    "UPDATE es.event SET data = '{\"x\": 1}' WHERE version = 2": 2,
    "UPDATE es.event SET meta = '{} ' WHERE version = 4": 4,
    "UPDATE es.event SET data = '[]' WHERE stream_id = 'talk-1' AND version = 3": 3,
    "UPDATE es.event SET occurred_at = occurred_at + '1us' WHERE version = 3": 3,
    "UPDATE es.event SET recorded_at = recorded_at + '1us' WHERE version = 3": 3,
    "UPDATE es.event SET partition_key = 'other' WHERE version = 2": 2,
    "UPDATE es.event SET type = 'Unsaid' WHERE version = 1": 1,
    "DELETE FROM es.event WHERE stream_id = 'talk-1' AND version = 2": 2,
    "DELETE FROM es.event WHERE stream_id = 'talk-1' AND version >= 3": 3,
    "DELETE FROM es.event WHERE stream_id = 'talk-1'": 1,
    "UPDATE es.event SET version = 5 - version WHERE version IN (2, 3)": 2,
    "DELETE FROM es.stream WHERE stream_id = 'talk-1'": 5,
    "UPDATE es.stream SET version = 3 WHERE stream_id = 'talk-1'": 5,
}
FORBIDDEN = [
    "UPDATE es.event SET data = '{}'",
    "DELETE FROM es.event",
    "TRUNCATE es.event",
    "INSERT INTO es.event DEFAULT VALUES",
    "COPY es.event FROM STDIN",
    "ALTER TABLE es.event DISABLE TRIGGER ALL",
    "DROP TABLE es.event",
    "UPDATE es.stream SET version = 0",
    "DELETE FROM es.stream",
    "TRUNCATE es.stream",
    "INSERT INTO es.stream VALUES ('talk-9', 'talk', 'k', 0, '')",
    "UPDATE es.deadline SET state = 'done'",
    "DELETE FROM es.deadline",
    "INSERT INTO es.deadline DEFAULT VALUES",
    "DELETE FROM es.intent",
    "INSERT INTO es.intent DEFAULT VALUES",
    "UPDATE es.intent SET payload = '{}'",
    "UPDATE es.command SET body = ''",
    "DELETE FROM es.command",
    "SELECT setval('es.event_seq_seq', 1)",
    "ALTER SEQUENCE es.event_seq_seq CACHE 20",
    "SELECT es.arm('{}', '{}')",
    "CREATE TABLE es.mine (x int)",
    "CREATE OR REPLACE FUNCTION es.gate() RETURNS SETOF text LANGUAGE sql AS ''",
    "UPDATE es.migration SET checksum = ''",
    "SET ROLE planning_owner",
]
GATES = {
    "sequence-cached": "ALTER TABLE es.event ALTER COLUMN seq SET CACHE 20",
    "sequence-behind": "ALTER TABLE es.event ALTER COLUMN seq RESTART WITH 1",
    "trigger-event_announce": "ALTER TABLE es.event DISABLE TRIGGER event_announce",
    "trigger-event_immutable": "ALTER TABLE es.event ENABLE TRIGGER event_immutable",
    "trigger-stream_immutable": "DROP TRIGGER stream_immutable ON es.stream",
}


@pytest.fixture
async def owner(journal_database):
    connection = await asyncpg.connect(journal_database.super)
    yield connection
    await connection.close()


@pytest.fixture
async def app(journal_database):
    connection = await asyncpg.connect(journal_database.of("planning_app"))
    yield connection
    await connection.close()


@pytest.fixture
async def written(app):
    for n in range(1, 5):
        await append(app, "talk-1", f"one/{n}")
        await append(app, "talk-2", f"two/{n}")


@pytest.mark.parametrize("statement", TAMPERING)
@pytest.mark.usefixtures("written")
async def test_tampering_is_found_and_where(owner, app, statement):
    assert await app.fetch("SELECT * FROM es.verify()") == []

    await owner.execute("ALTER TABLE es.event DISABLE TRIGGER ALL")
    await owner.execute("ALTER TABLE es.stream DISABLE TRIGGER ALL")
    async with owner.transaction():
        await owner.execute("ALTER TABLE es.event DROP CONSTRAINT event_stream_version")
        await owner.execute(statement)

    found = dict(await app.fetch("SELECT * FROM es.verify()"))
    assert found["talk-1"] == TAMPERING[statement]
    others = "stream_id" not in statement
    assert set(found) == ({"talk-1", "talk-2"} if others else {"talk-1"})


@pytest.mark.parametrize("statement", FORBIDDEN)
async def test_the_role_of_the_service_may_not(app, statement):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await app.execute(statement)


@pytest.mark.parametrize("role", ["planning_relay", "planning_ro"])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT es.due(now(), 1)",
        "SELECT es.claim(gen_random_uuid(), '')",
        "SELECT es.settle(gen_random_uuid(), 'done', '', NULL)",
        "SELECT * FROM es.command",
        "UPDATE es.intent SET state = 'done'",
    ],
)
async def test_who_only_reads_may_not(journal_database, role, statement):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await execute(journal_database.of(role), statement)


@pytest.mark.usefixtures("written")
async def test_the_roles_that_read_may_read(journal_database):
    for role in ("planning_relay", "planning_ro"):
        await execute(journal_database.of(role), "SELECT * FROM es.relay_fetch(0, 10)")
        await execute(journal_database.of(role), "SELECT es.gate()")
    await execute(journal_database.of("planning_ro"), "SELECT * FROM es.event")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE es.event SET data = '{}'", "DELETE FROM es.event", "TRUNCATE es.event"],
)
@pytest.mark.usefixtures("written")
async def test_even_the_owner_is_stopped_by_the_trigger(owner, statement):
    for role in ("origin", "replica"):
        await owner.execute(f"SET session_replication_role = {role}")
        with pytest.raises(asyncpg.PostgresError) as caught:
            await owner.execute(statement)

        assert caught.value.sqlstate == "ES002"


async def gate(url):
    database = await Database.open(url)
    try:
        await PostgresJournal(database, [TALK], lambda: None).gate()
    finally:
        await database.close()


@pytest.mark.usefixtures("written")
async def test_the_gate_is_open_on_a_sound_database(journal_database):
    await gate(journal_database.of("planning_app"))


@pytest.mark.parametrize("check", GATES)
@pytest.mark.usefixtures("written")
async def test_the_gate_names_what_is_wrong(journal_database, owner, check):
    await owner.execute(GATES[check])

    with pytest.raises(GateClosed) as caught:
        await gate(journal_database.of("planning_app"))

    assert str(caught.value) == check


@pytest.mark.parametrize(
    ("setting", "check"),
    [
        ("transaction_read_only = on", "read-only"),
        ("default_transaction_isolation = 'repeatable read'", "isolation"),
    ],
)
async def test_the_gate_looks_at_its_own_session_too(app, setting, check):
    async with app.transaction():
        await app.execute(f"SET LOCAL {setting}")

        assert [row[0] for row in await app.fetch("SELECT es.gate()")] == [check]
