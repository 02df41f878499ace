"""Directives and what is asked upward, in views in Postgres: of whom it is now."""

from dataclasses import replace

import pytest

from services.chassis.running import Ports
from services.chassis.testing.client import NoRows, bearer, open_client
from services.remediation import queries
from services.remediation.app import build
from tests.remediation.examples import (
    CALENDAR,
    DUTY,
    OPEN,
    REPLICATION,
)
from tests.remediation.shown import views_of
from tests.remediation.test_domain_passing import (
    ASKED,
    DECIDED,
    MOVED,
    REQUIRED,
    UP_DECIDED,
    UP_MOVED,
    UP_REQUIRED,
)
from tests.remediation.test_domain_upward import DATED, LATE

AUDITOR = bearer("dev:dong-thap:auditor:p-99")


def duty(key, *events):
    named = {"duty_id": key}
    return [
        replace(e, **named) if e is DUTY else replace(e, directive_id=key)
        for e in events
    ]


def above(key, *events):
    return [replace(event, recommendation_id=key) for event in events]


STREAMS = {
    "directive-RQ-1": [
        REPLICATION,
        replace(MOVED, directive_id="RQ-1", kind="REPLICATION"),
    ],
    "directive-RQ-2": duty("RQ-2", DUTY),
    "directive-RQ-3": duty("RQ-3", DUTY, REQUIRED),
    "directive-RQ-4": [OPEN],
    "directive-RQ-5": duty("RQ-5", DUTY, REQUIRED, DECIDED),
    "upward-KN-1": above("KN-1", ASKED),
    "upward-KN-2": above("KN-2", ASKED, UP_MOVED),
    "upward-KN-3": above("KN-3", ASKED, UP_REQUIRED),
    "upward-KN-4": above("KN-4", ASKED, UP_REQUIRED, UP_DECIDED),
    "upward-KN-5": above("KN-5", DATED, LATE),
}


@pytest.fixture
def service(journal):
    return build(Ports(journal=journal, rows=NoRows(), calendar=CALENDAR))


@pytest.fixture
async def views(databases, service, journal):
    async with views_of(STREAMS, databases, service, journal) as it:
        yield it


@pytest.fixture
async def client(views, service, journal, clock):
    async with open_client(service, journal, clock, rows=views.rows) as it:
        yield it


async def ids(client, path, key):
    answer = await client.get(path, headers=AUDITOR)
    return [row[key] for row in answer.json()["items"]]


@pytest.mark.capability("C25")
async def test_what_an_agency_is_asked_is_found_by_its_name_of_today(views):
    holdings = queries.HoldingsView(views.rows)

    assert await holdings.asked_of("hn-tan-hoi", seen=0) == ["RQ-2", "RQ-3", "RQ-4"]
    assert await holdings.asked_of("vn34-x29955", seen=0) == ["RQ-1"]
    assert await holdings.awaited_from("hn-tan-hoi", seen=0) == ["KN-1", "KN-3"]
    assert await holdings.awaited_from("vn34-x29955", seen=0) == ["KN-2"]


@pytest.mark.capability("C25")
async def test_what_waits_for_a_decision_is_listed(client):
    assert await ids(client, "/duties?state=undecided", "duty_id") == ["RQ-3"]
    assert await ids(client, "/upward?state=undecided", "recommendation_id") == ["KN-3"]


async def test_who_answers_now_and_who_was_asked_are_shown(client):
    shown = (await client.get("/upward/KN-4", headers=AUDITOR)).json()

    assert (shown["addressee"], shown["handed_from"]) == ("vn34-x30154", "hn-tan-hoi")
    assert shown["undecided"] is False


@pytest.mark.capability("C18")
async def test_what_nobody_answered_in_time_is_listed_with_its_day(client):
    assert await ids(client, "/upward?state=overdue", "recommendation_id") == ["KN-5"]
    shown = (await client.get("/upward/KN-5", headers=AUDITOR)).json()

    assert (shown["due_on"], shown["overdue_from"]) == ("2023-07-05", "2023-07-06")


async def test_of_whom_a_practice_is_asked_now_is_shown(client):
    shown = (await client.get("/replications/RQ-1", headers=AUDITOR)).json()

    assert shown["scope"] == ["hn-an-loc", "vn34-x29955"]
