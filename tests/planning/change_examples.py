"""Named examples of what happens to an issued plan, to quotas and to documents.

The numbers of documents, the days and the reasons are made up.
"""

from dataclasses import replace
from datetime import date

from services.planning import domain
from services.planning.domain import documents, names, plan
from services.planning.domain.quota import Shortfall, committed, draw, listed
from tests.planning.examples import ADDED, COMMUNES, DRAFTED, ISSUED, QUARTER, UNITS

SEED = "Bốc thăm ngày 18/4/2023"
DRAW = domain.Quota(
    kind="COMMUNE",
    rule="RANDOM_DRAW",
    n=2,
    parent="hong-ngu",
    seed_sha256=committed(SEED),
)
DRAW_SET = domain.QuotaSet(
    plan_id="KH-2023-HN", quota=DRAW, window=QUARTER, eligible=listed(UNITS)
)
DRAWN = plan.UnitsDrawn(
    plan_id="KH-2023-HN",
    quota=DRAW,
    seed=SEED,
    drawn=draw(DRAW, DRAW_SET.eligible, SEED),
)
EXACTLY_TWO = domain.Quota(kind="COMMUNE", rule="EXACT", n=2, parent="hong-ngu")
TWO_SET = replace(DRAW_SET, quota=EXACTLY_TWO)
TWO_ADDED = ADDED[:2]
ISSUED_TWO = replace(ISSUED, quotas=(EXACTLY_TWO,), targets=ISSUED.targets[:2])
TWO_IN_EFFECT = (DRAFTED, TWO_SET, *TWO_ADDED, ISSUED_TWO)

PLACE = plan.Place(
    inspection_points=("Bộ phận Tiếp nhận và Trả kết quả",),
    focus="PROCESS",
    site_kind="SERVICE_CENTRE",
    priority=1,
)
CONTENT = plan.Content(
    code="DIGITISATION",
    title="Số hóa hồ sơ theo lộ trình",
    legal_basis=("Nghị định 107/2021/NĐ-CP",),
    directive_refs=("Kế hoạch CCHC năm 2023",),
    task_source="ASSIGNED",
    metric=plan.Aim(target="100 %", due=date(2023, 9, 30)),
)
NOTIFIED = plan.PlanNotified(
    plan_id="KH-2023-HN",
    notified_on=date(2023, 4, 21),
    recipients=("hong-ngu-noi-vu", "hn-an-loc"),
)
NOTICE_OVERDUE = plan.PlanNoticeOverdue(
    plan_id="KH-2023-HN",
    due_on=date(2023, 4, 21),
    overdue_from=date(2023, 4, 22),
    calendar_version="2026.1",
)
AMENDED = plan.PlanAmended(
    plan_id="KH-2023-HN",
    document_number="70/KH-UBND",
    reason="Xã Tân Hội sắp xếp lại trụ sở",
    amended_on=date(2023, 4, 28),
    asked="0" * 64,
    quotas=(replace(TWO_SET, quota=replace(EXACTLY_TWO, n=3)),),
)
TARGET_ADDED = plan.TargetAdded(
    plan_id="KH-2023-HN",
    agency_id="hong-ngu-vp",
    name="Văn phòng",
    kind="DIVISION",
    window=QUARTER,
    document_number="70/KH-UBND",
    place=PLACE,
)
WITHDRAWN = plan.TargetWithdrawn(
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    inspection_id="I-2023-HN-07",
    document_number="70/KH-UBND",
    reason="Sắp xếp lại trụ sở",
)
LATER = domain.Window(
    start=date(2023, 7, 1),
    end=date(2023, 9, 30),
    tentative=True,
    granularity=domain.Granularity.QUARTER,
)
TARGET_RESCHEDULED = plan.TargetRescheduled(
    plan_id="KH-2023-HN",
    agency_id="hn-an-loc",
    before=QUARTER,
    window=LATER,
    reason="Trùng bầu cử Trưởng khóm",
    slipped=True,
    document_number="70/KH-UBND",
)
UNPLANNED = plan.UnplannedTargetAdded(
    plan_id="KH-2023-HN",
    agency_id="hong-ngu-noi-vu",
    name="Phòng Nội vụ thành phố Hồng Ngự",
    kind="DIVISION",
    window=QUARTER,
    reason="Ngoài các đơn vị đã được thông báo",
    added_on=date(2023, 5, 4),
)
VISIT_RESCHEDULED = plan.VisitRescheduled(
    plan_id="KH-2023-HN",
    inspection_id="I-2023-HN-01",
    round_id="R-2023-HN",
    agency_id=COMMUNES[0].agency_id,
    before=date(2023, 5, 9),
    planned_on=date(2023, 5, 10),
    reason="Mưa bão",
)
VISIT_CALLED_OFF = plan.VisitCalledOff(
    plan_id="KH-2023-HN",
    inspection_id="I-2023-HN-01",
    agency_id=COMMUNES[0].agency_id,
    reason="Đoàn của Tỉnh kiểm tra cùng nội dung",
)
MISSED = plan.WindowMissed(
    plan_id="KH-2023-HN",
    agency_id="hn-an-lac",
    name="Ủy ban nhân dân phường An Lạc",
    window=QUARTER,
    missed_from=date(2023, 7, 1),
)
SHORT = plan.PlanCoverageShort(
    plan_id="KH-2023-HN",
    checked_on=date(2023, 12, 1),
    ordered=7,
    covered=6,
    short_by=1,
    quotas=(
        plan.QuotaShort(
            kind="COMMUNE",
            rule="ALL",
            required=7,
            covered=6,
            short_by=1,
            missing=(Shortfall(stratum="", need=7, have=6),),
        ),
    ),
)
MET = plan.PlanCoverageMet(
    plan_id="KH-2023-HN", met_on=date(2023, 12, 14), ordered=7, covered=7
)
IMPORTED = plan.ShortcomingImported(
    plan_id="KH-2023-HN",
    item_ref="766-2022-03",
    agency_id="hn-an-loc",
    text="Tỷ lệ số hóa hồ sơ thấp",
    source="INDEX_766",
    period="2022",
)
CARRIED_IN = plan.ItemCarriedIn(
    plan_id="KH-2023-HN",
    item_ref="RC-2022-04",
    agency_id="hn-an-loc",
    text="Chưa niêm yết đầy đủ",
    from_plan_id="KH-2022-HN",
    year=2022,
)
CANCELLED = plan.PlanCancelled(
    plan_id="KH-2023-HN",
    document_number="90/TB-UBND",
    reason="Dịch bệnh",
    cancelled_on=date(2023, 5, 4),
)
CHANGES = (
    NOTIFIED,
    NOTICE_OVERDUE,
    AMENDED,
    TARGET_ADDED,
    WITHDRAWN,
    TARGET_RESCHEDULED,
    UNPLANNED,
    VISIT_RESCHEDULED,
    VISIT_CALLED_OFF,
    MISSED,
    SHORT,
    MET,
    IMPORTED,
    CARRIED_IN,
    CANCELLED,
)

RECORDED = documents.DocumentRecorded(
    document_id="hong-ngu-2023-45-KH-UBND",
    agency_id="hong-ngu",
    year=2023,
    number=45,
    notation="KH-UBND",
    type="KH",
    document_number="45/KH-UBND",
    issued_on=date(2023, 4, 20),
    subject="KH-2023-HN",
)
CORRECTED = documents.DocumentCorrected(
    document_id=RECORDED.document_id,
    document_number="45/KH-UBND",
    corrected_by="231/UBND-NC",
    correction="Thể thức phần nơi nhận",
    corrected_on=date(2023, 4, 24),
)
REPLACED = documents.DocumentReplaced(
    document_id=RECORDED.document_id,
    document_number="45/KH-UBND",
    replaced_by="52/KH-UBND",
    reason="Sai nội dung",
    replaced_on=date(2023, 4, 25),
)
RECALLED = documents.DocumentRecalled(
    document_id=RECORDED.document_id,
    document_number="45/KH-UBND",
    reason="Ban hành sai thẩm quyền",
    recalled_on=date(2023, 4, 26),
)
DOCUMENTS = (RECORDED, CORRECTED, REPLACED, RECALLED)
NAME_TAKEN = names.NameTaken(name="inspection.I-2023-HN-01", plan_id="KH-2023-HN")
