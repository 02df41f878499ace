"""Views over HTTP, from rows in Postgres."""

from dataclasses import replace

import pytest

from services.chassis.journal import Append
from services.chassis.testing.client import open_client
from services.chassis.testing.views import open_views
from tests.inspection.examples import (
    ALL_SEEN,
    BACKLOG,
    CONCLUDED,
    ENDED,
    IN_SEPTEMBER,
    LOOKED_AT_AGAIN,
    OVERDUE,
    QR,
    REMEDY,
    REQUESTED,
    ROUND_OVER,
    VISITED,
    raised,
)
from tests.inspection.moments import at, hanoi

FOUND_TWICE = (*VISITED[:-1], raised(BACKLOG), LOOKED_AT_AGAIN, *ROUND_OVER[-3:])
STREAMS = {
    "round-R-2023-HN": (*ALL_SEEN, ENDED, REQUESTED),
    "inspection-I-2023-HN-07": FOUND_TWICE,
    "practice-GP-1": (QR,),
}


@pytest.fixture
async def views(databases, service, journal):
    with databases.clone("inspection") as urls:
        url = urls.of("inspection_app")
        async with open_views(url, service, journal) as it:
            yield it


@pytest.fixture
async def client(views, service, journal, clock):
    async with open_client(service, journal, clock, rows=views.rows) as it:
        for stream, history in STREAMS.items():
            await write(journal, stream, *history)
        await views.show()
        yield it


async def write(journal, stream, *history):
    with at(hanoi(5, 23), f"{stream}/{len(history)}/{history[0]!r}"):
        written = len(await journal.read(stream))
        await journal.append(Append(stream=stream, expected=written, events=history))


async def got(client, path):
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_inspection_is_read_with_all_that_was_seen(client):
    it = await got(client, "/inspections/I-2023-HN-07")

    assert (it["state"], it["agency_name"]) == (
        "minutes_signed",
        "Ủy ban nhân dân xã Tân Hội",
    )
    assert [content["item"] for content in it["contents"]] == ["DIRECTION"]
    assert it["metrics"][0]["source_system"] == "mot-cua-dien-tu"
    assert [f["finding_id"] for f in it["findings"]] == ["F-07-1", "F-07-2"]
    assert it["carried_over"][0]["result"] == "RESOLVED"
    assert (it["finding_count"], it["visited_on"]) == (2, "2023-05-22")


async def test_an_inspection_is_read_as_it_was_known(client):
    first = len(STREAMS["round-R-2023-HN"]) + 1

    it = await got(client, f"/inspections/I-2023-HN-07?as_of={first}")

    assert (it["state"], it["findings"]) == ("planned", [])


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/inspections", 1),
        ("/inspections?state=minutes_signed&plan_id=KH-2023-HN", 1),
        ("/inspections?state=concluded", 0),
        ("/inspections?agency_id=hn-tan-hoi&round_id=R-2023-HN", 1),
        ("/findings?agency_id=hn-tan-hoi", 2),
        ("/findings?item=DIGITISATION&kind=LIMITATION", 1),
        ("/findings?inspection_id=I-2023-HN-01", 0),
        ("/good-practices?round_id=R-2023-HN", 1),
        ("/rounds?plan_id=KH-2023-HN", 1),
        ("/conclusions?state=due", 1),
        ("/conclusions?state=issued", 0),
        ("/conclusions?state=overdue&plan_id=KH-2023-HN", 0),
    ],
)
async def test_a_listing_is_narrowed(client, path, count):
    assert len((await got(client, path))["items"]) == count


@pytest.mark.parametrize("path", ["/inspections?state=asleep", "/findings?colour=red"])
async def test_what_no_listing_knows_is_refused(client, path):
    assert (await client.get(path)).status_code == 422


async def test_a_timeline_is_read_in_order(client):
    steps = await got(client, "/inspections/I-2023-HN-07/timeline")

    assert [step["version"] for step in steps] == list(range(1, len(FOUND_TWICE) + 1))
    assert (steps[0]["type"], steps[-1]["type"]) == (
        "InspectionPlanned",
        "ConclusionClockStarted",
    )


@pytest.mark.seed("2.13")
async def test_a_finding_is_read_by_its_id(client):
    finding = await got(client, "/findings/F-07-1")

    assert (finding["agency_id"], finding["finding_group_id"]) == (
        "hn-tan-hoi",
        "FG-PROCEDURE-REVIEW",
    )
    assert finding["legal_basis"] == ["NĐ 63/2010/NĐ-CP, Đ. 35a.2.d"]


@pytest.mark.parametrize(
    "path",
    [
        "/findings/F-9",
        "/inspections/I-9",
        "/inspections/I-9/timeline",
        "/rounds/R-9",
        "/good-practices/GP-9",
    ],
)
async def test_what_does_not_exist_is_not_found(client, path):
    assert (await client.get(path)).status_code == 404


async def test_a_round_is_read_with_its_units_and_requests(client):
    it = await got(client, "/rounds/R-2023-HN")

    assert (it["state"], it["visited"], it["ended_on"]) == ("ended", 2, "2023-05-23")
    assert [unit["agency_id"] for unit in it["units"]] == [
        "hn-binh-thanh",
        "hn-tan-hoi",
    ]
    assert [asked["request_id"] for asked in it["requests"]] == ["RQ-1", "RQ-2", "RQ-3"]


async def test_a_good_practice_is_read_with_its_adopters(client):
    practice = await got(client, "/good-practices/GP-1")

    assert practice["adopters"] == ["hn-binh-thanh", "hn-tan-hoi"]


async def test_a_conclusion_goes_from_due_to_overdue_to_issued(client, views, journal):
    concluded = replace(
        CONCLUDED,
        findings=("F-07-1", "F-07-2"),
        recommendations=(REMEDY, IN_SEPTEMBER),
        late=True,
    )
    await write(journal, "inspection-I-2023-HN-07", OVERDUE)
    await views.show()
    [overdue] = (await got(client, "/conclusions?state=overdue"))["items"]
    await write(journal, "inspection-I-2023-HN-07", concluded)
    await views.show()
    [issued] = (await got(client, "/conclusions?state=issued"))["items"]
    finding = await got(client, "/findings/F-07-2")

    assert (overdue["due_on"], overdue["overdue_from"]) == ("2023-06-13", "2023-06-14")
    assert (issued["overdue"], issued["late"]) == (True, True)
    assert issued["recommendations"][1]["due"]["month"] == 9
    assert (finding["state"], finding["recommendation_ids"]) == ("concluded", ["RC-08"])


async def test_what_is_shown_is_what_the_events_say(client, views):
    assert (await client.get("/inspections")).is_success
    assert await views.drift() == {}


@pytest.mark.parametrize(
    ("path", "stream"),
    [
        ("/inspections/I-2023-HN-07", "inspection-I-2023-HN-07"),
        ("/rounds/R-2023-HN", "round-R-2023-HN"),
        ("/good-practices/GP-1", "practice-GP-1"),
    ],
)
async def test_what_is_shown_says_its_version(client, path, stream):
    """Who asks with ``If-Match`` has it from here, as of any moment too."""
    answer = await client.get(path)
    before = await client.get(f"{path}?as_of=1000000")

    assert answer.headers["ETag"] == f'"{len(STREAMS[stream])}"'
    assert before.headers["ETag"] == answer.headers["ETag"]


async def test_what_happened_to_a_finding_is_read_by_its_id(client, views, journal):
    await write(journal, "inspection-I-2023-HN-07", CONCLUDED)
    await views.show()

    told = await got(client, "/findings/F-07-1/history")

    assert [event["type"] for event in told["items"]] == [
        "FindingRaised",
        "ConclusionIssued",
    ]
    assert (await client.get("/findings/F-9/history")).status_code == 404
