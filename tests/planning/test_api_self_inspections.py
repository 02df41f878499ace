"""Over HTTP: the duty to inspect oneself, met, late and missed."""

from datetime import datetime

import pytest

from services.chassis.calendar import official
from services.chassis.context import HANOI
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows, bearer, open_client
from services.chassis.testing.views import open_views
from services.planning import app
from tests.planning.examples import AN_LOC, DRAFTED, PLAN_IN_EFFECT, TAN_HOI
from tests.planning.reacting import pass_time
from tests.planning.registry import plan, register

REQUIRE = "/plans/KH-2023-HN/require-self-inspection"
DUTY = {
    "agency_ids": ["hn-an-loc", "hn-tan-hoi"],
    "plan_due_on": "2023-05-15",
    "result_due_on": "2023-09-30",
    "share_percent": 50,
}
OWN_PLAN = {
    "document_number": "12/KH-UBND",
    "mode": "ONLINE",
    "divisions": ["Bộ phận Một cửa"],
    "divisions_total": 2,
}
REPORT = {
    "document_number": "88/BC-UBND",
    "sha256": "ab" * 32,
    "divisions_inspected": ["Bộ phận Một cửa"],
    "findings": 1,
}
AN_LOC_PATH = "/self-inspections/KH-2023-HN.hn-an-loc"


@pytest.fixture
def service(journal):
    return app.build(Ports(journal=journal, rows=NoRows(), calendar=official()))


@pytest.fixture
async def client(service, journal, clock):
    await register(journal, AN_LOC, TAN_HOI)
    async with open_client(service, journal, clock) as it:
        yield it


async def post(client, role, path, body, agency="hong-ngu"):
    officer = bearer(f"dev:{agency}:{role}:p-01")
    return await client.post(path, json=body, headers=officer)


async def kinds(journal, agency_id):
    stream = f"self-inspection-KH-2023-HN.{agency_id}"
    return [type(r.event).__name__ for r in await journal.read(stream)]


@pytest.mark.seed("3.8", "3.9")
@pytest.mark.capability("C12")
async def test_one_unit_meets_its_duty_and_one_misses_it(
    journal_database, client, service, journal, clock
):
    await plan(journal, *PLAN_IN_EFFECT)
    url = journal_database.of("planning_app")
    assert (await post(client, "planner", REQUIRE, DUTY)).is_success
    for verb, body in (("issue-plan", OWN_PLAN), ("report", REPORT)):
        path = f"{AN_LOC_PATH}/{verb}"
        answer = await post(client, "unit-head", path, body, "hn-an-loc")
        assert answer.is_success, answer.text
    late = datetime(2023, 10, 3, tzinfo=HANOI)
    await pass_time(journal, service.at, clock, late)

    assert await kinds(journal, "hn-an-loc") == [
        "SelfInspectionPlanRequired",
        "SelfInspectionPlanIssued",
        "SelfInspectionReported",
    ]
    assert await kinds(journal, "hn-tan-hoi") == [
        "SelfInspectionPlanRequired",
        "SelfInspectionPlanOverdue",
        "SelfInspectionResultOverdue",
    ]
    async with (
        open_views(url, service, journal) as views,
        open_client(service, journal, clock, rows=views.rows) as reader,
    ):
        await views.show()
        shown = {
            state: [
                row["agency_id"]
                for row in (
                    await reader.get(f"/self-inspections?state={state}")
                ).json()["items"]
            ]
            for state in ("met", "missed", "overdue", "late", "open")
        }
        one = (await reader.get(AN_LOC_PATH)).json()

    assert shown == {
        "met": ["hn-an-loc"],
        "missed": ["hn-tan-hoi"],
        "overdue": ["hn-tan-hoi"],
        "late": [],
        "open": ["hn-tan-hoi"],
    }
    assert (one["mode"], one["findings"], one["short_by"]) == ("ONLINE", 1, 0)


async def test_all_units_are_obliged_or_none(client, journal):
    await plan(journal, *PLAN_IN_EFFECT)
    body = DUTY | {"agency_ids": ["hn-an-loc", "nowhere"]}
    answer = await post(client, "planner", REQUIRE, body)

    assert (answer.status_code, answer.json()["type"]) == (
        409,
        "/problems/unknown-agency",
    )
    assert await kinds(journal, "hn-an-loc") == []


async def test_obliging_again_changes_nothing_and_tells_where_the_plan_stands(
    client, journal
):
    await plan(journal, *PLAN_IN_EFFECT)
    first = await post(client, "authority", REQUIRE, DUTY)
    again = await post(client, "authority", REQUIRE, DUTY)

    assert first.json() == again.json()
    assert first.json()["version"] == len(PLAN_IN_EFFECT)
    assert await kinds(journal, "hn-an-loc") == ["SelfInspectionPlanRequired"]


async def test_a_draft_obliges_nobody(client, journal):
    await plan(journal, DRAFTED)

    answer = await post(client, "planner", REQUIRE, DUTY)

    assert answer.json()["type"] == "/problems/plan-not-issued"


async def test_nobody_answers_for_another_unit(client, journal):
    await plan(journal, *PLAN_IN_EFFECT)
    await post(client, "planner", REQUIRE, DUTY)
    path = f"{AN_LOC_PATH}/issue-plan"
    answer = await post(client, "unit-head", path, OWN_PLAN, "hn-tan-hoi")

    assert answer.json()["type"] == "/problems/not-your-duty"


async def test_a_duty_is_ordered_with_its_plan(client, journal):
    await plan(journal, *PLAN_IN_EFFECT)
    await post(client, "planner", REQUIRE, DUTY)

    (recorded,) = await journal.read("self-inspection-KH-2023-HN.hn-an-loc")
    assert recorded.key == "KH-2023-HN"
