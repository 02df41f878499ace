"""Every rule's no, over HTTP: a problem that names the rule."""

import pytest

from services.chassis.testing.client import bearer
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
    ASSESSED,
    AT_THE_UNIT,
    CONCLUDED,
    ENDED,
    NOTIFIED,
    PLANNED,
    RAISED,
    ROUND_OVER,
    ROUND_PLANNED,
    SIGNED,
    VISITED,
)
from tests.inspection.examples_course import ORDERED
from tests.inspection.moments import hanoi

WITHDRAWAL = {"finding_id": "F-07-1", "reason": "Trùng"}
OPEN_ITEM = {"item_ref": "KT-2022-07", "result": "RESOLVED"}
REFUSAL = {"document_number": "07/BB-TKT", "reason": "Vắng", "witness_ref": "p-02"}
REFUSED = [
    ("unknown-inspection", (), "start-visit", {}),
    ("unannounced-not-notified", (ORDERED,), "notify-unit", {}),
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
        "conclusion-in-future",
        ROUND_OVER,
        "issue-conclusion",
        {**CONCLUSION, "issued_on": "2023-06-06"},
    ),
    (
        "already-concluded",
        (*ROUND_OVER, CONCLUDED),
        "issue-conclusion",
        {**CONCLUSION, "document_number": "68/TB-UBND"},
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[2]} {case[0]}")
async def test_a_refusal_is_a_problem_that_names_the_rule(client, journal, now, case):
    refusal, history, verb, body = case
    now.now = hanoi(6, 5)
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
    (
        "round-ends-in-future",
        ALL_SEEN,
        "/rounds/R-2023-HN/end",
        {"ended_on": "2023-05-24"},
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


@pytest.mark.parametrize(
    ("role", "verb", "history", "body"),
    [
        ("team-head", "start-visit", (PLANNED,), {}),
        ("team-member", "assess-content", AT_THE_UNIT, ASSESSMENT),
        ("team-member", "record-metric", AT_THE_UNIT, METRIC),
        ("team-head", "raise-finding", AT_THE_UNIT, FINDING),
        ("team-head", "withdraw-finding", (*AT_THE_UNIT, RAISED), WITHDRAWAL),
        ("team-head", "assess-carried-over", AT_THE_UNIT, OPEN_ITEM),
        ("team-head", "complete-visit", (*AT_THE_UNIT, ASSESSED), {}),
        ("team-head", "sign-minutes", VISITED, MINUTES),
        ("team-head", "refuse-minutes", VISITED, REFUSAL),
        ("authority", "issue-conclusion", VISITED, CONCLUSION),
    ],
)
async def test_nobody_inspects_their_own_agency(  # noqa: PLR0913, PLR0917 - a row
    client, journal, role, verb, history, body
):
    await begin(journal, INSPECTION, history)

    officer = bearer(f"dev:{PLANNED.terms.agency_id}:{role}:p-71")
    answer = await client.post(f"{OF_IT}/{verb}", json=body, headers=officer)

    assert (answer.status_code, code(answer)) == (409, "officer-inspects-own-agency")
