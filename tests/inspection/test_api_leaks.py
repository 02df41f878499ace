"""Nobody learns of an unannounced inspection before the team arrives (I14a).

Every route there is, for every role, asked by an officer of the inspected unit and of
other agencies: what is hidden is answered as what is absent.
"""

import json

import pytest
from structlog.testing import capture_logs

from services.chassis.access import ROLES
from services.chassis.testing.client import bearer, open_client
from services.chassis.testing.views import open_views
from services.inspection import api
from services.inspection.publishing import publish
from tests.inspection.examples import FILE
from tests.inspection.moments import hanoi, settle
from tests.inspection.unannounced import (
    ABSENT,
    HIDDEN,
    ORDERED,
    TELLING,
    body_of,
    hear,
)

OUTSIDERS = ("hn-tan-hoi", "hn-an-loc", "hong-ngu-tu-phap")
TEAM = "dev:hong-ngu-noi-vu:team-head:p-01"
CURIOUS = ("", "?as_of=2023-05-22", "?as_of=2", "?as_of=nonsense")
FILTERS = (
    "",
    "?limit=200",
    "?state=planned",
    "?agency_id=hn-tan-hoi",
    f"?round_id=R-{HIDDEN}",
    "?plan_id=KH-2023-HN",
    "?team_id=T-2023-HN",
)
NAMES = {"rounds": "R-{}", "inspections": "{}"}


@pytest.fixture
async def views(databases, service, journal):
    with databases.clone("inspection") as urls:
        url = urls.of("inspection_app")
        async with open_views(url, service, journal) as it:
            yield it


@pytest.fixture
async def client(views, service, journal, now):
    async with open_client(service, journal, now, rows=views.rows) as it:
        await hear(service, journal, ORDERED)
        await settle(service, journal)
        await views.show()
        yield it


def paths_of(client, method):
    """Return the paths of every route of the service, from its own table of routes."""
    app = client._transport.app  # noqa: SLF001 - the tests' own client
    return sorted(
        {
            route.path
            for route in app.routes
            if method in getattr(route, "methods", ()) and "openapi" not in route.path
        }
    )


def named(path, inspection_id):
    collection = path.split("/")[1]
    name = NAMES.get(collection, "{}").format(inspection_id)
    return path.replace("{id}", name)


def officers(agency):
    return [f"dev:{agency}:{role}:p-09" for role in ROLES if role != "auditor"]


async def arrive(client, service, journal, views):
    answer = await client.post(
        f"/inspections/{HIDDEN}/start-visit", json={}, headers=bearer(TEAM)
    )
    assert answer.is_success, answer.text
    await settle(service, journal)
    await views.show()


@pytest.mark.capability("C8")
@pytest.mark.seed("1.10", "0.16")
@pytest.mark.parametrize("agency", OUTSIDERS)
async def test_no_reader_of_another_agency_sees_a_trace(client, agency):
    paths = paths_of(client, "GET")
    assert {"/inspections", "/inspections/{id}", "/rounds/{id}/history"} <= set(paths)

    for path in paths:
        for token in officers(agency):
            for query in CURIOUS if "{id}" in path else FILTERS:
                hidden = await client.get(
                    named(path, HIDDEN) + query, headers=bearer(token)
                )
                absent = await client.get(
                    named(path, ABSENT) + query.replace(HIDDEN, ABSENT),
                    headers=bearer(token),
                )
                assert hidden.status_code == absent.status_code
                assert hidden.content == absent.content
                assert not [it for it in TELLING if it in hidden.text]


@pytest.mark.seed("1.10")
@pytest.mark.parametrize("agency", OUTSIDERS)
@pytest.mark.parametrize("seen", [None, '"0"', '"1"', '"2"'])
async def test_no_command_of_another_agency_tells_that_it_is_there(
    client, service, agency, seen
):
    for verb in service.verbs:
        path = f"/{verb.collection}/{{id}}/{verb.name}"
        body = body_of(verb.command) | _round_of(verb.command)
        for role in verb.permit.roles:
            headers = bearer(f"dev:{agency}:{role}:p-09")
            headers |= {"If-Match": seen} if seen else {}
            told = []
            for name in (HIDDEN, ABSENT):
                asked = json.loads(json.dumps(body).replace(HIDDEN, name))
                answer = await client.post(
                    named(path, name), json=asked, headers=headers
                )
                told.append((answer.status_code, answer.json().get("type")))
            assert told[0][0] != 422, (verb.name, answer.text)
            if verb.collection in NAMES or _round_of(verb.command):
                assert told[0] == told[1], (verb.name, told)


def _round_of(command):
    return {"round_id": f"R-{HIDDEN}"} if "round_id" in command.model_fields else {}


@pytest.mark.seed("1.10")
async def test_team_orderer_and_auditor_see_it(client):
    for token in (
        TEAM,
        "dev:hong-ngu-vp:team-member:p-02",
        "dev:hong-ngu:authority:p-03",
        "dev:an-giang:auditor:p-04",
    ):
        for path in (
            f"/inspections/{HIDDEN}",
            f"/inspections/{HIDDEN}/timeline",
            f"/rounds/R-{HIDDEN}",
            "/inspections",
        ):
            answer = await client.get(path, headers=bearer(token))
            assert answer.status_code == 200, (token, path)
            assert HIDDEN in answer.text or path.endswith("/timeline")
            assert '"readers"' not in answer.text


@pytest.mark.seed("1.10")
@pytest.mark.parametrize("agency", OUTSIDERS)
async def test_once_the_team_is_there_everybody_sees_it(
    client, service, journal, views, agency
):
    await arrive(client, service, journal, views)

    for path in (
        "/inspections",
        f"/inspections/{HIDDEN}",
        f"/inspections/{HIDDEN}/history",
        f"/inspections/{HIDDEN}/timeline",
        f"/inspections/{HIDDEN}?as_of=2023-05-22",
        "/rounds",
        f"/rounds/R-{HIDDEN}",
        f"/rounds/R-{HIDDEN}/history",
    ):
        for token in officers(agency):
            answer = await client.get(path, headers=bearer(token))
            assert answer.status_code == 200, (token, path)
            assert HIDDEN in answer.text or path.endswith("/timeline")


BEFORE = (
    (
        "attach-monitoring-data",
        {"source_system": "766", "reference": "b", "sha256": FILE},
    ),
    ("refuse-visit", {"reason": "Cổng khóa"}),
    ("postpone", {"reason": "ILLNESS", "planned_on": "2023-05-25"}),
    ("notify-unit", {}),
    ("receive-report", {"document_number": "1/BC", "sha256": FILE}),
    ("cancel", {"reason": "Đã có kết luận khác"}),
)


async def prepare(client, service, journal):
    """Ask all that a team may ask before it arrives."""
    for verb, body in BEFORE:
        role = "authority" if verb == "cancel" else "team-head"
        await client.post(
            f"/inspections/{HIDDEN}/{verb}",
            json=body,
            headers=bearer(f"dev:hong-ngu-noi-vu:{role}:p-01"),
        )
    for verb in ("end", "issue-requests"):
        await client.post(
            f"/rounds/R-{HIDDEN}/{verb}",
            json=body_of(next(v for v in api.ROUNDS if v.name == verb).command),
            headers=bearer(TEAM),
        )
    await client.post(
        "/good-practices/GP-9/record",
        json={"round_id": f"R-{HIDDEN}", "name": "QR", "adopters": ["hn-tan-hoi"]},
        headers=bearer(TEAM),
    )
    await settle(service, journal)


@pytest.mark.capability("C8")
@pytest.mark.seed("1.10")
async def test_all_that_is_told_before_the_team_arrives_is_internal(
    client, service, journal
):
    await prepare(client, service, journal)

    recorded = [r.event for r in await journal.after(0, 100)]
    told = [event for it in recorded for event in publish(it)]
    assert len(told) >= 3
    assert {event.VISIBILITY for event in told} == {"internal"}
    kinds = {type(it).__name__ for it in recorded}
    assert not kinds & {"UnitNotified", "UnitReportReceived", "RoundEnded"}


@pytest.mark.capability("C8")
@pytest.mark.seed("1.10")
async def test_no_log_line_names_it_before_the_team_arrives(
    views, service, journal, now
):
    with capture_logs() as lines:
        async with open_client(service, journal, now, rows=views.rows) as client:
            await hear(service, journal, ORDERED)
            await settle(service, journal)
            await prepare(client, service, journal)

    assert len(lines) > len(BEFORE)
    for line in lines:
        said = json.dumps(line, ensure_ascii=False, default=str)
        assert not [it for it in (*TELLING, "hn-tan-hoi") if it in said]


async def test_the_matrix_is_of_every_route(client, service):
    """A route that is added is asked too: the paths come from the application."""
    shown = (*service.listings, *service.views, *service.details, *service.details)

    assert len(paths_of(client, "GET")) == len(shown)
    assert len(paths_of(client, "POST")) == len(service.verbs)


async def test_on_the_day_of_arrival_the_unit_may_not_be_early(client, now):
    now.now = hanoi(5, 8)

    answer = await client.post(
        f"/inspections/{HIDDEN}/start-visit", json={}, headers=bearer(TEAM)
    )

    assert answer.json()["type"] == "/problems/visit-before-window"
