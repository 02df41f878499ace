"""Inspection over HTTP."""

from dataclasses import replace

import pytest

from services.chassis.access import ROLES
from services.chassis.journal import Append
from services.chassis.running import Ports
from services.chassis.testing import FrozenClock
from services.chassis.testing.client import NoRows, bearer, open_client
from services.inspection import api, app, domain
from tests.inspection.examples import (
    ALL_SEEN,
    ASSESSED,
    AT_THE_UNIT,
    CALENDAR,
    CONCLUDED,
    ENDED,
    FILE,
    NOTIFIED,
    PLANNED,
    QR,
    RAISED,
    ROUND_OVER,
    ROUND_PLANNED,
    SIGNED,
    TAN_HOI,
    UNANNOUNCED,
    VISITED,
)
from tests.inspection.moments import at, hanoi, settle

INSPECTION = "inspection-I-2023-HN-07"
ROUND = "round-R-2023-HN"
OF_IT = "/inspections/I-2023-HN-07"
PHOTO = {"reference": "anh-01", "sha256": FILE}
FINDING = {
    "finding_id": "F-07-1",
    "item": "PROCEDURE_REVIEW",
    "kind": "LIMITATION",
    "description": "Chưa cập nhật Kế hoạch rà soát, đánh giá TTHC năm 2023",
    "legal_basis": ["NĐ 63/2010/NĐ-CP, Đ. 35a.2.d"],
    "evidence": [PHOTO],
}
ASSESSMENT = {"item": "DIRECTION", "rating": "GOOD"}
METRIC = {"code": "ONLINE", "numerator": 412, "source_system": "mot-cua"}
MINUTES = {"document_number": "07/BB-TKT", "sha256": FILE}
RECOMMENDATION = {
    "recommendation_id": "RC-07",
    "finding_ids": ["F-07-1"],
    "text": "Khẩn trương khắc phục",
    "due": {"kind": "DEFAULT"},
}
CONCLUSION = {
    "document_number": "67/TB-UBND",
    "issued_on": "2023-06-05",
    "recommendations": [RECOMMENDATION],
}
PRACTICE = {
    "round_id": "R-2023-HN",
    "name": "Niêm yết thủ tục hành chính bằng mã QR",
    "adopters": ["hn-binh-thanh", "hn-tan-hoi"],
}
ROUND_OF_ONE = replace(ROUND_PLANNED, inspection_ids=("I-2023-HN-07",))
REQUEST = {"request_id": "RQ-1", "kind": "STANDING_DUTY", "text": "Tự kiểm tra"}


@pytest.fixture
def now():
    return FrozenClock(hanoi(5, 22))


@pytest.fixture
def service(journal):
    return app.build(Ports(journal=journal, rows=NoRows(), calendar=CALENDAR))


@pytest.fixture
async def client(service, journal, now):
    async with open_client(service, journal, now) as it:
        yield it


async def begin(journal, stream, history):
    if history:
        with at(hanoi(4, 1), stream):
            await journal.append(Append(stream=stream, expected=0, events=history))


async def ask(client, role, path, body):
    officer = bearer(f"dev:hong-ngu-noi-vu:{role}:p-01")
    return await client.post(path, json=body, headers=officer)


def code(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()["type"].removeprefix("/problems/")


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


REFUSED = [
    ("unknown-inspection", (), "start-visit", {}),
    ("unannounced-not-notified", (UNANNOUNCED,), "notify-unit", {}),
    ("unit-notified-otherwise", (PLANNED, NOTIFIED), "notify-unit", {}),
    ("visit-started", (PLANNED, AT_THE_UNIT[-1]), "notify-unit", {}),
    ("visit-started-otherwise", AT_THE_UNIT, "start-visit", {"site": "Hội trường"}),
    ("visit-not-started", (PLANNED,), "assess-content", ASSESSMENT),
    (
        "item-not-in-plan",
        AT_THE_UNIT,
        "assess-content",
        {**ASSESSMENT, "item": "TRAINING"},
    ),
    (
        "evidence-without-hash",
        AT_THE_UNIT,
        "assess-content",
        {**ASSESSMENT, "evidence": [{"reference": "anh-01"}]},
    ),
    ("visit-completed", VISITED, "record-metric", METRIC),
    (
        "numerator-above-denominator",
        AT_THE_UNIT,
        "record-metric",
        {**METRIC, "denominator": 411},
    ),
    ("metric-negative", AT_THE_UNIT, "record-metric", {**METRIC, "numerator": -1}),
    (
        "finding-without-evidence",
        AT_THE_UNIT,
        "raise-finding",
        {**FINDING, "evidence": []},
    ),
    (
        "finding-without-basis",
        AT_THE_UNIT,
        "raise-finding",
        {**FINDING, "legal_basis": []},
    ),
    (
        "evidence-without-hash",
        AT_THE_UNIT,
        "raise-finding",
        {**FINDING, "evidence": [{**PHOTO, "sha256": "abc"}]},
    ),
    ("finding-raised-otherwise", (*AT_THE_UNIT, RAISED), "raise-finding", FINDING),
    (
        "unknown-finding",
        AT_THE_UNIT,
        "withdraw-finding",
        {"finding_id": "F-9", "reason": "Nhầm"},
    ),
    ("nothing-assessed", AT_THE_UNIT, "complete-visit", {}),
    ("visit-not-completed", (*AT_THE_UNIT, ASSESSED), "sign-minutes", MINUTES),
    (
        "minutes-exist",
        (*VISITED, SIGNED),
        "refuse-minutes",
        {"document_number": "08/BB", "reason": "Không đồng ý", "witness_ref": "p-05"},
    ),
    ("conclusion-without-minutes", VISITED, "issue-conclusion", CONCLUSION),
    ("round-not-ended", (*VISITED, SIGNED), "issue-conclusion", CONCLUSION),
    (
        "finding-unanswered",
        ROUND_OVER,
        "issue-conclusion",
        {**CONCLUSION, "recommendations": []},
    ),
    (
        "unknown-finding",
        ROUND_OVER,
        "issue-conclusion",
        {**CONCLUSION, "no_action": [{"finding_id": "F-9", "reason": "Không rõ"}]},
    ),
    (
        "due-rule-incomplete",
        ROUND_OVER,
        "issue-conclusion",
        {
            **CONCLUSION,
            "recommendations": [{**RECOMMENDATION, "due": {"kind": "BY_DATE"}}],
        },
    ),
    (
        "already-concluded",
        (*ROUND_OVER, CONCLUDED),
        "issue-conclusion",
        {**CONCLUSION, "document_number": "68/TB-UBND"},
    ),
]
OFFICER = {"issue-conclusion": "authority"}


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[2]} {case[0]}")
async def test_a_refusal_is_a_problem_that_names_the_rule(client, journal, case):
    refusal, history, verb, body = case
    await begin(journal, INSPECTION, history)

    answer = await ask(client, OFFICER.get(verb, "team-head"), f"{OF_IT}/{verb}", body)

    assert code(answer) == refusal
    assert answer.status_code == (404 if refusal == "unknown-inspection" else 409)
    assert len(await journal.read(INSPECTION)) == len(history)


async def test_a_visit_before_the_window_is_refused(client, journal, now):
    await begin(journal, INSPECTION, [PLANNED])
    now.now = hanoi(5, 8)

    answer = await ask(client, "team-head", f"{OF_IT}/start-visit", {})

    assert code(answer) == "visit-before-window"


REFUSED_OF_A_ROUND = [
    ("unknown-round", (), "/rounds/R-2023-HN/end", {}),
    (
        "round-before-window",
        ALL_SEEN,
        "/rounds/R-2023-HN/end",
        {"ended_on": "2023-05-08"},
    ),
    ("visit-outstanding", [ROUND_PLANNED], "/rounds/R-2023-HN/end", {}),
    (
        "round-ended-otherwise",
        (*ALL_SEEN, ENDED),
        "/rounds/R-2023-HN/end",
        {"ended_on": "2023-05-24"},
    ),
    (
        "round-not-ended",
        ALL_SEEN,
        "/rounds/R-2023-HN/issue-requests",
        {"requests": [REQUEST]},
    ),
    (
        "practice-without-adopter",
        ALL_SEEN,
        "/good-practices/GP-1/record",
        {**PRACTICE, "adopters": []},
    ),
    ("unknown-round", (), "/good-practices/GP-1/record", PRACTICE),
]


@pytest.mark.parametrize("case", REFUSED_OF_A_ROUND, ids=lambda case: case[0])
async def test_a_refusal_of_a_round_is_a_problem_too(client, journal, case):
    refusal, history, path, body = case
    await begin(journal, ROUND, history)

    answer = await ask(client, "team-head", path, body)

    assert code(answer) == refusal
    assert answer.status_code == (404 if refusal == "unknown-round" else 409)


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
    "refer-misconduct": {"team-head", "team-member", "authority"},
    "issue-conclusion": {"authority"},
    "end": {"team-head"},
    "issue-requests": {"team-head", "authority"},
}


@pytest.mark.parametrize("verb", api.VERBS, ids=lambda verb: verb.name)
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
