"""Notification over HTTP."""

import pytest

from services.chassis.context import acting
from services.chassis.journal import NEW, Append
from services.chassis.running import Ports
from services.chassis.testing.client import bearer, open_client
from services.notification.app import build
from tests.notification.examples import GIVEN_UP, REQUESTED, Agencies, heard
from tests.remediation.examples import CALENDAR

MONITOR = bearer("dev:hong-ngu-noi-vu:monitor:p-01")
RETRY = "/notices/N-1/retry"


@pytest.fixture
async def client(journal, clock):
    service = build(Ports(journal=journal, rows=Agencies(), calendar=CALENDAR))
    async with open_client(service, journal, clock) as it:
        yield it


async def recorded(journal, *events):
    with acting(heard()):
        await journal.append(Append(stream="notice-N-1", expected=NEW, events=events))


async def test_a_notice_given_up_is_sent_again_by_a_monitor(client, journal):
    await recorded(journal, REQUESTED, GIVEN_UP)

    answer = await client.post(RETRY, headers=MONITOR)

    assert answer.json() == {"id": "N-1", "version": 3, "position": 3}
    assert len(journal.intents) == 1


async def test_what_is_still_tried_is_not_sent_again(client, journal):
    await recorded(journal, REQUESTED)

    answer = await client.post(RETRY, headers=MONITOR)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/notice-not-failed"


async def test_sending_again_is_the_monitors(client, journal):
    await recorded(journal, REQUESTED, GIVEN_UP)

    answer = await client.post(RETRY, headers=bearer("dev:hn-tan-hoi:unit-head:p-01"))

    assert answer.status_code == 403


@pytest.mark.parametrize("mailbox", ["", "nobody", "a b@c", "a@b\r\nBcc: c@d"])
async def test_a_mailbox_is_an_address(client, mailbox):
    answer = await client.post(RETRY, json={"mailbox": mailbox}, headers=MONITOR)

    assert answer.status_code == 422


async def test_a_notice_that_nobody_knows_is_not_found(client):
    answer = await client.post(RETRY, headers=MONITOR)

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/unknown-notice"
