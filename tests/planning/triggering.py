"""Signals, proposals and orders over HTTP: who asks, with which bodies."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid5

from contracts.inspection import (
    ConclusionIssued,
    VisitStarted,
)
from services.chassis.context import acting
from services.chassis.testing.client import bearer
from services.planning.subscriptions import ON, OWN
from tests.planning.examples import AN_LOC, HONG_NGU
from tests.planning.reacting import react

VP, AUTHORITY = "dev:dong-thap-vp-ubnd:monitor:p-1", "dev:dong-thap:authority:p-2"


UNIT_HEAD, PLANNER = "dev:hn-an-loc:unit-head:p-3", "dev:hn-an-loc:planner:p-4"


OTHER, TEAM = "dev:hong-ngu:authority:p-5", "dev:hong-ngu-noi-vu:team-head:p-6"


AUDITOR = "dev:ha-noi:auditor:p-7"


OUTSIDE = [UNIT_HEAD, PLANNER, OTHER]


SIGNAL = {
    "source": "PETITION",
    "external_id": "DT-1",
    "topic": "Chậm trả kết quả",
    "agency_id": "hn-an-loc",
    "received_on": "2023-05-04",
    "nature": "CONDUCT",
}


ORDER = {
    "plan_id": "KH-2023-HN",
    "agency_id": "hn-an-loc",
    "window": {"start": "2023-06-21", "end": "2023-06-23"},
    "team_id": "T-2023-HN",
    "order_number": "812/QĐ-UBND",
    "reason": "Phản ánh chậm trả kết quả",
    "proposal_id": "cluster-hn-an-loc-1",
}


INSPECT = {"decision": "INSPECT", "reason": "Có căn cứ"}


OFFICE = replace(
    HONG_NGU,
    agency_id="dong-thap-vp-ubnd",
    kind="DEPARTMENT",
    name="Văn phòng UBND tỉnh",
    identifiers=(),
)


SECRETS = [
    "/signals/S-1",
    "/signals/S-1/history",
    "/signals/S-1?as_of=99",
    "/proposals/cluster-hn-an-loc-1",
    "/proposals/cluster-hn-an-loc-1/history",
    "/orders/I-DX-1",
    "/orders/I-DX-1/history",
    "/orders/I-DX-1?as_of=99",
]


LISTS = ["/signals", "/signals?agency_id=hn-an-loc", "/proposals", "/orders"]


async def post(client, token, path, body):
    return await client.post(path, json=body, headers=bearer(token))


async def done(client, token, path, body):
    answer = await post(client, token, path, body)
    assert answer.is_success, answer.text
    return answer


def code(answer):
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


async def receive_three(client, journal):
    for n, day in enumerate(("2023-05-04", "2023-05-20", "2023-06-15"), start=1):
        body = SIGNAL | {"external_id": f"DT-{n}", "received_on": day}
        await done(client, VP, f"/signals/S-{n}/receive", body)
    await react(journal, OWN)


async def order(client, journal):
    await receive_three(client, journal)
    await done(client, AUTHORITY, "/proposals/cluster-hn-an-loc-1/decide", INSPECT)
    return await done(client, AUTHORITY, "/orders/I-DX-1/order", ORDER)


async def events_of(journal, stream):
    return [type(r.event).__name__ for r in await journal.read(stream)]


def started():
    return VisitStarted(
        inspection_id="I-DX-1",
        plan_id="KH-2023-HN",
        agency_id="hn-an-loc",
        basis="UNANNOUNCED",
        started_at=datetime(2023, 6, 20, 18, 0, tzinfo=UTC),
    )


def concluded():
    return ConclusionIssued(
        inspection_id="I-DX-1",
        plan_id="KH-2023-HN",
        agency_id="hn-an-loc",
        agency_name=AN_LOC.name,
        document_number="99/TB",
        issued_on="2023-07-10",
        due_on="2023-07-14",
        findings=(),
        recommendations=(),
        basis="UNANNOUNCED",
    )


async def hear(journal, event):
    first, *_ = await journal.read("order-I-DX-1")
    heard = replace(first.context, command_id=uuid5(first.id, event.TYPE))
    with acting(heard.from_the_start()):
        await ON[type(event)](event, journal)


async def get(client, token, path):
    return await client.get(path, headers=bearer(token))


async def seen(client, token):
    """Return the status of each secret, and how many each list shows."""
    found = [str((await get(client, token, path)).status_code) for path in SECRETS]
    lists = [len((await get(client, token, path)).json()["items"]) for path in LISTS]
    return found, lists
