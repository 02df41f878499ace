"""Inspection over HTTP."""

from dataclasses import replace

import pytest

from services.chassis.access import ROLES
from services.chassis.testing.client import bearer
from services.inspection import api, domain
from tests.inspection.asking import (
    ASSESSMENT,
    CONCLUSION,
    FINDING,
    INSPECTION,
    METRIC,
    MINUTES,
    OF_IT,
    OFFICER,
    PHOTO,
    PRACTICE,
    RECOMMENDATION,
    REQUEST,
    ROUND,
    ask,
    begin,
    code,
)
from tests.inspection.examples import (
    ALL_SEEN,
    AT_THE_UNIT,
    CALENDAR,
    ENDED,
    PLANNED,
    QR,
    ROUND_OVER,
    ROUND_PLANNED,
    TAN_HOI,
)
from tests.inspection.moments import hanoi, settle

ROUND_OF_ONE = replace(ROUND_PLANNED, inspection_ids=("I-2023-HN-07",))


@pytest.mark.seed("2.3", "2.5", "2.6", "2.8", "2.10", "2.12", "2.13", "2.22")
async def test_an_inspection_goes_from_notice_to_conclusion(
    client, service, journal, now
):
    await begin(journal, INSPECTION, [PLANNED])
    await begin(journal, ROUND, [ROUND_OF_ONE, TAN_HOI])
    zero = {**METRIC, "numerator": 0}
    for role, path, body in (
        ("planner", f"{OF_IT}/notify-unit", {"outline": "Đề cương báo cáo"}),
        ("team-head", f"{OF_IT}/start-visit", {"site": "Bộ phận Một cửa"}),
        (
            "team-member",
            f"{OF_IT}/assess-content",
            {**ASSESSMENT, "strength": True, "evidence": [PHOTO]},
        ),
        ("team-member", f"{OF_IT}/record-metric", {**zero, "code": "OVERDUE_OPEN"}),
        ("team-member", f"{OF_IT}/record-metric", {**zero, "code": "LATE_TASKS"}),
        ("team-member", f"{OF_IT}/raise-finding", FINDING),
        ("team-member", f"{OF_IT}/raise-finding", {**FINDING, "finding_id": "F-07-9"}),
        (
            "team-head",
            f"{OF_IT}/withdraw-finding",
            {"finding_id": "F-07-9", "reason": "Ghi trùng"},
        ),
        (
            "team-member",
            f"{OF_IT}/assess-carried-over",
            {"item_ref": "KL-2022-07-2", "result": "RESOLVED"},
        ),
        (
            "team-head",
            f"{OF_IT}/refer-misconduct",
            {"to_authority": "hong-ngu", "reference": "CV-12/TKT"},
        ),
        ("team-head", f"{OF_IT}/complete-visit", {"points": ["Bộ phận Một cửa"]}),
        ("team-head", f"{OF_IT}/sign-minutes", MINUTES),
    ):
        answer = await ask(client, role, path, body)
        assert answer.is_success, answer.text
    await settle(service, journal)
    now.now = hanoi(5, 23, 17)
    assert (await ask(client, "team-head", "/rounds/R-2023-HN/end", {})).is_success
    await settle(service, journal)
    now.now = hanoi(6, 5)

    answer = await ask(client, "authority", f"{OF_IT}/issue-conclusion", CONCLUSION)

    stream = await journal.read(INSPECTION)
    assert answer.json() == {
        "id": "I-2023-HN-07",
        "version": len(stream),
        "position": stream[-1].position,
    }
    assert answer.headers["ETag"] == f'"{len(stream)}"'
    concluded = stream[-1].event
    assert concluded.findings == ("F-07-1",)
    assert (str(concluded.issued_on), str(concluded.due_on), concluded.late) == (
        "2023-06-05",
        "2023-06-13",
        False,
    )


@pytest.mark.seed("2.7", "2.20", "2.21", "2.23")
async def test_a_round_tells_its_practices_and_its_requests(client, journal):
    await begin(journal, ROUND, (*ALL_SEEN, ENDED))

    practice = await ask(client, "team-member", "/good-practices/GP-1/record", PRACTICE)
    requests = await ask(
        client,
        "team-head",
        "/rounds/R-2023-HN/issue-requests",
        {"requests": [REQUEST, {**REQUEST, "request_id": "RQ-2"}]},
    )

    assert practice.is_success
    assert requests.is_success
    [recorded] = await journal.read("practice-GP-1")
    assert recorded.event.inspection_ids == QR.inspection_ids


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("assess-content", {**ASSESSMENT, "mood": "vui"}),
        ("assess-content", {**ASSESSMENT, "rating": "SUPERB"}),
        ("raise-finding", {**FINDING, "kind": "CRIME"}),
        ("raise-finding", {**FINDING, "evidence": [{**PHOTO, "size": 3}]}),
        ("raise-finding", {**FINDING, "finding_id": "F 07/1"}),
        ("raise-finding", {**FINDING, "responsible": {"agency_id": "hn-an-loc"}}),
        ("withdraw-finding", {"finding_id": "F-07-1", "reason": "   "}),
        ("issue-conclusion", {**CONCLUSION, "issued_on": "hôm qua"}),
        (
            "issue-conclusion",
            {**CONCLUSION, "recommendations": [{**RECOMMENDATION, "due": {}}]},
        ),
    ],
)
async def test_what_is_malformed_reaches_no_rule(client, journal, verb, body):
    await begin(journal, INSPECTION, AT_THE_UNIT)

    answer = await ask(client, OFFICER.get(verb, "team-head"), f"{OF_IT}/{verb}", body)

    assert (answer.status_code, code(answer)) == (422, "malformed-request")


MAY = {
    "notify-unit": {"team-head", "planner"},
    "receive-report": {"unit-head", "team-head", "team-member"},
    "explain": {"unit-head"},
    "postpone": {"team-head", "planner", "authority"},
    "cancel": {"authority"},
    "transfer": {"authority"},
    "determine-accountability": {"authority", "team-head"},
    "report-difficulty": {"unit-head", "team-head", "team-member"},
    "answer-difficulty": {"authority"},
    "publish": {"planner", "authority"},
    "pin-checklist": {"planner", "team-head"},
    "pilot": {"team-head", "authority", "planner"},
    "propose": {"team-head", "authority"},
    "withdraw": {"team-head", "authority"},
    "refer-misconduct": {"team-head", "team-member", "authority"},
    "issue-conclusion": {"authority"},
    "end": {"team-head"},
    "issue-requests": {"team-head", "authority"},
}


@pytest.mark.parametrize("verb", api.verbs(CALENDAR, None), ids=lambda verb: verb.name)
def test_a_verb_is_for_its_officers_only(verb):
    assert verb.permit.roles == MAY.get(verb.name, {"team-head", "team-member"})


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"authority"}))
async def test_only_the_authority_concludes(client, journal, role):
    await begin(journal, INSPECTION, ROUND_OVER)

    answer = await ask(client, role, f"{OF_IT}/issue-conclusion", CONCLUSION)

    assert answer.status_code == 403
    assert len(await journal.read(INSPECTION)) == len(ROUND_OVER)


async def test_the_same_key_gives_the_same_answer(client, journal):
    await begin(journal, INSPECTION, AT_THE_UNIT)
    officer = bearer("dev:hong-ngu-noi-vu:team-head:p-01")
    key = {"Idempotency-Key": "b5a1c6f0-5f5b-4c69-9b7e-000000000001"}

    first, again = [
        await client.post(f"{OF_IT}/raise-finding", json=FINDING, headers=officer | key)
        for _ in range(2)
    ]

    assert first.json() == again.json()
    assert len(await journal.read(INSPECTION)) == len(AT_THE_UNIT) + 1


async def test_a_stale_version_is_refused(client, journal):
    await begin(journal, INSPECTION, AT_THE_UNIT)
    headers = bearer("dev:hong-ngu-noi-vu:team-head:p-01") | {"If-Match": '"1"'}

    answer = await client.post(f"{OF_IT}/raise-finding", json=FINDING, headers=headers)

    assert answer.status_code == 412


def test_no_refusal_is_without_a_status():
    assert set(api.REFUSALS) == {domain.InspectionRefused, domain.InspectionUnknown}
