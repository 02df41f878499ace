"""Load, decide, append: tried three times, told once, nothing half."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from services.chassis.deciding import decide, decide_many
from services.chassis.errors import WrongVersion
from tests.chassis.cases import CASE, NOON, STEPS, Closed, Mailed, Opened

MAILED = Mailed(to="hong-ngu")
OPENED = Opened(moments=(NOON,))


@pytest.fixture
def overtaken(journal):
    """Let others write first, that often."""

    def times(count):
        append_many, failures = journal.append_many, [WrongVersion("case-a", 0)] * count

        async def late(appends):
            if failures:
                raise failures.pop()
            return await append_many(appends)

        journal.append_many = late
        return failures

    return times


async def test_who_is_overtaken_twice_gets_through(journal, overtaken):
    overtaken(2)

    decided = await decide(journal, CASE, "a", lambda _: [MAILED])

    assert (decided.version, decided.position) == (1, 1)


async def test_who_is_overtaken_three_times_is_told(journal, overtaken):
    left = overtaken(4)

    with pytest.raises(WrongVersion):
        await decide(journal, CASE, "a", lambda _: [MAILED])

    assert len(left) == 1


async def test_what_an_event_sets_going_is_recorded_with_it(journal):
    await decide(journal, CASE, "a", lambda _: [OPENED, MAILED])

    [intent] = journal.intents
    assert (intent.kind, intent.payload) == ("mail", {"to": "hong-ngu"})
    [due] = await journal.due(NOON, 10)
    assert (due.kind, due.at) == (STEPS[0], NOON)


async def test_what_is_ignored_says_where_the_stream_stands(journal):
    await decide(journal, CASE, "a", lambda _: [OPENED])
    await decide(journal, CASE, "b", lambda _: [OPENED, MAILED])

    known = await decide(journal, CASE, "b", lambda _: [])
    unknown = await decide(journal, CASE, "c", lambda _: [])

    assert (known.version, known.position, known.events) == (2, 3, ())
    assert (unknown.version, unknown.position) == (0, 0)


async def test_one_of_several_that_is_ignored_does_not_stop_the_others(journal):
    done = await decide_many(
        journal, CASE, {"a": lambda _: [], "b": lambda _: [MAILED]}
    )

    assert (done["a"].events, done["b"].events) == ((), [MAILED])
    assert [r.stream for r in await journal.after(0, 10)] == ["case-b"]


async def test_a_stream_is_ordered_by_its_first_event(journal):
    ordered = replace(CASE, ordered_by=lambda first: type(first).__name__)
    await decide(journal, ordered, "a", lambda _: [OPENED])
    await decide(journal, ordered, "a", lambda _: [Closed()])

    assert {r.key for r in await journal.after(0, 10)} == {"Opened"}


async def test_the_log_says_what_came_of_it(journal):
    with capture_logs() as lines:
        await decide(journal, CASE, "a", lambda _: [OPENED, MAILED])
        await decide(journal, CASE, "a", lambda _: [])

    accepted, replayed = (
        {name: line.get(name) for name in ("event", "stream", "version", "events")}
        for line in lines
    )
    assert accepted == {
        "event": "command.accepted",
        "stream": "case-a",
        "version": 2,
        "events": ["Opened", "Mailed"],
    }
    assert (replayed["event"], replayed["stream"]) == ("command.replayed", "case-a")
