"""From a heard event to the mailbox and back: each notice once, by its id."""

from contextlib import asynccontextmanager

import pytest

from services.chassis.context import acting
from services.chassis.dispatcher import Dispatcher
from services.chassis.journal.intents import PostgresIntents
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.running import Ports
from services.chassis.testing import MemoryIntents, MemoryJournal
from services.notification import domain
from services.notification.app import build
from services.notification.publishing import publish
from tests.eventually import eventually
from tests.notification.examples import (
    ESCALATED,
    HONG_NGU,
    MISSED,
    TAN_HOI,
    Agencies,
    heard,
    notice_id,
)
from tests.notification.mailing import mail_server
from tests.remediation.examples import CALENDAR


@pytest.fixture
async def sink():
    async with mail_server() as it:
        yield it


@pytest.fixture(params=["memory", "postgres"])
async def kept(request, clock):
    """A journal with its intents, in memory and on a real database."""
    if request.param == "memory":
        journal = MemoryJournal(clock)
        yield journal, MemoryIntents(journal)
        return
    async with on_postgres(request.getfixturevalue("databases"), clock) as it:
        yield it


@asynccontextmanager
async def on_postgres(databases, clock):
    with databases.clone("notification") as urls:
        database = await Database.open(urls.of("notification_app"), size=4)
        yield PostgresJournal(database, (), clock), PostgresIntents(database)
        await database.close()


def service(journal, sink):
    rows = Agencies(TAN_HOI, HONG_NGU)
    ports = Ports(journal=journal, rows=rows, calendar=CALENDAR, smtp=sink.address)
    built = build(ports)
    if isinstance(journal, PostgresJournal):
        journal.learn(built.aggregates)
    return built


def dispatcher(built, journal, intents, clock, owner="one"):
    return Dispatcher(owner, journal, intents, built.errands, clock)


async def hear(built, journal, event):
    with acting(heard()):
        async with journal.transaction():
            await built.on[type(event)](event, journal)


async def events(journal):
    return [r.event for r in await journal.after(0, 99)]


def ids(sink):
    return [message["Message-ID"] for _, message in sink.taken]


async def test_an_overdue_heard_is_mailed_and_told_as_an_urging(kept, sink, clock):
    journal, intents = kept
    built = service(journal, sink)
    await hear(built, journal, MISSED)

    assert await dispatcher(built, journal, intents, clock).catch_up() == 1

    [(recipients, message)] = sink.taken
    assert recipients == [TAN_HOI.mailbox]
    assert message["Subject"].startswith("Đôn đốc: kiến nghị RC-08 đã quá hạn")
    _, delivered = await events(journal)
    assert [type(told).__name__ for told in publish(delivered)] == [
        "NoticeDelivered",
        "UrgingSent",
    ]


async def test_a_superior_is_mailed_at_their_own_mailbox(kept, sink, clock):
    journal, intents = kept
    built = service(journal, sink)
    await hear(built, journal, ESCALATED)

    await dispatcher(built, journal, intents, clock).catch_up()

    [(recipients, message)] = sink.taken
    assert recipients == [HONG_NGU.mailbox]
    assert "UBND thành phố Hồng Ngự" in message.get_content()


async def test_who_dies_after_sending_sends_again_under_the_same_id(kept, sink, clock):
    """The mail and its record cannot be one transaction; the id is (T26)."""
    journal, intents = kept
    built = service(journal, sink)
    await hear(built, journal, MISSED)
    [lease] = await intents.lease("one", 90, 8)
    await built.errands[lease.intent.kind].gateway(lease.intent)
    # here the process dies; its next life gives the lease back
    await intents.release("one")

    await dispatcher(built, journal, intents, clock).catch_up()

    assert ids(sink) == [f"<{notice_id('urging')}@kiemtra.local>"] * 2
    assert [type(e) for e in await events(journal)] == [
        domain.NoticeRequested,
        domain.NoticeDelivered,
    ]


async def test_a_server_that_is_busy_is_asked_again(kept, sink, clock):
    journal, intents = kept
    built = service(journal, sink)
    await hear(built, journal, MISSED)
    sink.answers = ["451 try later"]
    sending = dispatcher(built, journal, intents, clock)

    async def delivered():
        await sending.catch_up()
        return len(await events(journal)) == 2

    await eventually(delivered)

    assert len(set(ids(sink))) == 1
    assert len(ids(sink)) == 2


async def test_a_mailbox_that_is_not_there_ends_in_sight(kept, sink, clock):
    journal, intents = kept
    built = service(journal, sink)
    await hear(built, journal, MISSED)
    sink.recipient_answers = ["550 no such user"]

    await dispatcher(built, journal, intents, clock).catch_up()

    _, failed = await events(journal)
    assert (failed.code, failed.final) == ("smtp-550", True)
    assert (await intents.owed()).pending == 0
