"""The clock of a story: set from outside, kept, never going back."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.clock import ClockNotSet, ControlledClock, system_clock
from services.chassis.postgres import Database
from services.chassis.testing.client import open_client
from tests.chassis.small_service import SMALL

MAY = datetime(2023, 5, 9, 1, 0, tzinfo=UTC)


@pytest.fixture
async def database(journal_database):
    opened = await Database.open(journal_database.of("planning_app"))
    yield opened
    await opened.close()


def test_the_system_s_clock_says_the_time_in_utc():
    assert system_clock().utcoffset() == timedelta(0)


async def test_a_clock_that_was_never_set_says_no_time(database):
    clock = ControlledClock(database)
    await clock.restore()

    with pytest.raises(ClockNotSet):
        clock()


async def test_a_set_clock_stands_and_a_process_started_again_goes_on(database):
    await ControlledClock(database).move(MAY)
    again = ControlledClock(database)
    await again.restore()

    assert again() == MAY


async def test_a_clock_never_goes_back(database):
    clock = ControlledClock(database)
    await clock.move(MAY)

    assert await clock.move(MAY - timedelta(days=1)) == MAY
    assert clock() == MAY


async def test_who_waits_for_time_is_woken(database):
    clock, woken = ControlledClock(database), []
    clock.on_move(lambda: woken.append(clock()))
    await clock.move(MAY)

    assert woken == [MAY]


async def test_commands_are_refused_until_the_clock_is_set(database, journal):
    clock = ControlledClock(database)
    async with open_client(SMALL, journal, clock) as client:
        answer = await client.post("/counters/a/count", json={"amount": 1})
        await clock.move(MAY)
        later = await client.post("/counters/a/count", json={"amount": 1})

    assert (answer.status_code, answer.json()["type"]) == (
        503,
        "/problems/clock-not-set",
    )
    assert later.status_code == 200
