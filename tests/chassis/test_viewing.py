"""Views over HTTP: pages, filters, details, history, as of a moment."""

import httpx
import pytest

from services.chassis.access import development
from services.chassis.http import Edge, serve
from services.chassis.testing.client import TOKEN, bearer, open_client
from services.chassis.testing.views import open_views
from tests.chassis.small_service import SMALL


@pytest.fixture
async def views(journal_database, journal):
    async with open_views(journal_database.of("planning_app"), SMALL, journal) as it:
        yield it


@pytest.fixture
async def client(views, journal, clock):
    async with open_client(SMALL, journal, clock, rows=views.rows) as it:
        yield it


@pytest.fixture
async def counted(client, views):
    for number in range(1, 8):
        body = {"amount": number * 10, "notes": [f"n{number % 2}"]}
        await client.post(f"/counters/C-{number}/count", json=body)
    await views.show()


def problem(answer):
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


@pytest.mark.usefixtures("counted")
async def test_pages_hold_everything_once(client):
    seen, link = [], "/counters?limit=3"
    while link:
        answer = await client.get(link)
        page = answer.json()
        seen += [row["counter"] for row in page["items"]]
        link = answer.links.get("next", {}).get("url")
        assert bool(link) == (page["next"] is not None)
        assert page["next"] is None or page["next"] in link

    assert seen == [f"C-{number}" for number in range(1, 8)]


async def test_the_way_to_the_next_page_keeps_what_was_asked(client, views):
    note = "Đồng Tháp & An Giang"
    for number in range(2):
        body = {"amount": 1, "notes": [note]}
        await client.post(f"/counters/C-{number}/count", json=body)
    await views.show()

    first = await client.get("/counters", params={"note": note, "limit": 1})
    second = await client.get(first.links["next"]["url"])

    assert [row["counter"] for row in second.json()["items"]] == ["C-1"]


@pytest.mark.usefixtures("counted")
async def test_filters_and_choices_narrow_a_listing(client):
    high = (await client.get("/counters?state=high&note=n1")).json()["items"]
    exact = (await client.get("/counters?total=40")).json()["items"]

    assert [row["counter"] for row in high] == ["C-7"]
    assert [row["counter"] for row in exact] == ["C-4"]


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "state=middling",
        "limit=0",
        "limit=201",
        "limit=many",
        "cursor=abc",
        "cursor=WyJvdGhlciIsICJhIl0",
        "note=a&note=b",
        "note=" + "x" * 201,
        "note=%00",
        "min_position=-1",
    ],
)
async def test_a_query_that_is_not_understood_is_refused(client, query):
    answer = await client.get(f"/counters?{query}")

    assert problem(answer) == (422, "malformed-request")


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("query", ["unit=%00", "unit=" + "x" * 201, "colour=red"])
async def test_a_view_refuses_what_it_does_not_understand(client, query):
    answer = await client.get(f"/counters/C-1/total?{query}")

    assert problem(answer) == (422, "malformed-request")


@pytest.mark.usefixtures("counted")
async def test_a_detail_has_its_parts_and_its_version(client):
    answer = await client.get("/counters/C-2")

    assert answer.headers["ETag"] == '"1"'
    found = answer.json()
    assert (found["total"], found["note"]) == (20, "n0")
    assert found["steps"] == [
        {
            "counter": "C-2",
            "version": 1,
            "amount": 20,
            "at": "2023-03-31T09:00:00+07:00",
            "tags": ["even", 'a"b'],
            "data": {"list": [1, None, "đ"], "amount": 20},
        }
    ]


@pytest.mark.usefixtures("counted")
async def test_as_of_answers_what_was_known_then(client, views):
    await client.post("/counters/C-2/count", json={"amount": 1})
    await views.show()
    now = (await client.get("/counters/C-2")).json()

    for moment, total in (("2", 20), ("8", 21), ("2023-03-31", 21)):
        then = (await client.get(f"/counters/C-2?as_of={moment}")).json()
        assert then["total"] == total
    assert (await client.get("/counters/C-2?as_of=8")).json() == now
    for earlier in ("1", "2023-03-30", "2023-03-31T08:59:59+07:00"):
        answer = await client.get("/counters/C-2", params={"as_of": earlier})
        assert problem(answer) == (404, "not-found")
    for nonsense in ("yesterday", "2023-03-31T09:00:00", "2023-02-30"):
        answer = await client.get(f"/counters/C-2?as_of={nonsense}")
        assert problem(answer) == (422, "malformed-request")


@pytest.mark.usefixtures("counted")
async def test_a_history_tells_each_event_with_its_cause(client):
    (event,) = (await client.get("/counters/C-3/history")).json()["items"]

    assert event["data"] == {"counter": "C-3", "amount": 30, "note": "n1"}
    assert (event["version"], event["type"], event["position"]) == (1, "Counted", 3)
    assert event["actor"] == "hong-ngu/authority/p-01"
    assert event["occurred_at"] == event["recorded_at"] == "2023-03-31T09:00:00+07:00"
    assert event["correlation_id"]


@pytest.mark.usefixtures("counted")
async def test_a_named_view_is_found_by_its_path(client):
    assert (await client.get("/counters/C-3/total")).json()["total"] == 30
    assert problem(await client.get("/counters/C-9/total")) == (404, "not-found")
    assert problem(await client.get("/counters/C-9")) == (404, "not-found")


async def test_views_that_are_behind_say_so(views, journal, clock):
    async def reached(position):
        return position <= 2

    edge = Edge(
        journal=journal,
        rows=views.rows,
        clock=clock,
        identify=development,
        reached=reached,
    )
    transport = httpx.ASGITransport(app=serve(SMALL, edge))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test", headers=bearer(TOKEN)
    ) as it:
        assert (await it.get("/counters?min_position=2")).status_code == 200
        answer = await it.get("/counters/C-1/history?min_position=3")

    assert problem(answer) == (503, "views-behind")
    assert answer.headers["Retry-After"]


async def test_reading_needs_a_permission_too(client):
    answer = await client.get(
        "/counters", headers=bearer("dev:hong-ngu:registrar:p-09")
    )

    assert problem(answer) == (403, "not-allowed")
    assert problem(await client.get("/counters", headers=bearer("?"))) == (
        401,
        "unauthenticated",
    )
