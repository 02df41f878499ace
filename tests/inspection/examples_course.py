"""Named examples of what is not an ordinary visit: unannounced, desk, in between.

Made up after Đồng Tháp's texts: nobody's petition, report or illness is known.
"""

from dataclasses import replace
from datetime import date, datetime

from services.chassis.context import HANOI
from services.inspection import domain
from tests.inspection.examples import (
    ARRIVAL,
    ASSESSED,
    CLOCK,
    FILE,
    PERSON,
    PLANNED,
    RAISED,
    STARTED,
    TERMS,
    VISIT_DAY,
    WINDOW,
)

ID, ROUND_ID = "I-2023-HN-07", "R-2023-HN"
SECRET_ROUND = f"R-{ID}"
PLANNED_ON = date(2023, 5, 22)

ORDER = domain.Order(
    order_number="12/QĐ-UBND",
    ordered_on=date(2023, 5, 8),
    reason="Nhiều phản ánh hồ sơ đất đai bị trả lại không nêu lý do",
    decided_by="hong-ngu",
    signal_ids=("S-1", "S-2"),
    proposal_id="P-1",
)
ORDERED = domain.InspectionPlanned(
    inspection_id=ID,
    terms=replace(
        TERMS, basis="UNANNOUNCED", planned_on=None, round_id=SECRET_ROUND, order=ORDER
    ),
)
SURPRISE = replace(
    STARTED,
    basis="UNANNOUNCED",
    round_id=SECRET_ROUND,
    decision_number="12/QĐ-UBND",
)
SECRET = domain.RoundPlanned(
    round_id=SECRET_ROUND,
    plan_id="KH-2023-HN",
    window=WINDOW,
    team_id="T-2023-HN",
    inspection_ids=(ID,),
    restricted=True,
    readers=("hong-ngu-noi-vu", "hong-ngu-vp", "hong-ngu"),
)
OPEN_NOW = domain.RoundDisclosed(round_id=SECRET_ROUND, inspection_id=ID)

DESK = replace(PLANNED, terms=replace(TERMS, mode="INDIRECT"))
REPORT = domain.UnitReportReceived(
    inspection_id=ID,
    plan_id="KH-2023-HN",
    round_id=ROUND_ID,
    agency_id="hn-tan-hoi",
    mode="DIRECT",
    document_number="45/BC-UBND",
    sha256=FILE,
    received_on=date(2023, 5, 18),
    due_on=date(2023, 5, 18),
)
DESK_REPORT = replace(
    REPORT, mode="INDIRECT", received_on=PLANNED_ON, due_on=PLANNED_ON
)
DATA = domain.Evidence(reference="bang-theo-doi-766-quy-1", sha256=FILE)
MONITORED = domain.MonitoringDataAttached(
    inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    source_system="bo-chi-so-766",
    reference=DATA.reference,
    sha256=FILE,
    attached_on=PLANNED_ON,
    period="2023-Q1",
    summary="Tỷ lệ hồ sơ đúng hạn 98,2%",
)
AT_THE_DESK = (DESK, DESK_REPORT, MONITORED)
GUIDED = domain.GuidanceGiven(
    inspection_id=ID,
    agency_id="hn-tan-hoi",
    guidance_id="G-1",
    text="Cách niêm yết thủ tục hành chính bằng mã QR",
    given_on=VISIT_DAY,
    item="PUBLICATION",
    to_roles=("ONE_STOP_OFFICER",),
    by=PERSON,
)
EXPLAINED = domain.ExplanationSubmitted(
    inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    explanation_id="GT-1",
    finding_ids=("F-07-1",),
    text="Kế hoạch đã được rà soát, đang chờ Chủ tịch ký",
    submitted_on=date(2023, 5, 24),
    document_number="50/GT-UBND",
)
CONFIRMED = domain.FindingConfirmed(
    inspection_id=ID,
    finding_id="F-07-1",
    agency_id="hn-tan-hoi",
    confirmed_on=date(2023, 5, 25),
    remark="Chưa có văn bản nào được ban hành",
)
POSTPONED = domain.InspectionPostponed(
    inspection_id=ID,
    plan_id="KH-2023-HN",
    round_id=ROUND_ID,
    agency_id="hn-tan-hoi",
    agency_name=TERMS.agency_name,
    reason="RAIN",
    planned_before=PLANNED_ON,
    planned_on=date(2023, 5, 23),
    postponed_on=PLANNED_ON,
    remark="Mưa lớn, đường vào xã ngập",
)
CANCELLED = domain.InspectionCancelled(
    inspection_id=ID,
    plan_id="KH-2023-HN",
    round_id=ROUND_ID,
    agency_id="hn-tan-hoi",
    agency_name=TERMS.agency_name,
    basis="PLANNED",
    reason="Đoàn của Tỉnh kiểm tra cùng nội dung",
    cancelled_on=date(2023, 5, 15),
)
OBSTRUCTED = domain.VisitRefused(
    inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name=TERMS.agency_name,
    basis="PLANNED",
    reason="Không bố trí người làm việc với Tổ",
    refused_at=ARRIVAL,
    witness_ref="p-05",
    by=PERSON,
)
AT_THE_COUNTER = domain.PointVisited(
    inspection_id=ID,
    agency_id="hn-tan-hoi",
    point="Bộ phận Một cửa",
    visited_at=ARRIVAL,
    by=PERSON,
)
REPORT_COUNTED = domain.ReportCounted(
    round_id=ROUND_ID, inspection_id=ID, received_on=PLANNED_ON
)
DROPPED = domain.InspectionDropped(round_id=ROUND_ID, inspection_id=ID, why="CANCELLED")
EXPLAINING = replace(CLOCK, explanation_until=date(2023, 5, 26))
PATIENT = replace(
    PLANNED,
    terms=replace(TERMS, visit_policy=domain.VisitPolicy(explanation_working_days=3)),
)
NOON = datetime(2023, 5, 22, 12, 0, tzinfo=HANOI)
PRIVATE = (CONFIRMED, AT_THE_COUNTER, OPEN_NOW, REPORT_COUNTED, DROPPED)
TOLD = (REPORT, MONITORED, GUIDED, EXPLAINED, POSTPONED, CANCELLED, OBSTRUCTED)
EVERYTHING = (*PRIVATE, *TOLD)
SEEN = (ASSESSED, RAISED)
