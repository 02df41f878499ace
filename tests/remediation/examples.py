"""Cases of TP Hồng Ngự, as the conclusions of June 2023 opened them."""

from dataclasses import replace
from datetime import date, datetime

from contracts import inspection as heard
from services.chassis.access import Principal
from services.chassis.calendar import official
from services.chassis.context import Context
from services.remediation import domain
from tests.conftest import STORY

CALENDAR = official()
ISSUED_ON = date(2023, 6, 5)
POLICY = domain.Policy(superior_id="hong-ngu")
DEFAULT = domain.DueRule(kind="DEFAULT")
SEPTEMBER = domain.DueRule(kind="END_OF_MONTH", year=2023, month=9)
NAMED = {
    "case_id": "RC-08",
    "inspection_id": "I-2023-HN-07",
    "agency_id": "hn-tan-hoi",
}
ASKED = {
    **NAMED,
    "plan_id": "KH-2023-HN",
    "finding_ids": ("F-07-2",),
    "agency_name": "UBND xã Tân Hội",
    "text": "Hoàn thành số hóa kết quả giải quyết TTHC trong tháng 9 năm 2023",
    "issued_on": ISSUED_ON,
    "policy": POLICY,
}
TOLD = {**NAMED, "agency_name": ASKED["agency_name"], "text": ASKED["text"]}


def terms(rule, start=ISSUED_ON, known_on=ISSUED_ON):
    return domain.settle(
        rule, POLICY, start=start, known_on=known_on, calendar=CALENDAR
    )


def hanoi(*moment):
    return datetime(*moment, tzinfo=domain.HANOI)


T_DEFAULT, T_SEPTEMBER = terms(DEFAULT), terms(SEPTEMBER)
ISSUED = domain.RecommendationIssued(
    **ASKED, terms=T_DEFAULT, rungs=domain.ladder(T_DEFAULT)
)
DIGITISE = domain.RecommendationIssued(
    **ASKED, terms=T_SEPTEMBER, rungs=domain.ladder(T_SEPTEMBER)
)
REMINDED = domain.RemediationReminded(**TOLD, terms=T_DEFAULT)
OVERDUE = domain.RemediationOverdue(
    **TOLD, finding_ids=("F-07-2",), terms=T_DEFAULT, days_overdue=0
)
ESCALATED = domain.RemediationEscalated(
    **TOLD, superior_id="hong-ngu", terms=T_DEFAULT, level=1
)
REPORTED = domain.RemediationReported(
    **NAMED, reported_on=date(2023, 6, 30), summary="Đã cập nhật kế hoạch rà soát"
)
REPORTED_LATE = replace(REPORTED, reported_on=date(2023, 7, 10))
VERIFIED = domain.RemediationVerified(
    **NAMED, verified_on=date(2023, 7, 12), verifier_agency="hong-ngu-noi-vu"
)
CLOSED = domain.RemediationClosed(**NAMED, closed_on=date(2023, 7, 12), late=False)
LATE = replace(CLOSED, late=True)

DUTY = domain.StandingDutyRecorded(
    duty_id="RQ-2",
    round_id="R-2023-HN",
    plan_id="KH-2023-HN",
    addressees=("hn-an-loc", "hn-tan-hoi"),
    text="Thường xuyên tự kiểm tra, giám sát việc giải quyết TTHC",
    recorded_on=ISSUED_ON,
)
REPLICATION = domain.ReplicationDirected(
    directive_id="RQ-1",
    practice_id="GP-1",
    round_id="R-2023-HN",
    plan_id="KH-2023-HN",
    scope=("hn-an-loc", "hn-tan-hoi"),
    text="Triển khai thí điểm, nhân rộng các mô hình",
    directed_on=ISSUED_ON,
)
OPEN = domain.OpenRecommendationIssued(
    recommendation_id="RQ-4",
    round_id="R-2023-HN",
    plan_id="KH-2023-HN",
    addressees=("hn-an-loc", "hn-tan-hoi"),
    text="Đẩy mạnh tuyên truyền dịch vụ công trực tuyến",
    issued_on=ISSUED_ON,
    verifiable=False,
)

CONCLUSION = heard.ConclusionIssued(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="UBND xã Tân Hội",
    document_number="07/TB-UBND",
    issued_on=ISSUED_ON,
    due_on=date(2023, 6, 13),
    findings=("F-07-1", "F-07-2"),
    recommendations=(
        heard.Recommendation(
            recommendation_id="RC-07",
            finding_ids=("F-07-1",),
            text="Khẩn trương cập nhật Kế hoạch rà soát TTHC",
            due_rule=heard.DueRule(kind="DEFAULT"),
        ),
        heard.Recommendation(
            recommendation_id="RC-08",
            finding_ids=("F-07-2",),
            text=ASKED["text"],
            due_rule=heard.DueRule(kind="END_OF_MONTH", year=2023, month=9),
        ),
    ),
    remedy_policy={"superior_id": "hong-ngu"},
)
REQUESTS = heard.RoundRequestsIssued(
    round_id="R-2023-HN",
    plan_id="KH-2023-HN",
    issued_on=ISSUED_ON,
    addressees=("hn-an-loc", "hn-tan-hoi"),
    requests=(
        heard.RoundRequest(
            request_id="RQ-1",
            kind="REPLICATION",
            text=REPLICATION.text,
            practice_id="GP-1",
        ),
        heard.RoundRequest(request_id="RQ-2", kind="STANDING_DUTY", text=DUTY.text),
        heard.RoundRequest(request_id="RQ-4", kind="RECOMMENDATION", text=OPEN.text),
    ),
)


def acted(at, agency="hong-ngu-noi-vu", role="monitor", cause=STORY, **more):
    """Return the context of an officer's request at a moment."""
    principal = Principal(agency_id=agency, role=role, person_ref="p-01")
    return Context(
        actor=principal.actor,
        correlation_id=STORY,
        causation_id=cause,
        occurred_at=at,
        principal=principal,
        **more,
    )
