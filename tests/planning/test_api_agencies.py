"""The registry over HTTP: written, ignored, refused, and by whom."""

import pytest

from services.chassis.calendar import official
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows, bearer, open_client
from services.planning import app
from tests.planning.examples import AN_LOC
from tests.planning.merging import AN_BINH, LAW
from tests.planning.registry import register

OF_IT = "/agencies/hn-an-loc"
HEAD = {"person_ref": "p-21", "title": "Chủ tịch", "valid_from": "2021-07-01"}
FOCAL = {**HEAD, "person_ref": "p-23", "title": "Công chức Văn phòng - thống kê"}
RENAME = {"name": "Tên mới", "valid_from": "2023-01-01", "legal_ref": "Nghị quyết"}
SITES = {
    "kind": "SERVICE_CENTRE",
    "name": "Trung tâm Phục vụ hành chính công",
    "valid_from": "2018-06-21",
    "handles_procedures": True,
    "one_stop_sites": [
        {"site_id": "quay-1", "kind": "ONE_STOP", "name": "Bộ phận Một cửa"}
    ],
}
ENDED = {"effective_on": "2022-01-01", "legal_ref": LAW}
SUCCEED = {
    **ENDED,
    "successors": [{"agency_id": "vn34-x29954", "relation": "WHOLE"}],
}


@pytest.fixture
async def client(journal, clock):
    built = app.build(Ports(journal=journal, rows=NoRows(), calendar=official()))
    async with open_client(built, journal, clock) as it:
        yield it


async def ask(client, path, body, role="registrar"):
    officer = bearer(f"dev:kiemtra:{role}:p-90")
    return await client.post(path, json=body, headers=officer)


def code(answer):
    return answer.json()["type"].removeprefix("/problems/")


@pytest.mark.capability("C4")
@pytest.mark.parametrize(
    ("verb", "body"),
    [("appoint-head", HEAD), ("appoint-focal-officer", FOCAL), ("rename", RENAME)],
)
async def test_what_is_entered_is_entered_once(client, journal, verb, body):
    await register(journal, AN_LOC)

    first = await ask(client, f"{OF_IT}/{verb}", body)
    again = await ask(client, f"{OF_IT}/{verb}", body)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["version"] == again.json()["version"] == 2


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("appoint-head", HEAD),
        ("appoint-focal-officer", FOCAL),
        ("rename", RENAME),
        ("dissolve", ENDED),
    ],
)
async def test_what_is_not_in_the_registry_is_refused(client, verb, body):
    answer = await ask(client, f"{OF_IT}/{verb}", body)

    assert (answer.status_code, code(answer)) == (409, "unknown-agency")


@pytest.mark.parametrize("verb", ["appoint-head", "rename", "succeed", "dissolve"])
async def test_only_a_registrar_changes_the_registry(client, verb):
    answer = await ask(client, f"{OF_IT}/{verb}", {}, role="planner")

    assert answer.status_code == 403


@pytest.mark.seed("0.9")
async def test_an_agency_is_entered_with_its_one_stop_sites(client, journal):
    answer = await ask(client, "/agencies/trung-tam/register", SITES)

    [recorded] = await journal.read("agency-trung-tam")
    assert answer.status_code == 200
    assert recorded.event.handles_procedures is True
    assert recorded.event.one_stop_sites[0].site_id == "quay-1"


@pytest.mark.capability("C25")
async def test_a_unit_that_others_take_the_place_of_ends_once(client, journal):
    successor = AN_BINH.__class__(
        agency_id="vn34-x29954",
        kind="PHUONG",
        name=AN_BINH.name,
        valid_from=AN_LOC.valid_from,
    )
    await register(journal, AN_LOC, successor)

    first = await ask(client, f"{OF_IT}/succeed", SUCCEED)
    again = await ask(client, f"{OF_IT}/succeed", SUCCEED)
    otherwise = await ask(client, f"{OF_IT}/dissolve", ENDED)

    assert first.json()["version"] == again.json()["version"] == 2
    assert code(otherwise) == "agency-ended-otherwise"


async def test_a_successor_named_twice_is_malformed(client, journal):
    await register(journal, AN_LOC)
    twice = {**SUCCEED, "successors": SUCCEED["successors"] * 2}

    assert (await ask(client, f"{OF_IT}/succeed", twice)).status_code == 422
