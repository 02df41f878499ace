"""Named examples of inspection: TP Hồng Ngự, 9 to 23 May 2023 (seed text S2).

The text does not say which commune had which finding, nor the days of the visits, the
numbers of documents or the figures: those are made up to complete it.
"""

from dataclasses import replace
from datetime import date, datetime

from services.chassis.calendar import official
from services.chassis.context import HANOI
from services.inspection import domain

CALENDAR = official()
WINDOW = domain.Window(start=date(2023, 5, 9), end=date(2023, 5, 23))
VISIT_DAY = date(2023, 5, 22)
ROUND_END = date(2023, 5, 23)
DUE = date(2023, 6, 13)
MIDNIGHT = datetime(2023, 6, 14, tzinfo=HANOI)
ISSUE_DAY = date(2023, 6, 5)
ARRIVAL = datetime(2023, 5, 22, 8, 0, tzinfo=HANOI)
PERSON = "hong-ngu-noi-vu.p-01"
FILE = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

ITEMS = (
    "DIRECTION",
    "PROCEDURE_REVIEW",
    "RECORDS",
    "PUBLICATION",
    "ONE_STOP",
    "DIGITISATION",
    "PUBLIC_FINANCE",
    "CIVIL_SERVICE",
    "PRIOR_SHORTCOMINGS",
)
TERMS = domain.Terms(
    plan_id="KH-2023-HN",
    round_id="R-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="Ủy ban nhân dân xã Tân Hội",
    planned_on=VISIT_DAY,
    window=WINDOW,
    programmes=("PAR", "TTHC_CONTROL"),
    content_items=ITEMS,
    team_id="T-2023-HN",
    team_agencies=("hong-ngu-noi-vu", "hong-ngu-vp"),
    lead_agency="hong-ngu-noi-vu",
    remedy_policy=domain.RemedyPolicy(superior_id="hong-ngu"),
)
PLANNED = domain.InspectionPlanned(inspection_id="I-2023-HN-07", terms=TERMS)
NOTIFIED = domain.UnitNotified(
    inspection_id="I-2023-HN-07",
    terms=TERMS,
    notified_on=date(2023, 4, 28),
    outline="Báo cáo công tác CCHC và kiểm soát TTHC đến thời điểm kiểm tra",
    planned_on=VISIT_DAY,
    notice_due_on=date(2023, 5, 11),
)
STARTED = domain.VisitStarted(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    basis="PLANNED",
    started_at=ARRIVAL,
    site="Bộ phận Tiếp nhận và Trả kết quả",
    by=PERSON,
    round_id="R-2023-HN",
)
SHEET = domain.Evidence(reference="phieu-kiem-tra-01", sha256=FILE)
UNHASHED = domain.Evidence(reference="phieu-kiem-tra-01", sha256="")
PLAN_ON_TIME = domain.Assessment(
    item="DIRECTION",
    rating="GOOD",
    remark="Ban hành đầy đủ, kịp thời Kế hoạch CCHC và các kế hoạch thành phần",
    strength=True,
    evidence=(SHEET,),
)
ASSESSED = domain.ContentAssessed(
    inspection_id="I-2023-HN-07",
    agency_id="hn-tan-hoi",
    assessment=PLAN_ON_TIME,
    by=PERSON,
)
NONE_OVERDUE = domain.Metric(
    code="OVERDUE_OPEN",
    numerator=0,
    as_of=VISIT_DAY,
    source_system="mot-cua-dien-tu",
)
ONLINE = domain.Metric(
    code="ONLINE_DOSSIERS",
    numerator=412,
    denominator=498,
    as_of=VISIT_DAY,
    source_system="mot-cua-dien-tu",
)
NONE_LATE = domain.MetricRecorded(
    inspection_id="I-2023-HN-07", agency_id="hn-tan-hoi", metric=NONE_OVERDUE
)
EARLIER = domain.CarriedOver(
    item_ref="KL-2022-07-2",
    result="RESOLVED",
    remark="Đã khắc phục theo chỉ đạo của UBND Thành phố",
)
LOOKED_AT_AGAIN = domain.CarriedOverItemAssessed(
    inspection_id="I-2023-HN-07", agency_id="hn-tan-hoi", item=EARLIER
)
REVIEW = domain.Finding(
    finding_id="F-07-1",
    item="PROCEDURE_REVIEW",
    kind="LIMITATION",
    description="Chưa cập nhật Kế hoạch rà soát, đánh giá TTHC năm 2023",
    legal_basis=("NĐ 63/2010/NĐ-CP, Đ. 35a.2.d",),
    evidence=(SHEET,),
    cause="Chủ quan: chưa theo dõi chỉ đạo của UBND Thành phố",
    head_ref="p-71",
    roles=("FOCAL_OFFICER",),
    finding_group_id="FG-PROCEDURE-REVIEW",
)
BACKLOG = domain.Finding(
    finding_id="F-07-2",
    item="DIGITISATION",
    kind="LIMITATION",
    description="Chưa số hóa hồ sơ TTHC còn hiệu lực từ năm 2022 trở về trước",
    legal_basis=("TT 01/2023/TT-VPCP",),
    evidence=(SHEET,),
    finding_group_id="FG-DIGITISATION",
    backlog_until=date(2022, 12, 31),
)
RECORDS = replace(
    REVIEW,
    finding_id="F-03-1",
    item="RECORDS",
    description="Sổ theo dõi, phiếu kiểm soát TTHC ghi chép chưa đầy đủ",
)
POSTING = replace(
    REVIEW,
    finding_id="F-04-1",
    item="PUBLICATION",
    description="Cập nhật, niêm yết TTHC chưa kịp thời, thiếu đánh số trang",
    checks=(
        domain.Check(code="POSTED_IN_TIME", result=False),
        domain.Check(code="PAGES_NUMBERED", result=False),
        domain.Check(code="DECISION_SHOWN", result=False),
    ),
)
VERTICAL = replace(
    REVIEW,
    finding_id="F-01-1",
    item="ONE_STOP",
    description="TTHC ngành dọc chưa được tiếp nhận tại Bộ phận TN&TKQ",
    approved_list=domain.ApprovedList(
        document="QĐ 1291/QĐ-TTg", missing_codes=("1.001612", "2.000884")
    ),
)


def raised(finding, on=VISIT_DAY):
    """Return the event; the registry knows no head, so it is the officer's word."""
    said_by = "OFFICER" if finding.head_ref else None
    return domain.FindingRaised(
        inspection_id="I-2023-HN-07",
        plan_id="KH-2023-HN",
        agency_id="hn-tan-hoi",
        agency_name="Ủy ban nhân dân xã Tân Hội",
        finding=replace(finding, head_source=said_by),
        raised_on=on,
        by=PERSON,
    )


RAISED = raised(REVIEW)
WITHDRAWN = domain.FindingWithdrawn(
    inspection_id="I-2023-HN-07",
    finding_id="F-07-1",
    agency_id="hn-tan-hoi",
    reason="Đơn vị đã xuất trình kế hoạch đã cập nhật",
    withdrawn_on=VISIT_DAY,
)
NOTED = domain.PracticeNoted(inspection_id="I-2023-HN-07", practice_id="GP-1")
REFERRED = domain.MisconductReferred(
    inspection_id="I-2023-HN-07",
    agency_id="hn-tan-hoi",
    to_authority="hong-ngu",
    reference="CV-12/TKT",
    referred_on=VISIT_DAY,
)
COMPLETED = domain.VisitCompleted(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    round_id="R-2023-HN",
    agency_id="hn-tan-hoi",
    programmes=("PAR", "TTHC_CONTROL"),
    team_id="T-2023-HN",
    visited_on=VISIT_DAY,
    points=("Bộ phận Một cửa",),
    contents_assessed=("DIRECTION",),
    metrics=(NONE_OVERDUE,),
    findings=1,
    good_practices=1,
)
SIGNED = domain.MinutesSigned(
    inspection_id="I-2023-HN-07",
    agency_id="hn-tan-hoi",
    document_number="07/BB-TKT",
    sha256=FILE,
    signed_on=VISIT_DAY,
    signed_by_unit_ref="p-71",
)
UNSIGNED = domain.MinutesRefused(
    inspection_id="I-2023-HN-07",
    agency_id="hn-tan-hoi",
    document_number="07/BB-TKT",
    reason="Không đồng ý với số liệu số hóa",
    witness_ref="p-05",
    refused_on=VISIT_DAY,
)
CLOCK = domain.ConclusionClockStarted(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    round_id="R-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="Ủy ban nhân dân xã Tân Hội",
    ended_on=ROUND_END,
    rule_kind="working_days",
    rule_n=15,
    due_on=DUE,
    effective_due_on=DUE,
    overdue_from=date(2023, 6, 14),
    calendar_version=CALENDAR.version,
    provisional=False,
)
REMEDY = domain.Recommendation(
    recommendation_id="RC-07",
    finding_ids=("F-07-1",),
    text="Khẩn trương cập nhật Kế hoạch rà soát, đánh giá TTHC năm 2023",
    due=domain.DueRule(kind="DEFAULT"),
)
IN_SEPTEMBER = domain.Recommendation(
    recommendation_id="RC-08",
    finding_ids=("F-07-2",),
    text="Hoàn thành việc số hóa hồ sơ TTHC trong tháng 9 năm 2023",
    due=domain.DueRule(kind="END_OF_MONTH", year=2023, month=9),
)
NO_ACTION = domain.NoAction(
    finding_id="F-07-1", reason="Đã chấn chỉnh ngay tại buổi kiểm tra"
)
CONCLUDED = domain.ConclusionIssued(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    round_id="R-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="Ủy ban nhân dân xã Tân Hội",
    document_number="67/TB-UBND",
    issued_on=ISSUE_DAY,
    due_on=DUE,
    effective_due_on=DUE,
    late=False,
    findings=("F-07-1",),
    no_action=(),
    recommendations=(REMEDY,),
    remedy_policy=domain.RemedyPolicy(superior_id="hong-ngu"),
    inspector_refs=(PERSON,),
)
OVERDUE = domain.ConclusionOverdue(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    round_id="R-2023-HN",
    agency_id="hn-tan-hoi",
    lead_agency="hong-ngu-noi-vu",
    due_on=DUE,
    effective_due_on=DUE,
    overdue_from=date(2023, 6, 14),
    calendar_version=CALENDAR.version,
)
AT_THE_UNIT = (PLANNED, NOTIFIED, STARTED)
VISITED = (*AT_THE_UNIT, ASSESSED, NONE_LATE, RAISED, NOTED, COMPLETED)
ROUND_OVER = (*VISITED, SIGNED, CLOCK)

ROUND_PLANNED = domain.RoundPlanned(
    round_id="R-2023-HN",
    plan_id="KH-2023-HN",
    window=WINDOW,
    team_id="T-2023-HN",
    inspection_ids=("I-2023-HN-06", "I-2023-HN-07"),
)
BINH_THANH = domain.InspectionEnrolled(
    round_id="R-2023-HN", inspection_id="I-2023-HN-06", agency_id="hn-binh-thanh"
)
TAN_HOI = domain.InspectionEnrolled(
    round_id="R-2023-HN", inspection_id="I-2023-HN-07", agency_id="hn-tan-hoi"
)
BINH_THANH_SEEN = domain.VisitCounted(
    round_id="R-2023-HN", inspection_id="I-2023-HN-06", visited_on=date(2023, 5, 19)
)
TAN_HOI_SEEN = domain.VisitCounted(
    round_id="R-2023-HN", inspection_id="I-2023-HN-07", visited_on=VISIT_DAY
)
ALL_SEEN = (ROUND_PLANNED, BINH_THANH, TAN_HOI, BINH_THANH_SEEN, TAN_HOI_SEEN)
ENDED = domain.RoundEnded(
    round_id="R-2023-HN",
    plan_id="KH-2023-HN",
    ended_on=ROUND_END,
    inspection_ids=("I-2023-HN-06", "I-2023-HN-07"),
)
SELF_INSPECTION = domain.RoundRequest(
    request_id="RQ-1",
    kind="STANDING_DUTY",
    text="Thường xuyên tự kiểm tra, giám sát",
)
SPREAD = domain.RoundRequest(
    request_id="RQ-2",
    kind="REPLICATION",
    text="Triển khai thí điểm, nhân rộng các mô hình cải cách mới",
    practice_id="GP-1",
)
PUBLICITY = domain.RoundRequest(
    request_id="RQ-3",
    kind="RECOMMENDATION",
    text="Đẩy mạnh công tác tuyên truyền cải cách hành chính",
)
REQUESTED = domain.RoundRequestsIssued(
    round_id="R-2023-HN",
    plan_id="KH-2023-HN",
    issued_on=ISSUE_DAY,
    addressees=("hn-binh-thanh", "hn-tan-hoi"),
    requests=(SELF_INSPECTION, SPREAD, PUBLICITY),
)
QR = domain.GoodPracticeRecorded(
    practice_id="GP-1",
    round_id="R-2023-HN",
    name="Niêm yết thủ tục hành chính bằng mã QR",
    description=None,
    adopters=("hn-binh-thanh", "hn-tan-hoi"),
    inspection_ids=("I-2023-HN-06", "I-2023-HN-07"),
    recorded_on=ROUND_END,
)
