"""Views over HTTP, from rows in Postgres: live, rebuilt and folded alike."""

from dataclasses import replace
from datetime import date
from uuid import uuid5

import pytest

from services.chassis.context import acting
from services.chassis.journal import NEW, Append
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows, open_client
from services.chassis.testing.views import open_views
from services.remediation.app import build
from tests.conftest import STORY
from tests.remediation.examples import (
    CALENDAR,
    CLOSED,
    DIGITISE,
    DUTY,
    ESCALATED,
    ISSUED,
    LATE,
    OPEN,
    OVERDUE,
    REPLICATION,
    REPORTED,
    REPORTED_LATE,
    VERIFIED,
    acted,
    hanoi,
)
from tests.remediation.test_domain import EXTENDED, REJECTED

AN_LOC = {"agency_id": "hn-an-loc", "agency_name": "UBND phường An Lộc"}


def case(key, *events, **also):
    """Return the events as another case's."""
    return [
        replace(e, case_id=key, **{k: v for k, v in also.items() if hasattr(e, k)})
        for e in events
    ]


STREAMS = {
    "case-RC-01": case("RC-01", ISSUED, REPORTED, VERIFIED, CLOSED, **AN_LOC),
    "case-RC-02": case("RC-02", ISSUED, REPORTED, **AN_LOC),
    "case-RC-07": case("RC-07", ISSUED, OVERDUE, REPORTED_LATE, VERIFIED, LATE),
    "case-RC-08": case("RC-08", DIGITISE, OVERDUE, ESCALATED),
    "case-RC-09": case("RC-09", ISSUED, OVERDUE, REPORTED_LATE, REJECTED, EXTENDED),
    "directive-RQ-1": [REPLICATION],
    "directive-RQ-2": [DUTY],
    "directive-RQ-4": [OPEN],
}


@pytest.fixture
def service(journal):
    return build(Ports(journal=journal, rows=NoRows(), calendar=CALENDAR))


@pytest.fixture
async def views(databases, service, journal):
    with databases.clone("remediation") as urls:
        async with open_views(urls.of("remediation_app"), service, journal) as it:
            yield it


@pytest.fixture
async def client(views, service, journal, clock):
    async with open_client(service, journal, clock, rows=views.rows) as it:
        for stream, events in STREAMS.items():
            cause = uuid5(STORY, stream)
            with acting(acted(hanoi(2023, 6, 5, 9), cause=cause)):
                await journal.append(Append(stream=stream, expected=NEW, events=events))
        await views.show()
        yield it


async def got(client, path):
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def listed(client, path, key="case_id"):
    return [row[key] for row in (await got(client, path))["items"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["RC-01", "RC-02", "RC-07", "RC-08", "RC-09"]),
        ("?state=open", ["RC-02", "RC-08", "RC-09"]),
        ("?state=overdue", ["RC-08"]),
        ("?state=closed", ["RC-01", "RC-07"]),
        ("?state=late", ["RC-07"]),
        ("?state=open&agency_id=hn-an-loc", ["RC-02"]),
        ("?plan_id=KH-2024-HN", []),
        ("?inspection_id=I-2023-HN-07&state=late", ["RC-07"]),
    ],
)
async def test_cases_are_found_by_how_they_stand(client, asked, found):
    assert await listed(client, f"/cases{asked}") == found


@pytest.mark.parametrize("asked", ["?state=gone", "?colour=red"])
async def test_what_no_listing_knows_is_refused(client, asked):
    assert (await client.get(f"/cases{asked}")).status_code == 422


@pytest.mark.seed("2.19")
async def test_the_digitisation_of_september_is_shown_overdue(client):
    row = await got(client, "/cases/RC-08")

    assert (
        row.items()
        >= {
            "state": "overdue",
            "step": "open",
            "due_on": "2023-09-30",
            "effective_due_on": "2023-10-02",
            "overdue_from": "2023-10-03",
            "overdue": True,
            "late": False,
            "escalation_level": 1,
            "finding_ids": ["F-07-2"],
            "due_rule": {"kind": "END_OF_MONTH", "year": 2023, "month": 9},
        }.items()
    )


@pytest.mark.seed("2.18")
async def test_a_case_is_shown_with_its_reports_and_extensions(client):
    row = await got(client, "/cases/RC-09")

    assert (row["state"], row["due_on"], row["original_due_on"]) == (
        "open",
        "2023-07-12",
        "2023-07-05",
    )
    assert [e["previous_due_on"] for e in row["extensions"]] == ["2023-07-05"]
    assert [r["reported_on"] for r in row["reports"]] == ["2023-07-10"]
    assert [a["answer"] for a in row["answers"]] == ["rejected"]


async def test_a_case_is_shown_as_it_was_known(client, journal):
    first, overdue, *_ = await journal.read("case-RC-07")

    then = await got(client, f"/cases/RC-07?as_of={first.position}")
    later = await got(client, f"/cases/RC-07?as_of={overdue.position}")
    now = await got(client, "/cases/RC-07")

    assert [row["state"] for row in (then, later, now)] == ["open", "overdue", "late"]
    known = await got(client, f"/cases/RC-07?as_of={await journal.head()}")
    assert known == now


async def test_a_case_tells_its_history(client):
    told = await got(client, "/cases/RC-01/history")

    assert [event["type"] for event in told["items"]] == [
        "RecommendationIssued",
        "RemediationReported",
        "RemediationVerified",
        "RemediationClosed",
    ]


async def test_each_unit_answers_for_its_cases(client):
    found = await got(client, "/accountability?on=2023-10-31")

    assert found == [
        {
            "agency_id": "hn-an-loc",
            "agency_name": "UBND phường An Lộc",
            "cases": 2,
            "on_time": 1,
            "late": 0,
            "waived": 0,
            "overdue": 0,
            "open": 1,
            "extensions": 0,
            "repeats": 0,
            "overdue_days": 0,
            "on_time_percent": 100.0,
        },
        {
            "agency_id": "hn-tan-hoi",
            "agency_name": "UBND xã Tân Hội",
            "cases": 3,
            "on_time": 0,
            "late": 1,
            "waived": 0,
            "overdue": 2,
            "open": 2,
            "extensions": 1,
            "repeats": 0,
            "overdue_days": 5 + 29 + 111,
            "on_time_percent": 0.0,
        },
    ]
    assert await got(client, "/accountability?plan_id=KH-2024-HN") == []


@pytest.mark.seed("2.20", "2.21", "2.23")
async def test_what_never_falls_due_is_listed_apart(client):
    assert await listed(client, "/replications", "practice_id") == ["GP-1"]
    assert await listed(client, "/duties", "duty_id") == ["RQ-2"]
    assert await listed(client, "/open-recommendations", "recommendation_id") == [
        "RQ-4"
    ]
    shown = await got(client, "/replications/RQ-1")
    assert shown["scope"] == ["hn-an-loc", "hn-tan-hoi"]


@pytest.mark.usefixtures("client")
async def test_the_views_are_what_the_events_say(views):
    assert await views.drift() == {}


@pytest.mark.usefixtures("client")
async def test_dates_are_dates_in_the_rows(views):
    [row] = await views.rows.fetch(
        "SELECT due_on FROM cases WHERE case_id = $1", "RC-08"
    )
    assert row["due_on"] == date(2023, 9, 30)


@pytest.mark.parametrize("path", ["/replications/RQ-1", "/cases/RC-01"])
async def test_what_is_shown_says_its_version(client, path):
    answer = await client.get(path)

    assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'
