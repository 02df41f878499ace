"""Remediation over HTTP."""

import pytest

from services.chassis.context import acting
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows, bearer, open_client
from services.remediation.app import build
from tests.remediation.examples import CALENDAR, CONCLUSION, acted, hanoi

UNIT = bearer("dev:hn-tan-hoi:unit-head:p-01")
OTHER = bearer("dev:hn-an-loc:unit-head:p-01")
MONITOR = bearer("dev:hong-ngu-noi-vu:monitor:p-01")
AUTHORITY = bearer("dev:hong-ngu:authority:p-01")
REPORT = "/cases/RC-07/report-remediation"
DONE = {"summary": "Đã cập nhật kế hoạch rà soát"}
EXTENSION = {
    "requested_on": "2023-06-20",
    "reason": "Phần mềm đang nâng cấp",
    "due": {"kind": "DAYS", "n": 10, "unit": "working"},
}


@pytest.fixture
async def client(journal, clock):
    clock.now = hanoi(2023, 6, 20, 9)
    service = build(Ports(journal=journal, rows=NoRows(), calendar=CALENDAR))
    with acting(acted(hanoi(2023, 6, 5, 10))):
        await service.on[type(CONCLUSION)](CONCLUSION, journal)
    async with open_client(service, journal, clock) as it:
        yield it


def problem(answer):
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


async def test_a_case_from_report_to_verified(client):
    reported = await client.post(REPORT, json=DONE, headers=UNIT)
    verified = await client.post("/cases/RC-07/verify", headers=MONITOR)

    assert reported.json() == {"id": "RC-07", "version": 2, "position": 3}
    assert verified.json() == {"id": "RC-07", "version": 4, "position": 5}
    assert verified.headers["ETag"] == '"4"'


async def test_another_units_head_is_refused(client):
    answer = await client.post(REPORT, json=DONE, headers=OTHER)

    assert problem(answer) == (409, "not-your-case")


async def test_the_units_own_report_does_not_close(client):
    await client.post(REPORT, json=DONE, headers=UNIT)

    answer = await client.post("/cases/RC-07/close", headers=UNIT)

    assert problem(answer) == (409, "closed-only-by-verification")


async def test_a_rejected_report_can_be_given_again(client):
    await client.post(REPORT, json=DONE, headers=UNIT)
    await client.post("/cases/RC-07/reject", json={"reason": "Thiếu"}, headers=MONITOR)

    answer = await client.post(REPORT, json=DONE, headers=UNIT)

    assert answer.json()["version"] == 4


async def test_an_extension_is_the_authoritys(client):
    path = "/cases/RC-07/extend-deadline"

    assert (await client.post(path, json=EXTENSION, headers=MONITOR)).status_code == 403
    assert (
        await client.post(path, json=EXTENSION, headers=AUTHORITY)
    ).status_code == 200


@pytest.mark.parametrize(
    ("due", "code"),
    [
        ({"kind": "DAYS"}, "due-rule-incomplete"),
        ({"kind": "NONE"}, "due-rule-incomplete"),
        ({"kind": "BY_DATE", "on": "2023-06-30"}, "extension-not-later"),
        ({"kind": "BY_DATE", "on": "9999-12-31"}, "date-out-of-range"),
    ],
)
async def test_an_extension_without_a_later_date_is_refused(client, due, code):
    answer = await client.post(
        "/cases/RC-07/extend-deadline",
        json={**EXTENSION, "due": due},
        headers=AUTHORITY,
    )

    assert problem(answer) == (409, code)


@pytest.mark.parametrize(
    "body", [{}, {"summary": ""}, {**DONE, "reported_on": "2023-01-01"}]
)
async def test_a_malformed_report_is_not_taken(client, body):
    answer = await client.post(REPORT, json=body, headers=UNIT)

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("verb", "headers"),
    [
        ("report-remediation", MONITOR),
        ("verify", UNIT),
        ("reject", UNIT),
        ("close", bearer("dev:hong-ngu:auditor:p-01")),
        ("extend-deadline", UNIT),
    ],
)
async def test_each_verb_is_for_its_roles(client, verb, headers):
    body = {
        "report-remediation": DONE,
        "reject": {"reason": "Thiếu"},
        "extend-deadline": EXTENSION,
    }
    answer = await client.post(
        f"/cases/RC-07/{verb}", json=body.get(verb, {}), headers=headers
    )

    assert answer.status_code == 403


async def test_the_same_key_is_answered_the_same_and_done_once(client, journal):
    key = {**UNIT, "Idempotency-Key": "k-1"}

    first = await client.post(REPORT, json=DONE, headers=key)
    again = await client.post(REPORT, json=DONE, headers=key)

    assert first.json() == again.json()
    assert len(await journal.read("case-RC-07")) == 2


async def test_a_refused_command_leaves_what_fell_due_to_its_timer(
    client, journal, clock
):
    clock.now = hanoi(2023, 7, 10, 9)

    answer = await client.post("/cases/RC-07/verify", headers=MONITOR)

    assert problem(answer) == (409, "not-reported")
    assert len(await journal.read("case-RC-07")) == 1
    assert await journal.due(clock.now, 9) != []


@pytest.mark.parametrize(
    ("verb", "body", "officer"),
    [
        ("report-remediation", DONE, UNIT),
        ("verify", {}, MONITOR),
        ("reject", {"reason": "Chưa đạt"}, MONITOR),
        ("close", {}, MONITOR),
        ("extend-deadline", EXTENSION, AUTHORITY),
    ],
)
async def test_a_case_that_nobody_opened_is_not_found(client, verb, body, officer):
    answer = await client.post(f"/cases/RC-99/{verb}", json=body, headers=officer)

    assert problem(answer) == (404, "unknown-case")
