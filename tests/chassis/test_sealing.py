"""Seals on a real journal: when they are made, what they bind, where they are told."""

import asyncio
import stat

import asyncpg
import pytest

from contracts.verify.checking import Checker
from contracts.verify.lines import Begin, End, Seal, read, spelled
from services.chassis.errors import Halted, Unavailable
from services.chassis.postgres import Database
from services.chassis.sealing import TOPIC, NoKey, Sealer, SealFile, signer
from services.chassis.sealing import sealer as sealing
from services.chassis.sealing.exporting import NoSeal, sealed, seals
from services.chassis.testing import MemoryBus
from tests.chassis.appending import append, ids
from tests.eventually import eventually

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
HEADS = """
UPDATE es.stream s SET (version, head_hash) = (
  SELECT version, hash FROM es.event e WHERE e.stream_id = s.stream_id
   ORDER BY version DESC LIMIT 1)
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
async def app(journal_database):
    connection = await asyncpg.connect(journal_database.of("planning_app"))
    yield connection
    await connection.close()


@pytest.fixture
async def owner(journal_database):
    connection = await asyncpg.connect(journal_database.super)
    yield connection
    await connection.close()


@pytest.fixture
def bus():
    return MemoryBus(partitions=1)


@pytest.fixture
def make(bus, clock, tmp_path):
    def sealer(database, name="planning.jsonl"):
        return Sealer(
            "planning",
            database,
            signer=signer(tmp_path / "planning.key", make=True),
            file=SealFile(tmp_path / name),
            bus=bus,
            clock=clock,
        )

    return sealer


@pytest.fixture
def sealer(database, make):
    return make(database)


async def write(app, count=10):
    for n in range(count):
        await append(app, f"talk-{n % 2 + 1}", f"event/{n}")


async def exported(database):
    """Return the lines of a whole export, as the command writes them."""
    lines = []
    numbers = [row["number"] for row in await seals(database, 0, 1000)]
    for number in numbers:
        lines += await sealed(database, number)
    first, last = (numbers[0], numbers[-1]) if numbers else (1, 0)
    events = len(lines) - len(numbers)
    begin = Begin(service="planning", first=first, last=last, whole=True)
    end = End(last=last, events=events)
    return [b"%b\n" % line for line in (spelled(begin), *lines, spelled(end))]


async def faults(database, *others):
    checker = Checker()
    for number, file in enumerate([await exported(database), *others]):
        checker.file(f"file-{number}", file)
    return {found.fault for found in checker.finish()}, checker


def told(bus):
    return [read(record.value) for record in bus.records(TOPIC)]


async def test_whole_thousands_are_sealed_and_the_rest_when_it_is_time(
    app, sealer, bus
):
    await append(app, "talk-1", "many", count=2005)

    assert await sealer.seal(partial=False) == 5
    assert await sealer.seal(partial=True) == 0
    assert await sealer.seal(partial=True) == 0

    made = told(bus)
    assert [(seal.number, seal.after, seal.upto, seal.events) for seal in made] == [
        (1, 0, 1000, 1000),
        (2, 1000, 2000, 1000),
        (3, 2000, 2005, 5),
    ]
    assert [seal.previous for seal in made[1:]] == [seal.hash for seal in made[:-1]]
    assert await sealer.standing() == {"number": 3, "waiting": 0}


async def test_nothing_new_is_no_seal(sealer, bus):
    assert await sealer.seal(partial=True) == 0
    assert told(bus) == []


async def test_database_topic_and_file_have_the_same_bytes(
    app, sealer, database, bus, tmp_path
):
    await write(app)
    await sealer.seal(partial=True)
    await write(app, 12)
    await sealer.seal(partial=True)

    rows = await database.fetch("SELECT line FROM es.seal ORDER BY number")
    lines = [row["line"].encode() for row in rows]
    assert [record.value for record in bus.records(TOPIC)] == lines
    assert (tmp_path / "planning.jsonl").read_bytes().splitlines() == lines
    assert len(lines) == 2


async def test_an_export_proves_itself(app, sealer, database, bus, tmp_path):
    await write(app)
    await sealer.seal(partial=True)
    await write(app, 25)
    await sealer.seal(partial=True)

    topic = [b"%b\n" % record.value for record in bus.records(TOPIC)]
    file = (tmp_path / "planning.jsonl").read_bytes().splitlines(keepends=True)
    found, checker = await faults(database, topic, file)

    assert (found, checker.events) == (set(), 25)
    assert checker.keys == {"planning": sealer.key}


async def test_a_seal_waits_for_events_that_may_still_be_committed(
    app, owner, sealer, bus
):
    await append(app, "talk-1", "first")
    held = owner.transaction()
    await held.start()
    await append(owner, "talk-2", "held")
    await append(app, "talk-3", "third")

    await sealer.seal(partial=True)
    assert [seal.upto for seal in told(bus)] == [1]
    await held.commit()
    await sealer.seal(partial=True)
    assert [seal.upto for seal in told(bus)] == [1, 3]


async def test_two_replicas_make_each_seal_once(
    app, database, make, tmp_path, journal_database
):
    other = await Database.open(journal_database.of("planning_app"))
    sealers = [make(database, "one.jsonl"), make(other, "two.jsonl")]
    for n in range(5):
        await append(app, "talk-1", f"n/{n}")
        await asyncio.gather(*(each.seal(partial=True) for each in sealers))
    await asyncio.gather(*(each.seal(partial=True) for each in sealers))
    await other.close()

    found, checker = await faults(database)
    assert (found, checker.events) == (set(), 5)
    files = [(tmp_path / f"{name}.jsonl").read_bytes() for name in ("one", "two")]
    assert files[0] == files[1]


async def test_a_bus_that_is_away_delays_the_telling_not_the_sealing(
    app, sealer, database, bus
):
    await write(app)
    producer = bus.producer

    async def away():
        raise Unavailable("away")

    bus.producer = away
    with pytest.raises(Unavailable):
        await sealer.seal(partial=True)
    assert len(await seals(database, 0, 10)) == 1

    bus.producer = producer
    await sealer.seal(partial=True)
    assert [seal.number for seal in told(bus)] == [1]


async def test_a_line_that_a_crash_left_half_written_is_written_again(
    app, sealer, tmp_path
):
    path = tmp_path / "planning.jsonl"
    await write(app)
    await sealer.seal(partial=True)
    await write(app, 11)
    await sealer.seal(partial=True)
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])

    await sealer.seal(partial=True)

    assert path.read_bytes() == whole


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


async def test_a_database_that_lost_seals_is_not_sealed_until_they_are_given_up(
    app, owner, sealer, database, tmp_path
):
    await write(app, 4)
    await sealer.seal(partial=True)
    await write(app, 8)
    await sealer.seal(partial=True)
    await restored(owner, seq=4, number=1)
    await append(app, "talk-9", "after")

    with pytest.raises(Halted):
        await sealer.seal(partial=True)
    assert await sealer.lost() == 1

    async with database.transaction():
        assert await sealer.give_up("ông Ba", "sao lưu cũ") == 1
    await sealer.seal(partial=True)
    await append(app, "talk-9", "later")
    await sealer.seal(partial=True)

    file = (tmp_path / "planning.jsonl").read_bytes().splitlines(keepends=True)
    found, checker = await faults(database, file)
    assert found == set()
    assert [*checker.notes.values()] == [
        "planning: seals 2 to 2 were given up by ông Ba: sao lưu cũ"
    ]
    assert (await sealer.standing())["number"] == 4


async def restored(owner, seq, number):
    """Bring the tables to where they were: as a restored backup does."""
    for table in ("event", "stream", "seal"):
        await owner.execute(f"ALTER TABLE es.{table} DISABLE TRIGGER ALL")
    await owner.execute("DELETE FROM es.event WHERE seq > $1", seq)
    await owner.execute(HEADS)
    await owner.execute("DELETE FROM es.seal WHERE number > $1", number)
    for table in ("event", "stream", "seal"):
        await owner.execute(f"ALTER TABLE es.{table} ENABLE TRIGGER USER")


async def test_a_file_with_another_seal_stops_the_sealer(app, sealer, tmp_path):
    await write(app)
    await sealer.seal(partial=True)
    path = tmp_path / "planning.jsonl"
    other = signer(tmp_path / "other.key", make=True)
    seal = read(path.read_bytes()[:-1])
    assert isinstance(seal, Seal)
    forged = other.sign(seal.model_copy(update={"key": other.public}))
    path.write_bytes(forged.line + b"\n")

    with pytest.raises(Halted):
        await sealer.seal(partial=True)
    path.write_bytes(b"{}\n")
    with pytest.raises(Halted):
        await sealer.seal(partial=True)


async def test_a_seal_of_anothers_key_is_not_given_up(app, sealer, tmp_path):
    await write(app)
    await sealer.seal(partial=True)
    path = tmp_path / "planning.jsonl"
    seal = read(path.read_bytes()[:-1])
    forged = seal.model_copy(update={"number": 2})
    path.write_bytes(path.read_bytes() + forged.line + b"\n")

    with pytest.raises(Halted):
        await sealer.give_up("ông Ba", "sao lưu cũ")


async def test_the_running_sealer_seals_what_is_new_and_then_rests(
    app, sealer, bus, monkeypatch
):
    looks = []
    seal = sealer.seal

    async def counted(*, partial):
        looks.append(partial)
        return await seal(partial=partial)

    sealer.seal = counted
    monkeypatch.setattr(sealing, "LOOK", 0.01)
    running = asyncio.create_task(sealer.run())
    await eventually(lambda: looks)
    monkeypatch.setattr(sealing, "SECONDS", 0.05)
    await append(app, "talk-1", "new")
    sealer.wake()
    await eventually(lambda: told(bus))
    monkeypatch.setattr(sealing, "SECONDS", 60)
    await eventually(lambda: looks[-1] is False)
    rested = len(looks)
    for _ in range(10):
        await asyncio.sleep(0.01)  # ten times its pause: it does not look again
    running.cancel()

    assert len(looks) <= rested + 1
    assert [seal.events for seal in told(bus)] == [1]


async def test_there_is_no_seal_that_was_not_made(database):
    with pytest.raises(NoSeal):
        await sealed(database, 1)


def test_a_key_is_made_once_and_for_us_alone(tmp_path):
    path = tmp_path / "seals" / "planning.key"
    first, again = signer(path, make=True), signer(path, make=True)

    assert first.public == again.public
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["planning.key"]


def test_a_key_that_is_missing_or_another_kind_is_refused(tmp_path):
    path = tmp_path / "planning.key"
    with pytest.raises(NoKey):
        signer(path, make=False)
    path.write_text("no key")
    with pytest.raises(NoKey):
        signer(path, make=True)


async def test_positions_leap_forward_only(app):
    await append(app, "talk-1", "first")

    assert await app.fetchval("SELECT es.leap(1)") is False
    assert await app.fetchval("SELECT es.leap(500)") is True
    assert await app.fetchval("SELECT es.leap(400)") is False
    assert await append(app, "talk-1", "next") == 501
    assert ids("next", 1)
