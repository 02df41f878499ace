"""Seals at the operator's port, on a real database, with Kafka away."""

from contextlib import AsyncExitStack

import httpx
import pytest

from contracts.verify.checking import Checker
from contracts.verify.lines import Begin, End, spelled
from services.chassis.operating import Health, operate
from services.chassis.running.parts import assemble
from services.chassis.testing.client import bearer, open_client
from services.planning.app import build
from tests.chassis.test_operating import AGENCY, MAY, told

TOKEN = "dev:hong-ngu:registrar:p-01"  # noqa: S105 - names an officer of the tests
ASKED = {"who": "ông Ba", "why": "thanh tra hỏi"}


async def assembled(stack, urls, **more):
    made = await assemble(
        stack, told(urls, clock="controlled", **more), "planning", build
    )
    await made.projector.start()
    await made.clock.move(MAY)
    return made


def asking(parts, client=("127.0.0.1", 1234)):
    app = operate(Health(service="planning", parts=parts, state="ready"))
    transport = httpx.ASGITransport(app=app, client=client)
    return httpx.AsyncClient(transport=transport, base_url="http://operate")


@pytest.fixture
async def parts(journal_database, tmp_path):
    async with AsyncExitStack() as stack:
        yield await assembled(stack, journal_database, seals=str(tmp_path / "seals"))


@pytest.fixture
async def operator(parts):
    async with asking(parts) as it:
        yield it


@pytest.fixture
async def registered(parts):
    async with open_client(
        parts.service, parts.journal, parts.clock, rows=parts.rows, token=TOKEN
    ) as client:
        answer = await client.post(
            "/agencies/hong-ngu/register", json=AGENCY, headers=bearer(TOKEN)
        )
    assert answer.status_code == 200


@pytest.mark.usefixtures("registered")
async def test_what_is_sealed_by_hand_proves_itself_while_kafka_is_away(
    operator, tmp_path
):
    tried = await operator.post("/journal/seal", json=ASKED | {"dry_run": True})
    sealed = await operator.post("/journal/seal", json=ASKED)
    listed = (await operator.get("/journal/seals")).json()["items"]
    lines = (await operator.get("/journal/seals/1")).content.splitlines()

    assert tried.json() == {"number": 0, "waiting": 1}
    assert sealed.json() == {"number": 1, "waiting": 0}
    assert listed == [{"number": 1, "upto": 1, "void": False, "events": 1}]
    checker = Checker()
    begin = Begin(service="planning", first=1, last=1, whole=True)
    section = [spelled(begin), *lines, spelled(End(last=1, events=1))]
    checker.file("export", [line + b"\n" for line in section])
    kept = (tmp_path / "seals" / "planning.jsonl").read_bytes()
    checker.file("file", kept.splitlines(keepends=True))
    assert (checker.finish(), checker.events) == ([], 1)
    assert (tmp_path / "seals" / "planning.pub").exists()


@pytest.mark.usefixtures("registered")
async def test_who_sealed_and_why_is_kept(operator, parts):
    await operator.post("/journal/seal", json=ASKED)

    rows = await parts.database.fetch("SELECT verb, who, why FROM es.operation")
    assert [tuple(row) for row in rows] == [("journal.seal", "ông Ba", "thanh tra hỏi")]


async def test_a_seal_that_is_not_there_is_not_found(operator):
    assert (await operator.get("/journal/seals/1")).status_code == 404


async def test_from_elsewhere_nothing_is_sealed_or_accepted(parts):
    async with asking(parts, client=("10.0.0.7", 1)) as elsewhere:
        for path in ("/journal/seal", "/journal/accept"):
            answer = await elsewhere.post(path, json=ASKED | {"ids": []})
            assert answer.status_code == 403


async def test_nothing_is_accepted_without_ids_or_with_other_things(operator):
    for ids in (None, "all", ["no id"]):
        answer = await operator.post("/journal/accept", json=ASKED | {"ids": ids})
        assert answer.status_code == 422


async def test_without_a_folder_nothing_is_sealed_and_it_is_said(journal_database):
    async with AsyncExitStack() as stack:
        parts = await assembled(stack, journal_database)
        async with asking(parts) as operator:
            answer = await operator.post("/journal/seal", json=ASKED)

    assert parts.sealer is None
    assert answer.json()["type"] == "/problems/no-seals"
