"""Who tampers with a journal as the owner of its tables is named; the role may not."""

import asyncpg
import pytest

from services.chassis.sealing.exporting import seals
from services.chassis.testing import MemoryBus
from tests.chassis.sealing import faults, maker, write

SABOTAGE = {
    "UPDATE es.event SET data = '{\"x\": 1}' WHERE seq = 4": {"edited"},
    "UPDATE es.event SET meta = '{} ' WHERE seq = 4": {"edited"},
    "UPDATE es.event SET partition_key = 'other' WHERE seq = 4": {"edited"},
    "UPDATE es.event SET recorded_at = recorded_at + '1us' WHERE seq = 4": {"edited"},
    "UPDATE es.event SET hash = sha256('x') WHERE seq = 9": {"edited"},
    "DELETE FROM es.event WHERE seq = 4": {"deleted", "edited"},
    "DELETE FROM es.event WHERE seq = 10": {"deleted"},
    "DELETE FROM es.event WHERE seq > 6": {"deleted"},
    "UPDATE es.event SET version = 4 - version WHERE stream_id = 'talk-1'"
    " AND version IN (1, 3)": {"edited", "re-inserted", "deleted"},
    "UPDATE es.seal SET line = replace(line, '\"events\":10', '\"events\":11')": {
        "seal-forged",
        "not-sealed",
        "deleted",
    },
    "DELETE FROM es.seal WHERE number = 1": {"seal-missing", "malformed"},
}
# The whole chain of a stream written anew from version 3 on, heads too.
REWRITTEN = """
DO $$ DECLARE e es.event; h bytea; BEGIN
  SELECT hash INTO h FROM es.event WHERE stream_id = 'talk-1' AND version = 2;
  FOR e IN SELECT * FROM es.event WHERE stream_id = 'talk-1' AND version > 2
            ORDER BY version LOOP
    h := sha256(h || es.event_digest(e.stream_id, e.version, e.event_id, e.type,
      e.schema_version, e.partition_key, '{"text": "khác"}', e.meta, e.occurred_at,
      e.recorded_at));
    UPDATE es.event SET data = '{"text": "khác"}', hash = h WHERE seq = e.seq;
  END LOOP;
  UPDATE es.stream SET head_hash = h WHERE stream_id = 'talk-1';
END $$
"""
FORBIDDEN = [
    "UPDATE es.seal SET upto = 1",
    "DELETE FROM es.seal",
    "TRUNCATE es.seal",
    "ALTER TABLE es.seal DISABLE TRIGGER ALL",
    "UPDATE es.bus_accepted SET why = ''",
    "DELETE FROM es.bus_accepted",
    "DELETE FROM es.seal_told",
]


@pytest.fixture
def make(clock, tmp_path):
    return maker(MemoryBus(partitions=1), clock, tmp_path)


@pytest.fixture
def sealer(database, make):
    return make(database)


@pytest.mark.parametrize("statement", SABOTAGE)
async def test_what_the_tables_owner_did_is_named(
    app, owner, sealer, database, statement
):
    await write(app)
    await sealer.seal(partial=True)
    assert (await faults(database))[0] == set()

    await owner.execute("SET session_replication_role = replica")
    for table in ("event", "seal"):
        await owner.execute(f"ALTER TABLE es.{table} DISABLE TRIGGER ALL")
    await owner.execute("ALTER TABLE es.event DROP CONSTRAINT event_stream_version")
    await owner.execute(statement)

    found, _ = await faults(database)
    if statement.startswith("DELETE FROM es.seal"):
        assert (await seals(database, 0, 10)) == []
    else:
        assert found
        assert found <= SABOTAGE[statement]


async def test_a_suffix_written_anew_is_seen_by_who_holds_an_old_seal(
    app, owner, database, make, tmp_path
):
    await write(app)
    await make(database).seal(partial=True)
    old = (tmp_path / "planning.jsonl").read_bytes().splitlines(keepends=True)

    for table in ("event", "stream", "seal"):
        await owner.execute(f"ALTER TABLE es.{table} DISABLE TRIGGER ALL")
    await owner.execute(REWRITTEN)
    assert await owner.fetch("SELECT * FROM es.verify()") == []  # the chain fits
    assert (await faults(database))[0] == {"not-sealed"}

    # Whoever also has the key seals it anew: only an old seal tells.
    await owner.execute("DELETE FROM es.seal; DELETE FROM es.seal_told")
    (tmp_path / "planning.jsonl").unlink()
    await make(database).seal(partial=True)
    assert (await faults(database))[0] == set()
    assert (await faults(database, old))[0] == {"seal-rewritten"}


@pytest.mark.parametrize("statement", FORBIDDEN)
async def test_the_role_of_the_service_may_not(app, statement):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await app.execute(statement)


async def test_even_the_owner_is_stopped_by_the_trigger(app, owner, sealer):
    await write(app)
    await sealer.seal(partial=True)

    for statement in ("UPDATE es.seal SET upto = 1", "DELETE FROM es.seal"):
        with pytest.raises(asyncpg.PostgresError) as caught:
            await owner.execute(statement)
        assert caught.value.sqlstate == "ES002"
