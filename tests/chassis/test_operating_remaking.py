"""The views' builds, at the operator's port."""

from contextlib import AsyncExitStack

import httpx
import pytest

from services.chassis.operating import Health, operate
from services.chassis.running.parts import assemble
from services.chassis.settings import Settings
from services.planning.app import build
from tests.databases import execute
from tests.eventually import eventually

WHO = {"who": "vận hành", "why": "kiểm tra"}


@pytest.fixture
async def parts(journal_database):
    async with AsyncExitStack() as stack:
        settings = Settings(
            name="planning-1",
            postgres=journal_database.of("planning_app"),
            postgres_relay=journal_database.of("planning_relay"),
            kafka="127.0.0.1:1",
            embedded=True,
        )
        made = await assemble(stack, settings, "planning", build)
        await made.projector.start()
        yield made


@pytest.fixture
async def operator(parts):
    health = Health(service="planning", parts=parts, state="ready")
    transport = httpx.ASGITransport(app=operate(health), client=("127.0.0.1", 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://operate") as it:
        yield it


async def ended(operator):
    async def work():
        return (await operator.get("/projection")).json()["work"]

    async def over():
        return (await work())["state"] != "running"

    await eventually(over)
    return await work()


async def test_a_rebuild_is_begun_watched_and_kept_with_its_reason(operator):
    begun = (await operator.post("/projection/rebuild", json=WHO)).json()
    work = await ended(operator)

    builds = (await operator.get("/projection")).json()["items"]
    acts = (await operator.get("/acts")).json()["items"]
    assert begun["work"]["verb"] == "rebuild"
    assert (work["state"], work["result"]["build"]) == ("done", builds[0]["build"])
    assert [build["state"] for build in builds] == ["live", "old"]
    assert (acts[0]["verb"], acts[0]["who"]) == ("projection.rebuild", "vận hành")
    assert work["progress"]["phase"] == "swapping"


async def test_a_build_is_swapped_and_dropped(operator):
    await operator.post("/projection/rebuild", json=WHO | {"show": False})
    await ended(operator)

    swapped = await operator.post("/projection/swap", json=WHO | {"build": 2})
    dropped = await operator.post("/projection/drop", json=WHO | {"build": 1})
    refused = await operator.post("/projection/drop", json=WHO | {"build": 2})

    assert (swapped.json(), dropped.json()) == ({"build": 2}, {"build": 1})
    assert (refused.status_code, refused.json()["type"]) == (
        409,
        "/problems/build-live",
    )


async def test_a_dry_run_changes_nothing(operator):
    before = (await operator.get("/projection")).json()["items"]
    for verb in ("rebuild", "swap", "drop"):
        body = WHO | {"dry_run": True, "build": 1}
        assert (await operator.post(f"/projection/{verb}", json=body)).json()[
            "would"
        ] == verb

    assert (await operator.get("/projection")).json()["items"] == before


async def test_drift_is_named_with_both_values(operator, journal_database):
    insert = "INSERT INTO views_1.agencies (agency_id) VALUES ('hong-ngu')"
    await execute(journal_database.super, insert)

    await operator.post("/projection/verify", json=WHO)
    (table,) = (await ended(operator))["result"]["drift"]

    assert (table["table"], table["rows"]) == ("agencies", 1)
    assert table["differences"][0]["told"] is None


async def test_who_and_why_are_asked_for(operator):
    answer = await operator.post("/projection/rebuild", json={})
    unknown = await operator.post("/projection/burn", json=WHO)
    range_ = await operator.post("/projection/replay", json=WHO | {"journal": [5, 2]})

    assert [a.status_code for a in (answer, unknown, range_)] == [422, 422, 422]


async def test_work_that_is_refused_says_so(operator, parts, journal_database):
    await execute(journal_database.super, "UPDATE es.view_build SET code_hash = 'x'")

    await operator.post("/projection/verify", json=WHO)
    work = await ended(operator)

    assert (work["state"], work["result"]["code"]) == ("refused", "another-code")
    assert parts
