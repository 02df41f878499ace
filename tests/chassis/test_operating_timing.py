"""Deadlines as operators see them, and those that today's rules would have set."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from services.chassis.deciding import Aggregate
from services.chassis.journal import Deadline
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.operating.acts import Asked
from services.chassis.operating.timing import ARM, backfill, listed, waiting
from services.chassis.postgres import PostgresError
from tests.chassis.telling import Happened, happen
from tests.conftest import MORNING

LATE = "thing.late"


def deadlines(event):
    """A thing is late a day after; its second happening takes that back."""
    if event.number == 2:
        return (Deadline(kind=LATE, at=None),)
    return tuple(
        Deadline(kind=LATE, at=MORNING + timedelta(days=n + 1))
        for n in range(event.times)
    )


THINGS = Aggregate(
    category="thing",
    initial=tuple,
    evolve=lambda s, _: s,
    events=(Happened,),
    deadlines={Happened: deadlines},
)


class Woken:
    """Timers that count how often they are woken."""

    times = 0

    def wake(self):
        self.times += 1


@pytest.fixture
def parts(database, clock):
    return SimpleNamespace(
        database=database,
        journal=PostgresJournal(database, [THINGS], clock),
        service=SimpleNamespace(aggregates=(THINGS,)),
        timers=Woken(),
    )


def asked(*, dry_run=False):
    return Asked(who="p-01", why="a new kind of deadline", dry_run=dry_run, args={})


async def test_what_old_events_lack_is_armed_once(parts, clock):
    await happen(parts.journal, clock, 1, times=2)

    first = await backfill(parts, asked())
    second = await backfill(parts, asked())

    assert (first["missing"], first["armed"]) == (2, 2)
    assert (second["missing"], second["armed"]) == (0, 0)
    assert parts.timers.times == 1
    rows = await listed(parts.database, ["armed"])
    assert [row["id"] for row in rows] == [item["id"] for item in first["items"]]


async def test_armed_later_is_as_if_armed_then(parts, clock):
    """The id, the moment and the story are those that the event would have given."""
    await happen(parts.journal, clock, 1)
    (recorded,) = await parts.journal.read("thing-k")
    (started,) = waiting(THINGS, [recorded])

    await backfill(parts, asked())

    async with parts.database.transaction():
        (due,) = await parts.journal.due(MORNING + timedelta(days=1), 10)
    assert (due.id, due.armed_by, due.at) == (started.id, recorded.id, started.at)
    assert due.correlation_id == recorded.context.correlation_id


async def test_a_dry_run_arms_nothing(parts, clock):
    await happen(parts.journal, clock, 1)

    found = await backfill(parts, asked(dry_run=True))

    assert (found["missing"], found["armed"]) == (1, 0)
    assert await listed(parts.database, []) == []


async def test_what_was_taken_back_since_is_not_missing(parts, clock):
    await happen(parts.journal, clock, 1)
    await happen(parts.journal, clock, 2)

    assert (await backfill(parts, asked()))["missing"] == 0


async def test_what_fired_is_not_missing(parts, clock):
    await happen(parts.journal, clock, 1)
    await backfill(parts, asked())
    async with parts.database.transaction():
        (due,) = await parts.journal.due(MORNING + timedelta(days=1), 10)
        await parts.journal.settle(due, "done")

    assert (await backfill(parts, asked()))["missing"] == 0


async def test_a_stream_that_grew_since_is_not_armed_by_the_old_sight(parts, clock):
    await happen(parts.journal, clock, 1)

    with pytest.raises(PostgresError) as stale:
        await parts.database.fetch(ARM, "thing-k", 2, "[]")

    assert stale.value.sqlstate == "ES001"


async def test_deadlines_are_listed_by_state_kind_and_moment(parts, clock):
    await happen(parts.journal, clock, 1, times=3)
    await backfill(parts, asked())
    async with parts.database.transaction():
        (first, *_) = await parts.journal.due(MORNING + timedelta(days=1), 1)
        await parts.journal.settle(first, "parked", reason="no", again=MORNING)

    async def found(states=(), **more):
        rows = await listed(parts.database, list(states), **more)
        return [row["state"] for row in rows]

    assert await found() == ["parked", "armed", "armed"]
    assert await found(["parked"]) == ["parked"]
    assert await found(["fired"]) == []
    assert await found(kind="other") == []
    assert await found(until=MORNING + timedelta(days=2)) == ["parked", "armed"]
    assert await found(limit=1) == ["parked"]
    with pytest.raises(ValueError, match="no state"):
        await found(["burnt"])
