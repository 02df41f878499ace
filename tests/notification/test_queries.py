"""Notices over HTTP, and whom a notice may go to, from rows in Postgres."""

from uuid import uuid5

import pytest

from services.chassis.context import acting
from services.chassis.journal import ANY, Append
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows, open_client
from services.chassis.testing.views import open_views
from services.notification import queries
from services.notification.app import build
from tests.conftest import STORY
from tests.notification.examples import (
    DELIVERED,
    FAILED,
    GIVEN_UP,
    HONG_NGU,
    REQUESTED,
    TAN_HOI,
    heard,
)
from tests.remediation.examples import CALENDAR


@pytest.fixture
def service(journal):
    return build(Ports(journal=journal, rows=NoRows(), calendar=CALENDAR))


@pytest.fixture
async def views(databases, service, journal):
    with databases.clone("notification") as urls:
        async with open_views(urls.of("notification_app"), service, journal) as it:
            yield it


@pytest.fixture
async def client(views, service, journal, clock):
    async with open_client(service, journal, clock, rows=views.rows) as it:
        yield it


async def write(journal, *events):
    for event in events:
        with acting(heard(cause=uuid5(STORY, repr(event)))):
            await journal.append(
                Append(stream="notice-N-1", expected=ANY, events=[event])
            )


async def listed(client, asked=""):
    answer = await client.get(f"/notices{asked}")
    assert answer.status_code == 200, answer.text
    return [(n["notice_id"], n["state"]) for n in answer.json()["items"]]


async def test_a_notice_is_found_by_its_recipient_its_state_and_its_template(
    client, views, journal
):
    await write(journal, REQUESTED, FAILED, DELIVERED)
    await views.show()

    expected = [("N-1", "delivered")]
    assert await listed(client) == expected
    assert await listed(client, "?recipient=hn-tan-hoi&state=delivered") == expected
    assert await listed(client, "?template=urging&about=RC-08") == expected
    assert await listed(client, "?recipient=hn-an-loc") == []


async def test_a_notice_is_shown_with_its_words_and_its_message_id(
    client, views, journal
):
    await write(journal, REQUESTED, DELIVERED)
    await views.show()

    shown = (await client.get("/notices/N-1")).json()

    assert (
        shown.items()
        >= {
            "recipient": "hn-tan-hoi",
            "mailbox": "vanthu@tanhoi.example",
            "subject": REQUESTED.letter.subject,
            "dated": "2023-10-03T00:00:00+07:00",
            "message_id": "<N-1@kiemtra.local>",
            "level": 0,
        }.items()
    )
    assert await views.drift() == {}


async def test_what_could_not_be_delivered_is_in_sight(client, views, journal):
    await write(journal, REQUESTED, GIVEN_UP)
    await views.show()

    assert await listed(client, "?state=failed") == [("N-1", "failed")]


async def test_an_agency_is_known_once_the_registry_told(views):
    assert await queries.agency(views.rows, "hn-tan-hoi") is None

    await views.hear(TAN_HOI, "hn-tan-hoi")
    await views.hear(HONG_NGU, "hong-ngu")
    await views.show()

    found = await queries.agency(views.rows, "hn-tan-hoi")
    assert (found["mailbox"], found["superior_id"]) == (
        "vanthu@tanhoi.example",
        "hong-ngu",
    )
    assert (await queries.agency(views.rows, "hong-ngu"))["parent_id"] is None
