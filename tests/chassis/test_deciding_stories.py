"""One story from a complaint to the closed finding: streams that keep their own."""

from dataclasses import replace
from uuid import UUID

import pytest

from services.chassis.context import acting, current, within
from services.chassis.deciding import decide, decide_many, story_of
from services.chassis.testing.client import open_client
from tests.chassis.small_service import COUNTER, SMALL, Counted

FIRST, SECOND, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)
KEEPING = replace(COUNTER, one_story=lambda first: first.amount < 100)
COUNT = "/counters/C-1/count"


async def one_more(journal, story, *, begins=True, aggregate=KEEPING, amount=1):
    event = Counted(counter="C-1", amount=amount)
    with acting(replace(current(), correlation_id=story, begins=begins)):
        await decide(journal, aggregate, "C-1", lambda _: [event])


async def stories(journal):
    return [r.context.correlation_id for r in await journal.after(0, 10)]


async def test_what_is_asked_later_belongs_to_the_story_that_began_the_stream(journal):
    await one_more(journal, FIRST)
    await one_more(journal, SECOND)

    assert await stories(journal) == [FIRST, FIRST]
    assert await story_of(journal, "counter-C-1") == FIRST


async def test_who_names_a_story_keeps_it(journal):
    await one_more(journal, FIRST)
    await one_more(journal, SECOND, begins=False)

    assert await stories(journal) == [FIRST, SECOND]
    assert await story_of(journal, "counter-C-1") == FIRST


async def test_a_stream_that_keeps_no_story_takes_each_commands_own(journal):
    await one_more(journal, FIRST, aggregate=COUNTER)
    await one_more(journal, SECOND, aggregate=COUNTER)

    assert await stories(journal) == [FIRST, SECOND]


async def test_the_first_event_says_whether_the_stream_keeps_its_story(journal):
    await one_more(journal, FIRST, amount=100)
    await one_more(journal, SECOND)

    assert await stories(journal) == [FIRST, SECOND]


async def test_several_streams_of_several_stories_are_nobodys(journal):
    await one_more(journal, FIRST)
    other = Counted(counter="C-2", amount=1)
    with acting(replace(current(), correlation_id=SECOND, begins=True)):
        await decide(journal, KEEPING, "C-2", lambda _: [other])
    with acting(replace(current(), correlation_id=THIRD, begins=True)):
        both = dict.fromkeys(("C-1", "C-2"), lambda _: [other])
        await decide_many(journal, KEEPING, both)

    assert await stories(journal) == [FIRST, SECOND, THIRD, THIRD]


async def test_a_reaction_may_be_about_something_that_has_its_own_story(journal):
    with within(SECOND, always=True):
        await one_more(journal, current().correlation_id, begins=False)
    with within(SECOND):
        assert current().correlation_id != SECOND

    assert await stories(journal) == [SECOND]


async def test_an_unknown_stream_has_no_story(journal):
    assert await story_of(journal, "counter-C-9") is None


@pytest.mark.parametrize(
    ("headers", "story"),
    [
        ({}, FIRST),
        ({"traceparent": f"00-{SECOND.hex}-b7ad6b7169203331-01"}, FIRST),
        ({"X-Correlation-Id": str(SECOND)}, SECOND),
    ],
)
async def test_over_http_only_a_correlation_names_a_story(
    journal, clock, headers, story
):
    async def count(key, command, journal):
        event = Counted(counter=key, amount=command.amount)
        return await decide(journal, KEEPING, key, lambda _: [event])

    verb = replace(SMALL.verbs[0], handler=count)
    first = {"X-Correlation-Id": str(FIRST)}
    async with open_client(replace(SMALL, verbs=(verb,)), journal, clock) as client:
        await client.post(COUNT, json={"amount": 1}, headers=first)
        await client.post(COUNT, json={"amount": 1}, headers=headers)

    assert await stories(journal) == [FIRST, story]
