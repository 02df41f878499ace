"""Each deadline is answered once, at its own moment, late rather than never."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from services.chassis.context import Context, acting
from services.chassis.errors import Unavailable, WrongVersion
from services.chassis.journal import ABOUT, Append, Armed, Deadline
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.testing import FrozenClock, MemoryJournal
from services.chassis.timers import Timers
from tests.chassis.cases import (
    AT,
    CASE,
    HOUR,
    NOON,
    STEPS,
    CaseRefused,
    Delivered,
    Stepped,
    close,
    on_step,
    opened,
)
from tests.eventually import eventually

DAY = timedelta(days=1)
REMINDER, OVERDUE, ESCALATION = STEPS


@pytest.fixture
def clock():
    return FrozenClock(NOON)


@pytest.fixture
def memory(clock):
    return MemoryJournal(clock)


@pytest.fixture
async def on_postgres(journal_database, clock):
    database = await Database.open(journal_database.of("planning_app"))
    yield PostgresJournal(database, [CASE], clock)
    await database.close()


@pytest.fixture(params=["memory", "on_postgres"])
def journal(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def timers(journal, clock):
    return Timers(journal, AT, clock)


async def open_case(journal, key, *moments):
    number = UUID(int=sum(map(ord, key)) + 1000)
    context = Context(
        actor="t", correlation_id=number, causation_id=number, occurred_at=NOON - DAY
    )
    with acting(context):
        await journal.append(opened(key, *moments))


async def steps(journal, key):
    history = await journal.read(f"case-{key}")
    return [r.event.kind for r in history if isinstance(r.event, Stepped)]


async def test_a_due_deadline_is_answered_at_its_own_moment(journal, timers):
    await open_case(journal, "a", NOON - HOUR)
    (due,) = await journal.due(NOON, 1)

    with capture_logs() as lines:
        assert await timers.catch_up(NOON) == 1

    opening, step = await journal.read("case-a")
    assert step.id == due.id
    assert step.occurred_at == NOON - HOUR
    assert step.context.actor == "timer"
    assert step.context.causation_id == due.id
    assert step.context.correlation_id == opening.context.correlation_id
    assert [line["event"] for line in lines][-1] == "timer.fired"
    assert await timers.catch_up(NOON + DAY) == 0


async def test_nothing_is_early(journal, timers):
    await open_case(journal, "a", NOON)

    assert await timers.catch_up(NOON - timedelta(microseconds=1)) == 0
    assert await timers.catch_up(NOON) == 1


@pytest.mark.fault("F18")
async def test_a_ladder_goes_up_in_order_and_each_step_is_marked_late(journal, timers):
    """The clock jumps three days: each step once, in order (T12)."""
    await open_case(journal, "a", NOON, NOON + HOUR, NOON + DAY)

    with capture_logs() as lines:
        assert await timers.catch_up(NOON + 3 * DAY) == 3

    assert await steps(journal, "a") == list(STEPS)
    late = [line["seconds"] for line in lines if line["event"] == "timer.late"]
    assert late == [3 * 86400, 3 * 86400 - 3600, 2 * 86400]


async def test_what_follows_from_nothing_is_cancelled(journal, clock):
    async def nothing(_due, _journal):
        pass

    timers = Timers(journal, dict.fromkeys(STEPS, nothing), clock)
    await open_case(journal, "a", NOON)

    with capture_logs() as lines:
        assert await timers.catch_up(NOON) == 1
        assert await timers.catch_up(NOON + DAY) == 0
    assert [line["event"] for line in lines] == ["timer.cancelled"]


async def test_a_closed_case_is_left_alone(journal, timers):
    await open_case(journal, "a", NOON, NOON + HOUR)
    await timers.catch_up(NOON)
    await close(journal, "a")

    assert await timers.catch_up(NOON + DAY) == 0
    assert await steps(journal, "a") == [REMINDER]


async def test_each_thing_a_stream_waits_for_is_taken_back_by_itself(journal, timers):
    mine, other = (f"{OVERDUE}{ABOUT}{thing}" for thing in ("9.1", "11/2"))
    armed = Armed(deadlines=[Deadline(kind=kind, at=NOON) for kind in (mine, other)])
    taken_back = Armed(deadlines=[Deadline(kind=mine, at=None)])
    both = replace(opened("a", NOON), armed=[armed])
    one = UUID(int=1)
    context = Context(
        actor="t", correlation_id=one, causation_id=one, occurred_at=NOON - DAY
    )
    over = Append(stream="case-a", expected=1, events=[Delivered()], armed=[taken_back])
    with acting(context):
        await journal.append(both)
        await journal.append(over)

    assert await timers.catch_up(NOON) == 1
    assert await steps(journal, "a") == [other]


@pytest.mark.parametrize("error", [CaseRefused("no"), ValueError("a bug")])
async def test_what_cannot_be_answered_is_parked_and_others_go_on(
    journal, clock, error
):
    broken = True

    async def sometimes(due, journal):
        await on_step(due, journal)
        if due.stream == "case-bad" and broken:
            raise error

    timers = Timers(journal, dict.fromkeys(STEPS, sometimes), clock)
    await open_case(journal, "bad", NOON - HOUR)
    for key in "abc":
        await open_case(journal, key, NOON)

    with capture_logs() as lines:
        assert await timers.catch_up(NOON) == 4
    assert [line["event"] for line in lines].count("timer.fired") == 3
    assert await steps(journal, "bad") == []
    pending = await timers.pending(NOON)
    assert (pending.due, pending.parked) == (0, 1)

    assert await timers.catch_up(NOON) == 0
    assert await timers.catch_up(NOON + timedelta(seconds=1)) == 1
    assert await timers.catch_up(NOON + timedelta(seconds=2)) == 0
    broken = False
    assert await timers.catch_up(NOON + timedelta(seconds=3)) == 1
    assert await steps(journal, "bad") == [REMINDER]
    assert (await timers.pending(NOON + DAY)).parked == 0


async def test_a_deadline_that_nobody_answers_is_kept(journal, clock):
    await open_case(journal, "a", NOON)

    with capture_logs() as lines:
        await Timers(journal, {}, clock).catch_up(NOON)
    assert lines[-1]["event"] == "timer.parked"

    assert await Timers(journal, AT, clock).catch_up(NOON + HOUR) == 1


async def test_what_may_succeed_later_is_neither_answered_nor_parked(journal, clock):
    async def away(_due, _journal):
        raise Unavailable("Postgres is away")

    await open_case(journal, "a", NOON)

    with pytest.raises(Unavailable):
        await Timers(journal, dict.fromkeys(STEPS, away), clock).catch_up(NOON)
    assert (await journal.waiting(NOON)).due == 1


@pytest.mark.fault("F22")
async def test_who_is_overtaken_tries_again(journal, clock):
    tries = []

    async def overtaken(due, journal):
        tries.append(due)
        if len(tries) < 3:
            raise WrongVersion(due.stream, 1)
        await on_step(due, journal)

    await open_case(journal, "a", NOON)

    assert await Timers(journal, dict.fromkeys(STEPS, overtaken), clock).catch_up(NOON)
    assert await steps(journal, "a") == [REMINDER]


async def test_all_fire_however_many_oldest_first(memory, clock):
    await fire_all(memory, clock, 2000)


async def test_all_fire_on_postgres_too(on_postgres, clock):
    await fire_all(on_postgres, clock, 2000)


async def fire_all(journal, clock, count):
    minute = timedelta(minutes=1)
    appends = [opened(f"{n}", NOON - minute * (n * 7919 % count)) for n in range(count)]
    await journal.append_many(appends)
    armed = await journal.head()

    assert await Timers(journal, AT, clock).catch_up(NOON) == count

    fired = await journal.after(armed, count + 1)
    moments = [recorded.occurred_at for recorded in fired]
    assert len(moments) == count
    assert moments == sorted(moments)


async def test_running_timers_wake_on_append_and_when_the_clock_moves(
    journal, timers, clock
):
    running = asyncio.create_task(timers.run())
    await open_case(journal, "a", NOON, NOON + DAY)
    await eventually(lambda: steps_are(journal, [REMINDER]), within=4)

    clock.move(DAY)
    timers.wake()
    await eventually(lambda: steps_are(journal, [REMINDER, OVERDUE]), within=4)
    timers.stop()
    await running


async def steps_are(journal, expected):
    return await steps(journal, "a") == expected


@pytest.mark.fault("F8")
async def test_running_timers_survive_an_outage(journal, clock):
    outages = []

    async def shaky(due, journal):
        if len(outages) < 2:
            outages.append(due)
            raise Unavailable("Postgres is away")
        await on_step(due, journal)

    timers = Timers(journal, dict.fromkeys(STEPS, shaky), clock)
    await open_case(journal, "a", NOON)
    running = asyncio.create_task(timers.run())
    await eventually(lambda: steps_are(journal, [REMINDER]))
    timers.stop()
    await running
