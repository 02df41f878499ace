"""Hand-overs asked of views in Postgres: what an agency holds, whose a case is now."""

from dataclasses import replace
from datetime import date

import pytest

from services.chassis.running import Ports
from services.chassis.testing.client import NoRows, bearer, open_client
from services.remediation import queries
from services.remediation.app import build
from tests.remediation.examples import (
    CALENDAR,
    CLOSED,
    ISSUED,
    REPORTED,
    VERIFIED,
)
from tests.remediation.merging import HANDED_OVER, REQUIRED
from tests.remediation.shown import views_of

AUDITOR = bearer("dev:dong-thap:auditor:p-99")


def case(key, *events):
    return [replace(event, case_id=key) for event in events]


STREAMS = {
    "case-RC-01": case("RC-01", ISSUED, REPORTED, VERIFIED, CLOSED),
    "case-RC-02": case("RC-02", ISSUED, REPORTED),
    "case-RC-03": case("RC-03", ISSUED, HANDED_OVER),
    "case-RC-04": case("RC-04", ISSUED, REQUIRED),
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


async def test_open_cases_are_held_by_their_unit_and_by_who_watches(views):
    holdings = queries.HoldingsView(views.rows)

    assert await holdings.open_with("hn-tan-hoi", seen=0) == ["RC-02", "RC-04"]
    assert await holdings.open_with("vn34-x29955", seen=0) == ["RC-03"]
    assert await holdings.open_with("hong-ngu", seen=0) == ["RC-02", "RC-03", "RC-04"]


async def test_nobody_is_named_of_whom_the_registry_has_not_told(views):
    holdings = queries.HoldingsView(views.rows)

    assert await holdings.name_of("hn-tan-hoi", on=date(2025, 7, 1)) is None


@pytest.mark.capability("C25")
async def test_accountability_goes_to_the_successor(client):
    async def counted(day):
        asked = {"on": day}
        answer = await client.get("/accountability", params=asked, headers=AUDITOR)
        return {row["agency_id"]: row["cases"] for row in answer.json()}

    assert await counted("2025-06-30") == {"hn-tan-hoi": 4}
    assert await counted("2025-07-01") == {"hn-tan-hoi": 3, "vn34-x29955": 1}


@pytest.mark.capability("C24")
async def test_whose_a_case_was_on_a_day_is_still_known(client):
    now = (await client.get("/cases/RC-03", headers=AUDITOR)).json()
    then = await client.get("/cases/RC-03", params={"as_of": "1"}, headers=AUDITOR)

    assert now["agency_id"] == "vn34-x29955"
    assert [it["to_agency"] for it in now["handovers"]] == ["vn34-x29955"]
    assert then.status_code == 404
