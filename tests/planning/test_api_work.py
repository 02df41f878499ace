"""Over HTTP: a year of a work programme, from draft to the next year's."""

from datetime import datetime

import pytest

from contracts.notification import PeriodicReportSubmitted
from services.chassis.calendar import official
from services.chassis.context import HANOI
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows, bearer, open_client
from services.chassis.testing.views import open_views
from services.planning import app
from tests.planning.reacting import pass_time, react
from tests.planning.registry import register
from tests.planning.work_asking import (
    entry,
    item,
    kinds,
    refused,
)
from tests.planning.work_examples import (
    CHECK,
    DEATHS,
    DRAFTED,
    GROUPS,
    NEXT_TITLE,
    QUARTERLY,
    UNITS,
)

PATH = "/work-programmes/CT-2019-ST"
DRAFT = {
    "title": DRAFTED.title,
    "year": 2019,
    "issuer": "soc-trang",
    "monitor_agency": "soc-trang-vp-ubnd",
    "groups": [{"code": code, "title": title} for code, title in GROUPS],
}
NUMBER = {"document_number": "01/KH-UBND"}
DONE = {"item_id": "9.1", "product": "Báo cáo số 88/BC-STP", "sha256": "a" * 64}
EXTEND = {
    "item_id": "9.1",
    "reason": "Chờ kết nối dữ liệu",
    "due": {"kind": "calendar_days", "n": 30},
}
URGE = {"item_id": "9.1", "text": "Báo cáo ngay kết quả thực hiện"}
DUTY = {
    "obligation_id": "quy",
    "title": QUARTERLY.title,
    "period": "QUARTER",
    "due": {"kind": "calendar_days", "n": 6},
    "obliged_agencies": ["soc-trang-vp-ubnd"],
    "recipient": "soc-trang",
}
CLONE = {
    "from_programme_id": "CT-2019-ST",
    "year": 2020,
    "title": NEXT_TITLE,
    "repeat": True,
    "open_due": {"kind": "end_of_quarter", "year": 2020, "quarter": 1},
}
PLAN = {
    "title": "Kế hoạch kiểm tra hoạt động kiểm soát TTHC năm 2019",
    "year": 2019,
    "level": "PROVINCE",
    "programmes": ["TTHC_CONTROL"],
    "issuer": "soc-trang",
    "lead_agency": "soc-trang-vp-ubnd",
    "content_items": ["ONE_STOP"],
    "work_item_id": "CT-2019-ST:11.1",
}


def at(month, day, hour=0, year=2019):
    return datetime(year, month, day, hour, tzinfo=HANOI)


@pytest.fixture
def service(journal):
    return app.build(Ports(journal=journal, rows=NoRows(), calendar=official()))


@pytest.fixture
async def client(service, journal, clock):
    clock.now = at(1, 3, 8)
    await register(journal, *(entry(unit) for unit in UNITS.values()))
    async with open_client(service, journal, clock) as it:
        yield it


async def post(client, role, verb, body, **where):
    agency, path = where.get("agency", "soc-trang"), where.get("path", PATH)
    officer = bearer(f"dev:{agency}:{role}:p-01")
    return await client.post(f"{path}/{verb}", json=body, headers=officer)


async def issued(client):
    for role, verb, body in (
        ("planner", "draft", DRAFT),
        ("planner", "add-item", item(DEATHS)),
        ("planner", "add-item", item(CHECK)),
        ("authority", "issue", NUMBER),
    ):
        assert (await post(client, role, verb, body)).is_success


@pytest.mark.seed("4.1", "4.4")
async def test_a_programme_is_issued_and_everybody_gets_their_work(client, journal):
    await issued(client)

    assert await kinds(journal) == [
        "WorkProgrammeDrafted",
        "WorkItemAdded",
        "WorkItemAdded",
        "WorkProgrammeIssued",
        "WorkItemAssigned",
        "WorkItemAssigned",
    ]


async def test_the_number_of_a_programme_is_taken_for_its_agency_and_year(client):
    await issued(client)
    other = "/work-programmes/CT-2019-ST-B"
    await post(client, "planner", "draft", DRAFT, path=other)
    await post(client, "planner", "add-item", item(DEATHS), path=other)

    answer = await post(client, "authority", "issue", NUMBER, path=other)

    assert (answer.status_code, refused(answer)) == (409, "document-number-taken")


@pytest.mark.seed("4.4", "4.10")
async def test_an_item_is_reminded_then_overdue_at_midnight_of_the_next_day(
    client, journal, clock, service
):
    await issued(client)
    await pass_time(journal, service.at, clock, at(7, 1, 23))
    before = await kinds(journal)
    await pass_time(journal, service.at, clock, at(7, 2))

    assert before[-1] == "WorkItemReminded"
    last = (await journal.read("work-programme-CT-2019-ST"))[-1]
    assert type(last.event).__name__ == "WorkItemOverdue"
    assert last.occurred_at == at(7, 2)


async def test_what_is_done_before_its_day_is_neither_reminded_nor_overdue(
    client, journal, clock, service
):
    await issued(client)
    clock.now = at(6, 3, 9)
    owner = {"agency": "soc-trang-so-tu-phap"}
    assert (await post(client, "unit-head", "complete-item", DONE, **owner)).is_success
    await pass_time(journal, service.at, clock, at(7, 15))

    assert (await kinds(journal))[-1] == "WorkItemCompleted"


async def test_an_extended_item_is_overdue_on_its_new_day_only(
    client, journal, clock, service
):
    await issued(client)
    clock.now = at(6, 10, 9)
    assert (await post(client, "authority", "extend-item", EXTEND)).is_success
    await pass_time(journal, service.at, clock, at(7, 31, 23))
    before = await kinds(journal)
    await pass_time(journal, service.at, clock, at(8, 1))

    assert "WorkItemOverdue" not in before
    assert (await kinds(journal))[-1] == "WorkItemOverdue"


async def test_the_monitor_urges_by_hand(client, journal):
    await issued(client)
    monitor = {"agency": "soc-trang-vp-ubnd"}

    assert (await post(client, "monitor", "urge-item", URGE, **monitor)).is_success
    assert (await kinds(journal))[-1] == "WorkItemUrged"


@pytest.mark.seed("4.9", "4.12")
async def test_each_report_is_owed_at_the_end_of_its_period_one_after_the_other(
    client, journal, clock, service
):
    await issued(client)
    assert (await post(client, "authority", "set-reporting-duty", DUTY)).is_success
    await pass_time(journal, service.at, clock, at(3, 15))
    await service.on[PeriodicReportSubmitted](SUBMITTED, journal)
    await pass_time(journal, service.at, clock, at(6, 21))

    assert (await kinds(journal))[6:] == [
        "ReportingObligationSet",
        "ReportingPeriodEnded",
        "ReportSubmissionNoted",
        "ReportingPeriodEnded",
        "PeriodicReportOverdue",
    ]


SUBMITTED = PeriodicReportSubmitted(
    report_id="BC-2019-Q1",
    agency_id="soc-trang-vp-ubnd",
    recipient_id="soc-trang",
    programme_id="CT-2019-ST",
    period="QUARTER",
    start="2018-12-15",
    end="2019-03-14",
    document_number="25/BC-VP",
    submitted_on="2019-03-19",
)


async def test_a_report_on_a_plan_alone_meets_no_duty_of_a_programme(
    client, journal, service
):
    await issued(client)
    alone = SUBMITTED.model_copy(update={"programme_id": None, "plan_id": "KH-1"})
    await service.on[PeriodicReportSubmitted](alone, journal)

    assert "ReportSubmissionNoted" not in await kinds(journal)


@pytest.mark.seed("4.8")
@pytest.mark.capability("C1")
async def test_an_inspection_plan_that_names_a_work_item_is_noted_there_when_issued(
    client, journal, service
):
    await issued(client)
    plan = "/plans/KH-2019-ST"
    unit = {
        "agency_id": "soc-trang-so-tu-phap",
        "window": {"start": "2019-04-01", "end": "2019-06-30"},
    }
    for role, verb, body in (
        ("planner", "draft", PLAN),
        ("planner", "add-unit", unit),
        ("authority", "issue", {"document_number": "40/KH-UBND"}),
    ):
        assert (await post(client, role, verb, body, path=plan)).is_success
    await react(journal, service.own)

    assert (await kinds(journal))[-1] == "InspectionPlanSpawned"


@pytest.mark.parametrize("named", ["CT-2019-ST:99", "CT-2018-ST:1", "nothing"])
async def test_a_plan_for_work_that_nobody_was_given_is_refused(client, named):
    await issued(client)
    body = {**PLAN, "work_item_id": named}

    answer = await post(client, "planner", "draft", body, path="/plans/KH-2019-ST")

    assert answer.status_code == 404
    assert refused(answer) in {"unknown-work-item", "unknown-programme"}


@pytest.mark.seed("4.13")
async def test_the_next_programme_takes_over_what_is_left(
    client, journal, clock, service
):
    await issued(client)
    clock.now = at(12, 27, 9)
    path = "/work-programmes/CT-2020-ST"
    assert (await post(client, "planner", "clone", CLONE, path=path)).is_success
    await react(journal, service.own)
    clock.now = at(1, 6, 9, year=2020)
    number = {"document_number": "02/KH-UBND"}
    assert (await post(client, "authority", "issue", number, path=path)).is_success

    assert (await kinds(journal))[-2:] == ["WorkItemCarriedForward"] * 2
    assert await kinds(journal, "CT-2020-ST") == [
        "WorkProgrammeDrafted",
        "WorkItemCarriedOver",
        "WorkItemCarriedOver",
        "WorkProgrammeIssued",
        "WorkItemAssigned",
        "WorkItemAssigned",
    ]


@pytest.mark.parametrize(
    ("role", "verb", "body", "code"),
    [
        ("planner", "draft", {**DRAFT, "year": 2020}, "programme-drafted-otherwise"),
        ("planner", "add-item", {**item(CHECK), "item_id": "1"}, "programme-not-draft"),
        (
            "planner",
            "assign-item",
            {**item(CHECK), "item_id": "1", "group": "NONE"},
            "unknown-group",
        ),
        (
            "planner",
            "assign-item",
            {**item(CHECK), "item_id": "1", "due": {"kind": "soon"}},
            "rule-kind-unknown",
        ),
        ("unit-head", "complete-item", {**DONE, "item_id": "99"}, "unknown-work-item"),
        ("authority", "extend-item", {**EXTEND, "item_id": "99"}, "unknown-work-item"),
        ("monitor", "urge-item", {**URGE, "item_id": "99"}, "unknown-work-item"),
        (
            "planner",
            "set-reporting-duty",
            {**DUTY, "recipient": "nobody"},
            "unknown-agency",
        ),
        (
            "planner",
            "clone",
            {**CLONE, "from_programme_id": "none"},
            "unknown-programme",
        ),
    ],
)
async def test_a_refusal_names_its_rule(client, role, verb, body, code):
    await issued(client)

    assert refused(await post(client, role, verb, body)) == code


@pytest.mark.parametrize(
    ("role", "verb", "body"),
    [
        ("unit-head", "draft", DRAFT),
        ("unit-head", "add-item", item(CHECK)),
        ("planner", "issue", NUMBER),
        ("unit-head", "assign-item", item(CHECK)),
        ("team-head", "complete-item", DONE),
        ("unit-head", "extend-item", EXTEND),
        ("unit-head", "urge-item", URGE),
        ("unit-head", "set-reporting-duty", DUTY),
        ("authority", "clone", CLONE),
        ("auditor", "issue", NUMBER),
    ],
)
async def test_who_may_not_is_told_so(client, role, verb, body):
    assert (await post(client, role, verb, body)).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {**item(CHECK), "item_id": "a:b"},
        {**item(CHECK), "due": {"kind": "by_date", "date": True}},
        {**item(CHECK), "priority": 0},
    ],
)
async def test_a_malformed_item_is_no_refusal(client, body):
    assert (await post(client, "planner", "add-item", body)).status_code == 422


async def test_a_programme_shows_its_groups_with_their_items(
    service, journal, clock, journal_database
):
    clock.now = at(1, 3, 8)
    await register(journal, *(entry(unit) for unit in UNITS.values()))
    url = journal_database.of("planning_app")
    async with (
        open_views(url, service, journal) as views,
        open_client(service, journal, clock, rows=views.rows) as client,
    ):
        await issued(client)
        await post(client, "authority", "set-reporting-duty", DUTY)
        await pass_time(journal, service.at, clock, at(7, 2))
        await views.show()
        shown = (await client.get(PATH)).json()
        overdue = (await client.get("/work-items?state=overdue")).json()
        mine = (await client.get("/work-items?owner=soc-trang-vp-ubnd")).json()
        then = (await client.get(f"{PATH}?as_of=4")).json()
        drift = await views.drift()

    assert [group["number"] for group in shown["groups"]] == list(range(1, 14))
    assert shown["groups"][8]["items"][0]["item_id"] == "9.1"
    assert shown["groups"][8]["items"][0]["unrecognised"] == ["TS_lop1.000.00.00.H51"]
    assert shown["counts"] == {"items": 2, "open": 2, "overdue": 1, "done": 0}
    assert [r["state"] for r in shown["reports"]][:2] == ["overdue", "overdue"]
    assert [i["work_item_id"] for i in overdue["items"]] == ["CT-2019-ST:9.1"]
    assert [i["item_id"] for i in mine["items"]] == ["11.1"]
    assert set(drift.values()) <= {0}
    assert then["status"] == "draft"
