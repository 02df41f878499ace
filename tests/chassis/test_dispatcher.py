"""What is intended is done at least once, under one id, and told exactly once."""

import asyncio
from uuid import UUID, uuid5

import pytest
from structlog.testing import capture_logs

from services.chassis.context import Context, acting
from services.chassis.deciding import decide
from services.chassis.dispatcher import DeliveryFailed, Dispatcher, Errand, LeaseLost
from services.chassis.errors import Unavailable
from services.chassis.journal.intents import OWED, PostgresIntents
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.testing import FrozenClock, MemoryIntents, MemoryJournal
from tests.chassis.cases import (
    CASE,
    NOON,
    Bounced,
    CaseRefused,
    Delivered,
    Mailed,
    key_of,
)
from tests.databases import execute
from tests.eventually import eventually

STORY = UUID(int=61)


class Post:
    """A mailbox that can fail: keeps the id of every try."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.tries = []

    async def __call__(self, intent):
        self.tries.append(intent)
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure


async def done(intent, journal):
    await decide(journal, CASE, key_of(intent.stream), lambda _: [Delivered()])


async def failed(intent, failure, journal):
    await decide(
        journal, CASE, key_of(intent.stream), lambda _: [Bounced(code=failure.code)]
    )


@pytest.fixture
def clock():
    return FrozenClock(NOON)


@pytest.fixture
def in_memory(clock):
    journal = MemoryJournal(clock)
    return journal, MemoryIntents(journal)


@pytest.fixture
async def on_postgres(journal_database, clock):
    database = await Database.open(journal_database.of("planning_app"))
    yield PostgresJournal(database, [CASE], clock), PostgresIntents(database)
    await database.close()


@pytest.fixture(params=["in_memory", "on_postgres"])
def ports(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def journal(ports):
    return ports[0]


@pytest.fixture
def intents(ports):
    return ports[1]


@pytest.fixture
def dispatcher(journal, intents, clock):
    def make(post, attempts=10, done=done, failed=failed, owner="one"):
        errand = Errand(gateway=post, done=done, failed=failed, attempts=attempts)
        return Dispatcher(owner, journal, intents, {"mail": errand}, clock)

    return make


@pytest.fixture
async def mailed(journal):
    """Three cases, each with something to be told."""
    for number, key in enumerate("abc", start=1):
        cause = UUID(int=number)
        context = Context(
            actor="t", correlation_id=STORY, causation_id=cause, occurred_at=NOON
        )
        with acting(context):
            await decide(journal, CASE, key, lambda _, key=key: [Mailed(to=key)])


async def outcome(journal, key):
    return (await journal.read(f"case-{key}"))[1:]


@pytest.mark.usefixtures("mailed")
async def test_what_is_done_is_told_once(journal, intents, dispatcher):
    post = Post()

    assert await dispatcher(post).catch_up() == 3
    assert await dispatcher(post).catch_up() == 0

    assert [i.payload for i in post.tries] == [{"to": key} for key in "abc"]
    (first,) = await outcome(journal, "a")
    assert first.event == Delivered()
    assert first.context.actor == "dispatcher"
    assert first.context.correlation_id == STORY
    assert first.context.causation_id == post.tries[0].id
    assert first.id == uuid5(uuid5(post.tries[0].id, "done"), "0")
    owed = await intents.owed()
    assert (owed.pending, owed.failed, owed.next_in) == (0, 0, None)


@pytest.mark.usefixtures("mailed")
async def test_a_failure_is_tried_again_later_under_the_same_id(
    journal, intents, dispatcher
):
    post = Post(DeliveryFailed("greylisted", "later"), OSError("a bug of the gateway"))
    running = dispatcher(post)

    with capture_logs() as lines:
        assert await running.catch_up() == 3
    assert [x["code"] for x in lines if x["event"] == "errand.retried"] == [
        "greylisted",
        "OSError",
    ]
    owed = await intents.owed()
    assert (owed.pending, owed.failed) == (2, 0)
    assert 0 < owed.next_in <= 1
    assert await outcome(journal, "a") == []

    task = asyncio.create_task(running.run())
    await eventually(lambda: settled(intents))
    running.stop()
    await task
    assert [(i.id, i.attempt) for i in post.tries[3:]] == [
        (post.tries[0].id, 2),
        (post.tries[1].id, 2),
    ]
    assert [r.event for r in await outcome(journal, "a")] == [Delivered()]


async def settled(intents):
    return (await intents.owed()).pending == 0


@pytest.mark.usefixtures("mailed")
@pytest.mark.parametrize(
    ("failure", "attempts"),
    [
        (DeliveryFailed("no-such-box", "550", final=True), 10),
        (DeliveryFailed("greylisted", "450"), 1),
    ],
)
async def test_what_is_given_up_is_told_once(
    journal, intents, dispatcher, failure, attempts
):
    with capture_logs() as lines:
        await dispatcher(Post(failure), attempts=attempts).catch_up()

    assert "errand.failed" in [line["event"] for line in lines]
    (told,) = await outcome(journal, "a")
    assert told.event == Bounced(code=failure.code)
    owed = await intents.owed()
    assert (owed.pending, owed.failed) == (0, 1)


@pytest.mark.usefixtures("mailed")
async def test_a_lease_is_for_one(intents):
    held = await intents.lease("one", 60, 2)
    others = await intents.lease("two", 60, 10)

    assert (len(held), len(others)) == (2, 1)
    assert await intents.lease("three", 60, 10) == []


@pytest.mark.usefixtures("mailed")
async def test_a_lease_ends_and_the_late_one_changes_nothing(journal, intents):
    (late,) = await intents.lease("one", 0, 1)
    (now,) = await intents.lease("two", 60, 1)
    assert (late.intent.id, now.intent.attempt) == (now.intent.id, 2)

    async def tell():
        async with journal.transaction():
            await done(late.intent, journal)
            await intents.settle(late.intent, "done")

    with pytest.raises(LeaseLost):
        await tell()
    with pytest.raises(LeaseLost):
        await intents.again(late.intent, 1, "late")
    assert await outcome(journal, key_of(late.intent.stream)) == []


@pytest.mark.usefixtures("mailed")
async def test_what_our_earlier_life_leased_is_free_at_the_start(
    journal, intents, dispatcher
):
    await intents.lease("one", 3600, 2)
    await intents.lease("two", 3600, 1)
    post = Post()
    running = dispatcher(post, owner="one")

    task = asyncio.create_task(running.run())
    await eventually(lambda: pending_is(intents, 1))
    running.stop()
    await task

    assert [i.attempt for i in post.tries] == [2, 2]
    assert await outcome(journal, "c") == []


async def pending_is(intents, count):
    return (await intents.owed()).pending == count


@pytest.mark.usefixtures("mailed")
async def test_an_outcome_that_could_not_be_told_at_once_is_told(journal, dispatcher):
    outages = [Unavailable("Postgres is away")]

    async def shaky(intent, journal):
        if outages:
            raise outages.pop()
        await done(intent, journal)

    post = Post()
    await dispatcher(post, done=shaky).catch_up()

    assert len(post.tries) == 3
    for key in "abc":
        assert [r.event for r in await outcome(journal, key)] == [Delivered()]


@pytest.mark.usefixtures("mailed")
async def test_an_outcome_that_is_refused_stays_visible_and_others_go_on(
    journal, intents, dispatcher
):
    async def refusing(intent, journal):
        if intent.stream == "case-a":
            raise CaseRefused("no")
        await done(intent, journal)

    with capture_logs() as lines:
        await dispatcher(Post(), attempts=1, done=refusing).catch_up()

    assert "errand.untold" in [line["event"] for line in lines]
    owed = await intents.owed()
    assert (owed.pending, owed.failed) == (0, 1)
    assert [r.event for r in await outcome(journal, "b")] == [Delivered()]


@pytest.mark.usefixtures("mailed")
async def test_an_intent_that_nobody_runs_is_kept(journal, intents, clock):
    await Dispatcher("one", journal, intents, {}, clock).catch_up()

    owed = await intents.owed()
    assert (owed.pending, owed.failed) == (3, 0)


async def test_a_running_dispatcher_wakes_on_append(journal, intents, dispatcher):
    post = Post()
    running = dispatcher(post)
    task = asyncio.create_task(running.run())
    await eventually(lambda: pending_is(intents, 0))
    await decide(journal, CASE, "a", lambda _: [Mailed(to="x")])
    await eventually(lambda: len(post.tries) == 1, within=4)
    await eventually(lambda: pending_is(intents, 0))
    running.stop()
    await task


async def test_what_was_done_long_ago_is_never_looked_at(journal_database):
    await execute(
        journal_database.super,
        "INSERT INTO es.intent"
        " (id, stream_id, kind, payload, recorded_by, correlation_id, state)"
        " SELECT gen_random_uuid(), 's', 'mail', '{}', gen_random_uuid(),"
        " gen_random_uuid(), 'done' FROM generate_series(1, 5000);"
        " ANALYZE es.intent",
    )
    database = await Database.open(journal_database.of("planning_app"))

    plan = [row[0] for row in await database.fetch(f"EXPLAIN {OWED}")]
    await database.close()

    assert not any("Seq Scan" in line for line in plan), plan
