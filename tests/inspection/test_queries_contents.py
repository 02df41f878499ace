"""Checklists, difficulties, practices and the catalogue: views over HTTP, from rows."""

from dataclasses import replace

import pytest

from services.chassis.testing.client import open_client
from tests.inspection import examples_contents as it
from tests.inspection.examples import PLANNED, QR, RAISED, STARTED
from tests.inspection.test_queries import got, views, write

__all__ = ["views"]  # the fixture
WITH_ALL = replace(
    it.WITH_LIST, terms=replace(it.WITH_LIST.terms, carried_items=(it.CARRIED,))
)
AGAIN = replace(
    RAISED,
    inspection_id="I-2024-HN-07",
    finding=replace(RAISED.finding, finding_id="F-24-1"),
)
STREAMS = {
    "checklist-PKT": (it.PUBLISHED, it.PUBLISHED_2),
    f"inspection-{it.ID}": (
        WITH_ALL,
        it.PINNED,
        STARTED,
        it.ANSWERED,
        RAISED,
        it.RECTIFIED,
        it.DETERMINED,
        it.STUCK,
        it.HELPED,
    ),
    "inspection-I-2024-HN-07": (replace(PLANNED, inspection_id="I-2024-HN-07"), AGAIN),
    "memory-hn-tan-hoi": (it.REMEMBERED, it.DID_NOT_LAST, it.A_YEAR_ON, it.REPEATED),
    "practice-GP-1": (QR, it.PILOTED, it.PROPOSED, it.ADOPTED, it.EFFECT),
}


@pytest.fixture
async def client(views, service, journal, clock):
    async with open_client(service, journal, clock, rows=views.rows) as asker:
        for stream, history in STREAMS.items():
            await write(journal, stream, *history)
        await views.show()
        yield asker


@pytest.mark.seed("0.10", "0.13")
@pytest.mark.capability("C13")
async def test_an_inspection_is_read_with_its_checklist_answers_and_what_waits(client):
    found = await got(client, f"/inspections/{it.ID}")

    assert found["checklist"] == {
        "checklist_id": "PKT",
        "version": 1,
        "sha256": it.HASH,
    }
    assert found["answers"][0]["evidence"][0]["sha256"] == it.ANSWER.evidence[0].sha256
    assert found["difficulties"][0]["answer_number"] == "512/UBND-NC"
    [waiting] = found["carried_over"]
    assert (waiting["item_ref"], waiting["result"]) == ("766-2022-1", None)
    finding = found["findings"][0]
    assert (finding["state"], finding["head_liability"]) == ("rectified", "DIRECT")


async def test_old_versions_of_a_checklist_stay_readable(client):
    found = await got(client, "/checklists/PKT")

    assert (found["latest"], found["sha256"]) == (2, it.PUBLISHED_2.sha256)
    assert [v["sha256"] for v in found["versions"]] == [
        it.HASH,
        it.PUBLISHED_2.sha256,
    ]
    before = await got(client, "/checklists/PKT?as_of=1")
    assert [v["number"] for v in before["versions"]] == [1]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/checklists", 1),
        ("/difficulties", 1),
        ("/difficulties?state=open", 0),
        ("/difficulties?state=answered&addressee=hong-ngu", 1),
        ("/difficulties?agency_id=hn-an-loc", 0),
        ("/good-practices?state=adopted", 1),
        ("/good-practices?state=recorded", 0),
    ],
)
async def test_what_is_asked_for_is_listed(client, path, count):
    assert len((await got(client, path))["items"]) == count


async def test_a_finding_is_read_with_what_came_before_it(client):
    found = await got(client, "/findings/F-24-1")

    assert (found["repeat_times"], found["repeat_years"]) == (2, 2)
    assert found["earlier"][0]["finding_id"] == "F-07-1"
    assert found["earlier"][0]["remedies"] == [it.DID_NOT_LAST.text]


@pytest.mark.seed("1.4", "2.20", "3.1")
@pytest.mark.capability("C16")
async def test_a_practice_is_read_with_who_follows_it_and_what_it_changed(client):
    found = await got(client, "/good-practices/GP-1")

    assert found["adopters"] == list(QR.adopters)
    assert [a["agency_id"] for a in found["adoptions"]] == ["hn-an-loc"]
    assert (found["effects"][0]["before"], found["effects"][0]["after"]) == (41.0, 63.5)
    assert found["pilots"][0]["units"] == ["hn-an-lac"]


@pytest.mark.seed("0.10")
@pytest.mark.capability("C13")
async def test_the_catalogue_is_read_with_its_version_and_hash(client):
    items = await got(client, "/content-items")
    figures = await got(client, "/metric-codes")

    assert (items["version"], items["sha256"]) == (1, figures["sha256"])
    by_code = {item["code"]: item for item in items["items"]}
    assert by_code["FEEDBACK"]["letter"] == "đ"
    assert by_code["INSPECTION_DUTY"]["work_groups"] == [11]
    scores = {f["code"]: f["out_of"] for f in figures["items"]}
    assert scores["INDEX_766_DIGITISATION"] == 22
