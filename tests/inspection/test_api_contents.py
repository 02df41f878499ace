"""Checklists, ends of findings, difficulties and practices over HTTP."""

import pytest

from services.chassis.testing.client import bearer
from tests.inspection import examples_contents as it
from tests.inspection.asking import (
    CONCLUSION,
    FINDING,
    INSPECTION,
    OF_IT,
    PHOTO,
    PRACTICE,
    ROUND,
    ask,
    begin,
    code,
)
from tests.inspection.examples import ALL_SEEN, AT_THE_UNIT, PLANNED, QR, ROUND_OVER
from tests.inspection.moments import hanoi
from tests.inspection.test_handlers_contents import listed


def sheet(items=it.ITEMS, version=1):
    return {
        "version": version,
        "title": it.PUBLISHED.title,
        "items": [
            {
                **item,
                "legal_basis": [
                    {k: str(v) if v else None for k, v in basis.items()}
                    for basis in item["legal_basis"]
                ],
                "metric": item["metric"]
                and {k: str(v) if v else None for k, v in item["metric"].items()},
            }
            for item in listed(items)
        ],
    }


PIN = {"checklist_id": "PKT", "version": 1, "sha256": it.HASH}
ANSWER = {"item": "PROCEDURE_REVIEW", "question": "RESULT", "result": "NO"}


@pytest.mark.capability("C13")
async def test_a_visit_goes_by_the_version_that_it_began_with(client, journal):
    # T18, over HTTP: publish v2 during a v1 visit; answers validate against v1.
    await begin(journal, INSPECTION, [PLANNED])
    first = await ask(client, "planner", "/checklists/PKT/publish", sheet())
    again = await ask(client, "planner", "/checklists/PKT/publish", sheet())
    assert first.json()["version"] == again.json()["version"] == 1
    for role, path, body in (
        ("planner", f"{OF_IT}/pin-checklist", PIN),
        ("team-head", f"{OF_IT}/start-visit", {}),
        ("planner", "/checklists/PKT/publish", sheet(it.FEWER, version=2)),
        ("team-member", f"{OF_IT}/answer-item", ANSWER),
    ):
        answer = await ask(client, role, path, body)
        assert answer.is_success, answer.text

    unasked = {**ANSWER, "question": "NONE"}
    answer = await ask(client, "team-member", f"{OF_IT}/answer-item", unasked)
    assert (answer.status_code, code(answer)) == (409, "not-in-checklist")
    other = sheet(it.FEWER, version=1)
    answer = await ask(client, "planner", "/checklists/PKT/publish", other)
    assert (answer.status_code, code(answer)) == (409, "checklist-version-exists")
    later = {**PIN, "version": 2, "sha256": it.PUBLISHED_2.sha256}
    answer = await ask(client, "planner", f"{OF_IT}/pin-checklist", later)
    assert (answer.status_code, code(answer)) == (409, "visit-started")


@pytest.mark.seed("0.6", "1.11", "3.2")
@pytest.mark.capability("C14")
async def test_a_finding_is_told_with_its_cause_put_right_and_answered_for(
    client, journal
):
    await begin(journal, INSPECTION, AT_THE_UNIT)
    finding = {
        **FINDING,
        "cause": "Chưa theo dõi chỉ đạo",
        "cause_kind": "SUBJECTIVE",
        "proposed_measure": "Phân công công chức theo dõi",
        "responsible": {"head_ref": "p-71", "person_ref": "p-72", "roles": ["OTHER"]},
    }
    right = {"finding_id": "F-07-1", "how": "Đã cập nhật ngay", "evidence": [PHOTO]}
    head = {"finding_id": "F-07-1", "liability": "INDIRECT", "reason": "Ủy quyền"}
    for role, path, body in (
        ("team-member", f"{OF_IT}/raise-finding", finding),
        ("team-member", f"{OF_IT}/rectify-on-site", right),
        ("authority", f"{OF_IT}/determine-accountability", head),
    ):
        answer = await ask(client, role, path, body)
        assert answer.is_success, answer.text

    bare = {**right, "finding_id": "F-07-1", "evidence": [{"reference": "ảnh"}]}
    answer = await ask(client, "team-member", f"{OF_IT}/rectify-on-site", bare)
    assert code(answer) == "finding-rectified-otherwise"


@pytest.mark.seed("3.3")
@pytest.mark.capability("C18")
async def test_a_difficulty_is_answered_by_the_authority_that_was_asked(
    client, journal
):
    await begin(journal, INSPECTION, AT_THE_UNIT)
    named = {"difficulty_id": "VM-1", "text": "Thiếu máy quét", "addressee": "hong-ngu"}
    unit = bearer("dev:hn-tan-hoi:unit-head:p-71")
    told = await client.post(f"{OF_IT}/report-difficulty", json=named, headers=unit)
    assert told.is_success, told.text

    helped = {"difficulty_id": "VM-1", "text": "Trang bị trong quý III"}
    other = await ask(client, "authority", f"{OF_IT}/answer-difficulty", helped)
    above = bearer("dev:hong-ngu:authority:p-00")
    done = await client.post(f"{OF_IT}/answer-difficulty", json=helped, headers=above)

    assert (other.status_code, code(other)) == (409, "not-the-addressee")
    assert done.is_success, done.text


@pytest.mark.seed("3.4")
@pytest.mark.capability("C18")
async def test_a_conclusion_asks_upward_over_http(client, journal, now):
    await begin(journal, INSPECTION, ROUND_OVER)
    now.now = hanoi(6, 5)
    upward = {
        "recommendation_id": "KN-1",
        "addressee": "dong-thap",
        "text": "Sửa đổi nhiệm vụ",
    }
    body = {**CONCLUSION, "upward": [upward]}

    answer = await ask(client, "authority", f"{OF_IT}/issue-conclusion", body)

    assert answer.is_success, answer.text
    told = (await journal.read(INSPECTION))[-1].event
    assert [u.addressee for u in told.upward] == ["dong-thap"]
    assert told.authority == "hong-ngu-noi-vu"


@pytest.mark.seed("2.20", "1.4", "3.1")
@pytest.mark.capability("C16")
async def test_a_practice_is_recorded_tried_proposed_and_withdrawn(client, journal):
    await begin(journal, INSPECTION, AT_THE_UNIT)
    of_it = {"inspection_id": "I-2023-HN-07", "name": QR.name}
    pilot = {"where": ["hn-an-lac"], "from": "2023-06-01", "to": "2023-08-31"}
    for role, verb, body in (
        ("team-member", "record", of_it),
        ("authority", "pilot", pilot),
        ("team-head", "propose", {"scope": ["hn-an-loc"], "text": "Nhân rộng"}),
        ("authority", "withdraw", {"reason": "Đã có mô hình khác"}),
    ):
        answer = await ask(client, role, f"/good-practices/GP-1/{verb}", body)
        assert answer.is_success, answer.text

    answer = await ask(client, "authority", "/good-practices/GP-9/pilot", pilot)
    assert (answer.status_code, code(answer)) == (404, "unknown-practice")


async def test_a_practice_of_a_round_and_of_an_inspection_is_malformed(client, journal):
    await begin(journal, ROUND, ALL_SEEN)
    both = {**PRACTICE, "inspection_id": "I-2023-HN-07"}

    answer = await ask(client, "team-head", "/good-practices/GP-1/record", both)

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "changed",
    [
        {"version": 0},
        {"items": [{"code": "", "title": "x"}]},
        {"items": [{"code": "A", "title": "A", "metric": {"code": "X"}}]},
        {
            "items": [
                {"code": "A", "title": "A", "metric": {"code": "X", "target": "-1"}}
            ]
        },
    ],
)
async def test_a_malformed_checklist_reaches_no_rule(client, changed):
    body = {**sheet(), **changed}

    answer = await ask(client, "planner", "/checklists/PKT/publish", body)

    assert answer.status_code == 422
