"""A backup was restored: the bus is ahead of the journal (F29)."""

import asyncio
import itertools
import os
from types import SimpleNamespace
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid5

import pytest

from services.chassis.bus.kafka import KafkaBus, create_topics
from services.chassis.consumer import Actions, Consumer
from services.chassis.context import Context, acting
from services.chassis.cursors import PostgresCursors
from services.chassis.errors import Halted
from services.chassis.journal import ANY, Append
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.operating.acts import Asked, NotPossible
from services.chassis.operating.evidence import accept, reconcile
from services.chassis.postgres import Database
from services.chassis.relay import Relay
from services.chassis.sealing import Sealer, SealFile, signer
from services.chassis.testing import MemoryBus
from tests.chassis.delivery import SOON, THINGS
from tests.chassis.journal_contract import TALK, Said
from tests.chassis.telling import Happened, Told
from tests.conftest import MORNING, STORY
from tests.databases import execute
from tests.eventually import eventually

NUMBERS = itertools.count()
KEYS = 5


class Sender:
    """A service on one state of its database: journal, relay, sealer."""

    def __init__(self, topic, kafka, clock, folder):
        self.home = topic.partition(".")[0]
        self.kind = type("Told", (Told,), {"TYPE": f"{self.home}.told.v1"})
        self.bus = KafkaBus(kafka, "relay")
        self.kafka, self.clock, self.folder = kafka, clock, folder

    async def open(self, urls):
        self.database = await Database.open(urls.of("planning_app"))
        self.relaying = await Database.open(urls.of("planning_relay"))
        self.journal = PostgresJournal(self.database, [THINGS], self.clock)
        self.sealer = Sealer(
            self.home,
            self.database,
            signer=signer(self.folder / "key", make=True),
            file=SealFile(self.folder / "seals.jsonl"),
            bus=MemoryBus(partitions=1),
            clock=self.clock,
        )
        self.parts = SimpleNamespace(
            service=SimpleNamespace(name=self.home, publish=self.publish),
            settings=SimpleNamespace(kafka=self.kafka),
            database=self.database,
            journal=self.journal,
            sealer=self.sealer,
        )

    async def close(self):
        await self.database.close()
        await self.relaying.close()

    def publish(self, event):
        return [self.kind(number=event.number, text=event.text)] * event.times

    def relay(self, doubt=0.0):
        journal = PostgresJournal(self.relaying, [THINGS], self.clock)
        cursors = PostgresCursors(self.relaying)
        return Relay(self.home, journal, cursors, self.bus, self.publish, doubt=doubt)

    async def happen(self, numbers):
        """Record events; return the ids of the messages they become."""
        found = {}
        for number in numbers:
            key = f"k{number % KEYS}"
            context = Context(
                actor="w",
                correlation_id=STORY,
                causation_id=UUID(int=number + 1),
                occurred_at=MORNING,
            )
            happened = Happened(number=number, text=key, times=1 + number % 2)
            stream = f"thing-{key}"
            append = Append(stream=stream, expected=ANY, events=[happened], key=key)
            with acting(context):
                written = await self.journal.append(append)
            (recorded,) = await self.journal.after(written.position - 1, 1)
            for n in range(happened.times):
                found[uuid5(recorded.id, f"{self.kind.TYPE}/{n}")] = number
        return found


class Receiver:
    """Another service: it writes down every number it hears."""

    def __init__(self, database, kafka, sender):
        self.journal = PostgresJournal(database, [TALK], sender.clock)
        actions = Actions(journal=self.journal, reactions={sender.kind: self.react})
        name = f"inspection.{sender.home}.v1"  # a group of its own
        self.consumer = Consumer(name, database, actions, [sender.kind], SOON)
        self.bus = KafkaBus(kafka, "receiver")

    async def react(self, event, journal):
        said = Append(
            stream="talk-all", expected=ANY, events=[Said(text=str(event.number))]
        )
        await journal.append(said)

    async def start(self):
        self.consumer.listen(self.bus)
        await self.bus.start()
        self.running = asyncio.create_task(self.consumer.run())

    async def stop(self):
        self.running.cancel()
        await self.bus.stop()

    async def effects(self):
        return sorted(int(e.event.text) for e in await self.journal.read("talk-all"))


@pytest.fixture
async def sender(databases, kafka, clock, tmp_path):
    topic = f"restored-{os.getpid()}-{next(NUMBERS)}.events.v1"
    await create_topics(kafka, [topic], partitions=3)
    made = Sender(topic, kafka, clock, tmp_path)
    with databases.clone("planning") as urls:
        await made.open(urls)
        made.urls = urls
        yield made
        await made.close()


@pytest.fixture
async def receiver(databases, kafka, sender):
    with databases.clone("inspection") as urls:
        database = await Database.open(urls.of("inspection_app"))
        made = Receiver(database, kafka, sender)
        await made.start()
        yield made
        await made.stop()
        await database.close()


@pytest.fixture
async def backup(sender, postgres_server):
    """A function that keeps the database's state; what it returns restores it."""
    names = []

    async def keep():
        await sender.close()
        name = f"backup_{os.getpid()}_{next(NUMBERS)}"
        was = urlsplit(sender.urls.super).path[1:]
        await execute(postgres_server, f"CREATE DATABASE {name} TEMPLATE {was}")
        names.append(name)
        await sender.open(sender.urls)

        async def restore():
            await sender.close()
            url = urlunsplit(urlsplit(sender.urls.super)._replace(path=f"/{name}"))
            await sender.open(type(sender.urls)(url))

        return restore

    yield keep
    await sender.close()
    for name in names:
        await execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")
    await sender.open(sender.urls)


def asked(why="bản sao lưu lúc 8 giờ", **more):
    return Asked(who="ông Ba", why=why, dry_run=more.pop("dry_run", False), args=more)


async def ahead(sender, receiver, backup):
    """Bring the bus ahead of the journal; return the lost ids."""
    told = await sender.happen(range(10))
    await sender.relay().catch_up()
    await sender.sealer.seal(partial=True)
    restore = await backup()
    lost = await sender.happen(range(10, 25))
    await sender.relay().catch_up()
    await sender.sealer.seal(partial=True)
    await eventually(lambda: heard(receiver, len(told) + len(lost)), within=30)
    await restore()
    return lost


async def heard(receiver, count):
    return len(await receiver.effects()) == count


async def test_a_sound_system_is_reconciled(sender):
    await sender.happen(range(6))
    await sender.relay().catch_up()
    await sender.happen(range(6, 8))

    found = await reconcile(sender.parts)

    assert found.clean
    assert (found.in_journal, found.on_bus, found.pending) == (12, 9, 3)


async def test_a_restored_backup_stops_the_relay_and_exactly_the_lost_are_named(
    sender, receiver, backup
):
    lost = await ahead(sender, receiver, backup)

    with pytest.raises(Halted):
        await sender.relay().run()

    found = await reconcile(sender.parts)
    assert set(found.lost) == set(lost)
    assert (found.unpublished, found.clashing, found.pending) == ({}, {}, 0)
    assert await sender.sealer.lost() == 1


async def test_after_the_loss_was_accepted_all_goes_on_and_nothing_has_effect_twice(
    sender, receiver, backup
):
    lost = await ahead(sender, receiver, backup)
    before = await receiver.effects()
    with pytest.raises(Halted):
        await sender.relay().run()
    new = await sender.happen(range(100, 110))  # commands are taken all the while
    with pytest.raises(Halted):
        await sender.relay().run()

    with pytest.raises(NotPossible):
        await accept(sender.parts, set(list(lost)[1:]), asked())
    await accept(sender.parts, set(lost), asked(dry_run=True))
    with pytest.raises(Halted):
        await sender.relay().run()
    done = await accept(sender.parts, set(lost), asked())
    await sender.relay().catch_up()
    await sender.happen(range(200, 205))
    await sender.relay().catch_up()

    assert done == {"accepted": len(lost), "seals_given_up": 1}
    count = len(before) + len(new) + 7
    await eventually(lambda: heard(receiver, count), within=30)
    effects = await receiver.effects()
    both = [*range(25), *range(100, 110), *range(200, 205)]
    assert effects == sorted(n for n in both for _ in range(1 + n % 2))
    found = await reconcile(sender.parts)
    assert (found.clean, len(found.accepted)) == (True, len(lost))
    await sender.sealer.seal(partial=True)
    with pytest.raises(NotPossible):
        await accept(sender.parts, set(), asked())


async def test_what_a_restored_journal_recorded_in_anothers_place_is_seen(
    sender, receiver, backup
):
    lost = await ahead(sender, receiver, backup)
    await sender.happen(range(100, 105))  # before anybody looked at the bus

    found = await reconcile(sender.parts)
    assert set(found.lost) == set(lost)
    assert found.clashing
    assert set(found.told()["clashing"][0]) == {"id", "type"}
    with pytest.raises(NotPossible) as caught:
        await accept(sender.parts, set(lost), asked())
    assert caught.value.code == "clashing"
    await sender.happen(range(105, 130))  # ... and as far as the bus, and further
    with pytest.raises(Halted):
        await sender.relay().run()


async def test_what_the_bus_lost_is_named_too(sender, kafka):
    told = await sender.happen(range(4))
    await sender.relay().catch_up()
    other = f"restored-{os.getpid()}-{next(NUMBERS)}.events.v1"
    await create_topics(kafka, [other], partitions=3)
    sender.parts.service.name = other.partition(".")[0]

    found = await reconcile(sender.parts)

    assert set(found.unpublished) == set(told)
    assert not found.clean
