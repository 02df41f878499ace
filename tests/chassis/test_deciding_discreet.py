"""Streams that the log does not name: an unannounced inspection before it starts."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from services.chassis.context import acting, current
from services.chassis.deciding import decide, load
from services.chassis.testing.client import open_client
from tests.chassis.small_service import COUNTER, SMALL, Counted

QUIET = replace(COUNTER, discreet=lambda total: 0 < total < 50)


async def one_more(journal, amount, aggregate=QUIET):
    event = Counted(counter="C-1", amount=amount)
    await decide(journal, aggregate, "C-1", lambda _: [event] if amount else [])


async def named(journal, *amounts):
    with capture_logs() as lines:
        for amount in amounts:
            await one_more(journal, amount)
    return [line["stream"] for line in lines if "stream" in line]


async def test_a_discreet_stream_is_not_named_until_it_is_open(journal):
    assert await named(journal, 10, 0, 40) == ["counter-*", "counter-*", "counter-C-1"]


async def test_any_other_stream_is_named(journal):
    with capture_logs() as lines:
        await one_more(journal, 10, COUNTER)

    assert [line["stream"] for line in lines] == ["counter-C-1"]


async def test_whoever_looked_at_a_discreet_stream_keeps_quiet(journal):
    await one_more(journal, 10)
    with acting(current().from_the_start()):
        await load(journal, COUNTER, "C-1")
        assert not current().discretion.kept
        await load(journal, QUIET, "C-1")
        assert current().discretion.kept


@pytest.mark.parametrize(
    ("discreet", "told"),
    [
        (lambda total: total > 0, "/counters/*/count"),
        (lambda _: False, "/counters/C-1/count"),
    ],
)
async def test_a_refusal_about_a_discreet_stream_names_its_verb_only(
    journal, clock, monkeypatch, discreet, told
):
    monkeypatch.setattr(
        "tests.chassis.small_service.COUNTER", replace(COUNTER, discreet=discreet)
    )
    async with open_client(SMALL, journal, clock) as client:
        await client.post("/counters/C-1/count", json={"amount": 1})
        with capture_logs() as lines:
            answer = await client.post("/counters/C-1/count", json={"amount": 100})

    assert answer.status_code == 409
    assert [line["request"] for line in lines if "request" in line] == [told]
