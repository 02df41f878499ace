"""Seals on a real journal: when they are made, what they bind, where they are told."""

import asyncio
import stat

import pytest

from contracts.verify.lines import Seal, read
from services.chassis.errors import Halted, Unavailable
from services.chassis.postgres import Database
from services.chassis.sealing import TOPIC, NoKey, signer
from services.chassis.sealing import sealer as sealing
from services.chassis.sealing.exporting import NoSeal, sealed, seals
from services.chassis.testing import MemoryBus
from tests.chassis.appending import append, ids
from tests.chassis.sealing import faults, maker, write
from tests.eventually import eventually

HEADS = """
UPDATE es.stream s SET (version, head_hash) = (
  SELECT version, hash FROM es.event e WHERE e.stream_id = s.stream_id
   ORDER BY version DESC LIMIT 1)
"""


@pytest.fixture
def bus():
    return MemoryBus(partitions=1)


@pytest.fixture
def make(bus, clock, tmp_path):
    return maker(bus, clock, tmp_path)


@pytest.fixture
def sealer(database, make):
    return make(database)


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
