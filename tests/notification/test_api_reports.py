"""Periodic reports over HTTP: counted from what was heard, in a real database."""

from datetime import datetime, timedelta

import pytest

from contracts import inspection, planning, remediation
from services.chassis.context import HANOI, acting
from services.chassis.running import Ports
from services.chassis.testing.client import bearer, open_client
from services.chassis.testing.views import open_views
from services.notification.app import build
from tests.notification.examples import heard
from tests.notification.report_examples import (
    EVERYBODY,
    ITEM_OVERDUE,
    ITEM_URGED,
    VAN_PHONG,
)
from tests.remediation.examples import CALENDAR

MONITOR = bearer("dev:soc-trang-vp-ubnd:monitor:p-01")
OTHER = bearer("dev:soc-trang-so-tu-phap:monitor:p-02")
SHA = "b" * 64
QUARTER = {
    "programme_id": "CT-2019-ST",
    "period": "QUARTER",
    "start": "2018-12-15",
    "end": "2019-03-14",
}
NUMBER = {"document_number": "25/BC-VP"}
PROGRAMME = planning.WorkProgrammeIssued(
    programme_id="CT-2019-ST",
    document_number="01/KH-UBND",
    issued_on="2019-01-03",
    title="Kế hoạch năm 2019",
    year=2019,
    issuer="soc-trang",
    monitor_agency="soc-trang-vp-ubnd",
    groups=(),
    items=1,
)


def plan(plan_id, work_item_id=None):
    return planning.PlanIssued(
        plan_id=plan_id,
        document_number="40/KH-UBND",
        issued_on="2019-03-01",
        year=2019,
        issuer="soc-trang",
        level="PROVINCE",
        programmes=("TTHC_CONTROL",),
        lead_agency="soc-trang-vp-ubnd",
        quotas=(),
        targets=(),
        content_items=("ONE_STOP",),
        work_item_id=work_item_id,
    )


def started(inspection_id, plan_id, basis="PLANNED"):
    return inspection.VisitStarted(
        inspection_id=inspection_id,
        plan_id=plan_id,
        agency_id="soc-trang-so-tu-phap",
        basis=basis,
        started_at=datetime(2019, 3, 5, 8, tzinfo=HANOI),
    )


def finding(inspection_id, finding_id, kind="LIMITATION", item="ONE_STOP"):
    return inspection.FindingRaised(
        inspection_id=inspection_id,
        finding_id=finding_id,
        agency_id="soc-trang-so-tu-phap",
        item=item,
        kind=kind,
        description="Chưa niêm yết",
        legal_basis=("NĐ 61/2018",),
        evidence=(inspection.Evidence(reference="e", sha256=SHA),),
        responsible=inspection.Responsible(agency_id="soc-trang-so-tu-phap"),
        raised_on="2019-03-05",
    )


def closed(inspection_id, *, late):
    return remediation.RemediationClosed(
        case_id="RC-1",
        inspection_id=inspection_id,
        agency_id="soc-trang-so-tu-phap",
        closed_on="2019-03-14",
        late=late,
    )


def signal(agency_id):
    return planning.SignalReceived(
        signal_id=f"S-{agency_id}",
        source="PETITION",
        received_on="2019-02-01",
        topic="Chậm trả kết quả",
        agency_id=agency_id,
    )


FEBRUARY = datetime(2019, 2, 1, 9, tzinfo=HANOI)
CUT_OFF = datetime(2019, 3, 15, tzinfo=HANOI)
LAST_MOMENT = CUT_OFF - timedelta(seconds=1)


@pytest.fixture
async def told(databases, journal, clock):
    clock.now = datetime(2019, 3, 18, 9, tzinfo=HANOI)
    with databases.clone("notification") as urls:
        url = urls.of("notification_app")
        bare = build(Ports(journal=journal, rows=None, calendar=CALENDAR))
        async with open_views(url, bare, journal) as views:
            ports = Ports(journal=journal, rows=views.rows, calendar=CALENDAR)
            async with open_client(
                build(ports), journal, clock, rows=views.rows
            ) as client:
                for agency in EVERYBODY:
                    await views.hear(agency, agency.agency_id)
                yield client, views


async def hear(views, *events, at=FEBRUARY):
    for event in events:
        with acting(heard(at)):
            await views.hear(event, "k")
    await views.show()


async def compiled(client, report_id="BC-1", officer=MONITOR, **asked):
    path = f"/reports/{report_id}/compile"
    answer = await client.post(path, json={**QUARTER, **asked}, headers=officer)
    assert answer.is_success, answer.text
    return answer


@pytest.mark.seed("4.12")
@pytest.mark.capability("C21")
async def test_a_report_counts_the_work_and_the_plans_of_a_programme(told):
    client, views = told
    await hear(
        views,
        PROGRAMME,
        plan("KH-1", "CT-2019-ST:11.1"),
        started("I-1", "KH-1"),
        started("I-2", "KH-1", "UNANNOUNCED"),
        finding("I-1", "F-1"),
        finding("I-2", "F-2", "ERROR", "PUBLICATION"),
        closed("I-1", late=True),
        ITEM_OVERDUE,
        ITEM_URGED,
    )
    await compiled(client)
    await views.show()
    shown = (await client.get("/reports/BC-1")).json()

    numbers = {name: n for name, n in shown["numbers"].items() if n}
    assert numbers == {
        "plans_issued": 1,
        "visits_started": 2,
        "unannounced_visits": 1,
        "findings_raised": 2,
        "cases_closed": 1,
        "cases_closed_late": 1,
        "work_items_overdue": 1,
        "work_items_urged": 1,
    }
    assert shown["by_kind"] == {"ERROR": 1, "LIMITATION": 1}
    assert shown["by_item"] == {"ONE_STOP": 1, "PUBLICATION": 1}
    assert shown["recipient_id"] == "soc-trang"


async def test_what_is_of_another_plan_or_programme_is_not_counted(told):
    client, views = told
    other = ITEM_OVERDUE.model_copy(update={"programme_id": "CT-2019-X"})
    await hear(
        views, PROGRAMME, plan("KH-2"), started("I-9", "KH-2"), finding("I-9", "F-9")
    )
    await hear(views, other)
    await compiled(client)
    await compiled(client, "BC-2", programme_id=None, plan_id="KH-2")
    await views.show()
    programme = (await client.get("/reports/BC-1")).json()["numbers"]
    alone = (await client.get("/reports/BC-2")).json()["numbers"]

    assert set(programme.values()) == {0}
    assert (alone["plans_issued"], alone["findings_raised"]) == (1, 1)


async def test_the_cut_off_is_midnight_in_ha_noi_after_the_last_day(told):
    client, views = told
    await hear(views, PROGRAMME, plan("KH-1", "CT-2019-ST:11.1"))
    await hear(views, started("I-1", "KH-1"), at=LAST_MOMENT)
    await hear(views, started("I-2", "KH-1"), at=CUT_OFF)
    await compiled(client)
    await views.show()

    numbers = (await client.get("/reports/BC-1")).json()["numbers"]
    assert numbers["visits_started"] == 1


async def test_signals_are_counted_below_the_agency_that_issued(told):
    client, views = told
    below = VAN_PHONG.model_copy(
        update={"agency_id": "phong", "parent_id": "soc-trang-vp-ubnd"}
    )
    await views.hear(below, "phong")
    await hear(views, PROGRAMME, signal("phong"), signal("dong-thap"))
    await compiled(client)
    await views.show()

    numbers = (await client.get("/reports/BC-1")).json()["numbers"]
    assert numbers["signals_received"] == 1


@pytest.mark.seed("4.12")
async def test_a_compiled_report_is_submitted_and_listed(told):
    client, views = told
    await hear(views, PROGRAMME)
    await compiled(client)
    path = "/reports/BC-1/submit"
    refused = await client.post(path, json=NUMBER, headers=OTHER)
    answer = await client.post(path, json=NUMBER, headers=MONITOR)
    await views.show()
    listed = (await client.get("/reports?state=submitted")).json()["items"]
    drift = await views.drift()

    assert refused.json()["type"] == "/problems/not-your-report"
    assert answer.is_success
    assert [row["document_number"] for row in listed] == ["25/BC-VP"]
    assert set(drift.values()) <= {0}


async def test_a_report_about_what_nobody_told_of_is_refused(told):
    client, _ = told
    answer = await client.post("/reports/BC-1/compile", json=QUARTER, headers=MONITOR)

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/report-about-unknown"


@pytest.mark.parametrize(
    "change",
    [{"plan_id": "KH-1"}, {"programme_id": None}, {"period": "CENTURY"}],
)
async def test_a_malformed_report_is_no_refusal(told, change):
    client, _ = told
    body = {**QUARTER, **change}
    answer = await client.post("/reports/BC-1/compile", json=body, headers=MONITOR)

    assert answer.status_code == 422


@pytest.mark.parametrize("verb", ["compile", "submit"])
async def test_who_may_not_report_is_told_so(told, verb):
    client, _ = told
    body = QUARTER if verb == "compile" else NUMBER
    unit = bearer("dev:soc-trang-so-tu-phap:unit-head:p-01")

    answer = await client.post(f"/reports/BC-1/{verb}", json=body, headers=unit)
    assert answer.status_code == 403
