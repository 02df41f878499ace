"""A service reacts to its own journal: once, in order, by the same engine."""

import asyncio
from uuid import UUID, uuid5

import pytest

from services.chassis.consumer import Actions, OwnConsumer
from services.chassis.consumer.checkpoint import Fenced
from services.chassis.context import Context, acting
from services.chassis.errors import CauseUnseen, Unavailable
from services.chassis.journal import ANY, Append
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from tests.chassis.consuming import AT_ONCE, Refused, ledger
from tests.chassis.journal_contract import TALK, Said
from tests.chassis.telling import STORY
from tests.conftest import MORNING

NAME = "planning.own.v1"


@pytest.fixture
async def database(journal_database):
    database = await Database.open(journal_database.of("planning_app"))
    yield database
    await database.close()


@pytest.fixture
def journal(database, clock):
    return PostgresJournal(database, [TALK], clock)


class Echo:
    """Answers each word with one in another stream; an answer is not answered."""

    def __init__(self):
        self.wrong = {}

    async def react(self, event, journal):
        if event.text.startswith("echo "):
            return
        echo = Said(text=f"echo {event.text}")
        await journal.append(Append(stream="talk-echo", expected=ANY, events=[echo]))
        if (error := self.wrong.get(event.text)) is not None:
            raise error


@pytest.fixture
def echo():
    return Echo()


def own(database, journal, echo, **more):
    reactions = {Said: echo.react}
    actions = Actions(journal=journal, reactions=reactions, refusals=(Refused,), **more)
    return OwnConsumer(NAME, database, actions, [Said], AT_ONCE)


@pytest.fixture
def consumer(database, journal, echo):
    return own(database, journal, echo)


async def say(journal, *words, stream="talk-1"):
    for number, word in enumerate(words):
        cause = uuid5(STORY, f"{stream}/{word}/{number}")
        context = Context(
            actor="t", correlation_id=STORY, causation_id=cause, occurred_at=MORNING
        )
        with acting(context):
            said = [Said(text=word)]
            await journal.append(Append(stream=stream, expected=ANY, events=said))


async def echoes(journal):
    return [r.event.text for r in await journal.read("talk-echo")]


async def test_each_event_is_answered_once_and_in_order(consumer, journal, database):
    await say(journal, "a", "b", "c")

    await consumer.catch_up()
    await own(database, journal, Echo()).catch_up()  # another process, later

    assert await echoes(journal) == ["echo a", "echo b", "echo c"]
    assert await consumer.pending() == 0
    assert (await ledger(consumer))["applied"] == 6


async def test_an_answer_knows_its_cause(consumer, journal):
    await say(journal, "a")
    (asked,) = await journal.read("talk-1")

    await consumer.catch_up()

    (answer,) = await journal.read("talk-echo")
    assert answer.context.causation_id == asked.id
    assert answer.context.correlation_id == STORY
    assert answer.id == uuid5(uuid5(asked.id, NAME), "0")
    assert answer.occurred_at == asked.occurred_at


async def test_an_append_wakes_it(consumer, journal):
    running = asyncio.create_task(consumer.run())
    await say(journal, "a")
    (asked,) = await journal.read("talk-1")

    assert await consumer.reached(asked.position, within=10)

    running.cancel()
    assert await echoes(journal) == ["echo a"]


async def test_a_position_that_is_not_reached_in_time_is_no_yes(consumer):
    assert not await consumer.reached(1, within=0.01)


async def test_what_fails_is_parked_by_key_and_read_again_from_the_journal(
    consumer, journal, echo
):
    echo.wrong["b"] = Refused("no")
    await say(journal, "a", "b", "c")
    await say(journal, "d", stream="talk-2")

    await consumer.catch_up()
    assert await echoes(journal) == ["echo a", "echo d"]
    echo.wrong.clear()
    assert await consumer.release_due() == 2

    assert await echoes(journal) == ["echo a", "echo d", "echo b", "echo c"]
    assert (await ledger(consumer))["parked"] == 0


async def test_a_cause_not_seen_is_waited_for(consumer, journal, echo):
    echo.wrong["a"] = CauseUnseen("not yet")
    await say(journal, "a")

    await consumer.catch_up()
    assert (await consumer.status())[0].waiting_cause == 1
    echo.wrong.clear()
    await consumer.release_due()

    assert await echoes(journal) == ["echo a"]


async def test_what_may_succeed_later_is_tried_again(consumer, journal, echo):
    echo.wrong["a"] = Unavailable("not now")
    await say(journal, "a")
    with pytest.raises(Unavailable):
        await consumer.catch_up()
    assert await echoes(journal) == []

    running = asyncio.create_task(consumer.run())
    await asyncio.sleep(0)
    echo.wrong.clear()
    (asked,) = await journal.read("talk-1")
    assert await consumer.reached(asked.position, within=10)

    running.cancel()
    assert await echoes(journal) == ["echo a"]


@pytest.mark.fault("F3")
async def test_a_zombie_is_fenced_and_takes_its_place_back_later(
    consumer, journal, database, echo
):
    await say(journal, "a")
    await consumer.catch_up()
    heir = own(database, journal, echo)
    await heir.catch_up()
    await say(journal, "b")

    with pytest.raises(Fenced):
        await consumer.catch_up()
    await consumer.catch_up()
    await say(journal, "c")
    with pytest.raises(Fenced):
        await heir.catch_up()
    await heir.catch_up()

    assert await echoes(journal) == ["echo a", "echo b", "echo c"]


async def test_a_sink_gets_what_was_recorded_with_the_checkpoint(
    database, journal, echo
):
    batches = []

    async def sink(recorded):
        batches.append([each.event.text for each in recorded])

    consumer = own(database, journal, echo, sink=sink)
    await say(journal, "a", "b")

    await consumer.catch_up()

    assert batches == [["a", "b"], ["echo a", "echo b"]]


async def test_classes_that_are_not_heard_are_passed(database, journal, echo):
    actions = Actions(journal=journal, reactions={Said: echo.react})
    deaf = OwnConsumer("planning.deaf.v1", database, actions, [])
    await say(journal, "a")

    assert await deaf.catch_up() == 1

    assert (await ledger(deaf))["ignored"] == 1
    assert UUID(int=0) not in {r.id for r in await journal.read("talk-echo")}
