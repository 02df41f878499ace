"""Named examples of a work programme: Sóc Trăng, 2019 (seed text S4).

The items, their owners and their days are made up to complete the text.
"""

from datetime import date

from services.chassis.calendar import official
from services.planning import domain
from services.planning.domain import duty, work

CALENDAR = official()
ISSUED_ON = date(2019, 1, 3)
PROGRAMME = "CT-2019-ST"
GROUPS = (
    ("DIRECTION", "Công tác chỉ đạo điều hành"),
    ("TRAINING", "Nâng cao nghiệp vụ cho công chức, viên chức"),
    ("IMPACT_ASSESSMENT", "Đánh giá tác động TTHC"),
    (
        "DRAFT_RULES",
        "Tham gia ý kiến đối với TTHC trong dự thảo văn bản quy phạm pháp luật",
    ),
    ("PUBLICATION", "Công bố, công khai TTHC"),
    ("PROCEDURE_REVIEW", "Rà soát, đánh giá TTHC"),
    ("FEEDBACK", "Tiếp nhận, xử lý phản ánh, kiến nghị về quy định hành chính"),
    ("ONE_STOP", "Thực hiện cơ chế một cửa, một cửa liên thông"),
    ("PROCESSING", "Tổ chức thực hiện Đề án liên thông các TTHC"),
    ("HEAD_ACCOUNTABILITY", "Thực hiện Chỉ thị số 13/CT-TTg ngày 10/6/2015"),
    ("INSPECTION_DUTY", "Kiểm tra việc thực hiện các hoạt động kiểm soát TTHC"),
    ("COMMUNICATION", "Thực hiện truyền thông phục vụ kiểm soát TTHC"),
    ("REPORTING", "Chế độ thông tin báo cáo theo quy định"),
)


def agency(agency_id, name):
    return domain.Agency(
        entry=domain.AgencyRegistered(
            agency_id=agency_id,
            kind="DEPARTMENT",
            name=name,
            parent_id="soc-trang",
            superior_id="soc-trang",
            valid_from=date(2014, 5, 20),
            valid_to=date(2025, 6, 30),
        )
    ).unit


UNITS = {
    "soc-trang": agency("soc-trang", "Ủy ban nhân dân tỉnh Sóc Trăng"),
    "soc-trang-vp-ubnd": agency("soc-trang-vp-ubnd", "Văn phòng UBND tỉnh Sóc Trăng"),
    "soc-trang-so-tu-phap": agency("soc-trang-so-tu-phap", "Sở Tư pháp tỉnh Sóc Trăng"),
}
DRAFTED = work.WorkProgrammeDrafted(
    programme_id=PROGRAMME,
    title="Kế hoạch hoạt động kiểm soát thủ tục hành chính năm 2019",
    year=2019,
    issuer="soc-trang",
    monitor_agency="soc-trang-vp-ubnd",
    groups=tuple(
        work.WorkGroup(number=number, code=code, title=title)
        for number, (code, title) in enumerate(GROUPS, start=1)
    ),
    purposes=("Triển khai thực hiện có hiệu quả nhiệm vụ kiểm soát TTHC",),
    drafted_on=date(2018, 12, 20),
)
TU_PHAP = work.AccountableHead(
    agency_id="soc-trang-so-tu-phap", title="Giám đốc Sở Tư pháp", person_ref="p-31"
)
VAN_PHONG = work.AccountableHead(
    agency_id="soc-trang-vp-ubnd", title="Chánh Văn phòng UBND tỉnh"
)
DEATHS = work.WorkItem(
    item_id="9.1",
    group="PROCESSING",
    title="Liên thông đăng ký khai tử, xóa đăng ký thường trú, hưởng mai táng phí",
    owner_agency="soc-trang-so-tu-phap",
    owner_name="Sở Tư pháp tỉnh Sóc Trăng",
    accountable_head=TU_PHAP,
    product="Báo cáo kết quả thực hiện Đề án",
    due_rule={"kind": "end_of_month", "year": 2019, "month": 6},
    procedure_codes=("1.000656", "TS_lop1.000.00.00.H51"),
    unrecognised=("TS_lop1.000.00.00.H51",),
    content_code="PROCESSING",
)
CHECK = work.WorkItem(
    item_id="11.1",
    group="INSPECTION_DUTY",
    title="Kiểm tra việc thực hiện các hoạt động kiểm soát TTHC",
    owner_agency="soc-trang-vp-ubnd",
    owner_name="Văn phòng UBND tỉnh Sóc Trăng",
    accountable_head=VAN_PHONG,
    product="Kế hoạch kiểm tra; kết luận kiểm tra",
    due_rule={"kind": "end_of_quarter", "year": 2019, "quarter": 3},
    content_code="INSPECTION_DUTY",
    priority=1,
)
ADDED = work.WorkItemAdded(programme_id=PROGRAMME, item=DEATHS)
CHECK_ADDED = work.WorkItemAdded(programme_id=PROGRAMME, item=CHECK)
ISSUED = work.WorkProgrammeIssued(
    programme_id=PROGRAMME,
    document_number="01/KH-UBND",
    issued_on=ISSUED_ON,
    title=DRAFTED.title,
    year=2019,
    issuer="soc-trang",
    monitor_agency="soc-trang-vp-ubnd",
    groups=DRAFTED.groups,
    items=2,
)


def due(rule, start=ISSUED_ON):
    return duty.due(CALENDAR, start, rule)


# 30 June 2019 is a Sunday: due on Monday, overdue from Tuesday, 2 July.
DEATHS_DUE = due(DEATHS.due_rule)
ASSIGNED = work.WorkItemAssigned(
    programme_id=PROGRAMME,
    item=DEATHS,
    monitor_agency="soc-trang-vp-ubnd",
    due=DEATHS_DUE,
    remind_on=date(2019, 6, 24),
    assigned_on=ISSUED_ON,
)
CHECK_ASSIGNED = work.WorkItemAssigned(
    programme_id=PROGRAMME,
    item=CHECK,
    monitor_agency="soc-trang-vp-ubnd",
    due=due(CHECK.due_rule),
    remind_on=date(2019, 9, 23),
    assigned_on=ISSUED_ON,
)
IN_EFFECT = (DRAFTED, ADDED, CHECK_ADDED, ISSUED, ASSIGNED, CHECK_ASSIGNED)
REMINDED = work.WorkItemReminded(
    programme_id=PROGRAMME,
    item_id="9.1",
    title=DEATHS.title,
    owner_agency="soc-trang-so-tu-phap",
    owner_name="Sở Tư pháp tỉnh Sóc Trăng",
    product=DEATHS.product,
    due=DEATHS_DUE,
)
OVERDUE = work.WorkItemOverdue(
    programme_id=PROGRAMME,
    item_id="9.1",
    group="PROCESSING",
    title=DEATHS.title,
    owner_agency="soc-trang-so-tu-phap",
    owner_name="Sở Tư pháp tỉnh Sóc Trăng",
    head_title="Giám đốc Sở Tư pháp",
    product=DEATHS.product,
    monitor_agency="soc-trang-vp-ubnd",
    due=DEATHS_DUE,
    level=1,
)
URGED = work.WorkItemUrged(
    programme_id=PROGRAMME,
    item_id="9.1",
    title=DEATHS.title,
    owner_agency="soc-trang-so-tu-phap",
    owner_name="Sở Tư pháp tỉnh Sóc Trăng",
    product=DEATHS.product,
    monitor_agency="soc-trang-vp-ubnd",
    text="Báo cáo ngay kết quả thực hiện",
    level=1,
    due=DEATHS_DUE,
    overdue=False,
    urged_on=date(2019, 6, 3),
)
COMPLETED = work.WorkItemCompleted(
    programme_id=PROGRAMME,
    item_id="9.1",
    group="PROCESSING",
    owner_agency="soc-trang-so-tu-phap",
    product="Báo cáo số 88/BC-STP",
    sha256="a" * 64,
    completed_on=date(2019, 7, 10),
    late=True,
    by_agency="soc-trang-so-tu-phap",
)
LATER = due({"kind": "calendar_days", "n": 30}, DEATHS_DUE.effective_due_on)
EXTENDED = work.WorkItemExtended(
    programme_id=PROGRAMME,
    item_id="9.1",
    owner_agency="soc-trang-so-tu-phap",
    reason="Chờ kết nối dữ liệu",
    approved_by="soc-trang",
    due_rule={"kind": "calendar_days", "n": 30},
    previous=DEATHS_DUE,
    due=LATER,
    remind_on=date(2019, 7, 24),
    extended_on=date(2019, 6, 10),
)
NEXT = "CT-2020-ST"
NEXT_TITLE = "Kế hoạch hoạt động kiểm soát thủ tục hành chính năm 2020"
OPEN_DUE = {"kind": "end_of_quarter", "year": 2020, "quarter": 1}
CARRIED = work.WorkItemCarriedOver(
    programme_id=NEXT,
    item=work.WorkItem(
        item_id="9.1",
        group="PROCESSING",
        title=DEATHS.title,
        owner_agency="soc-trang-so-tu-phap",
        owner_name="Sở Tư pháp tỉnh Sóc Trăng",
        accountable_head=TU_PHAP,
        product=DEATHS.product,
        due_rule=OPEN_DUE,
        procedure_codes=DEATHS.procedure_codes,
        unrecognised=DEATHS.unrecognised,
        content_code="PROCESSING",
    ),
    from_programme_id=PROGRAMME,
    was_due_on=DEATHS_DUE.effective_due_on,
    was_overdue=True,
    carried_on=date(2019, 12, 27),
)
FORWARD = work.WorkItemCarriedForward(
    programme_id=PROGRAMME,
    item_id="9.1",
    to_programme_id=NEXT,
    carried_on=date(2019, 12, 27),
)
SPAWNED = work.InspectionPlanSpawned(
    programme_id=PROGRAMME,
    item_id="11.1",
    plan_id="KH-2019-ST",
    document_number="40/KH-UBND",
    spawned_on=date(2019, 4, 1),
)
AFTER = {"kind": "calendar_days", "n": 6}
QUARTERLY = work.ReportingObligationSet(
    programme_id=PROGRAMME,
    obligation_id="quy",
    title="Báo cáo công tác kiểm soát TTHC hằng quý",
    period="QUARTER",
    cut_off_day=14,
    due_rule=AFTER,
    obliged_agencies=("soc-trang-vp-ubnd",),
    recipient="soc-trang",
    monitor_agency="soc-trang-vp-ubnd",
    periods=tuple(
        work.ReportingPeriod(period_id=name, start=start, end=end, due=due(AFTER, end))
        for name, start, end in (
            ("2019-Q1", date(2018, 12, 15), date(2019, 3, 14)),
            ("2019-Q2", date(2019, 3, 15), date(2019, 6, 14)),
            ("2019-Q3", date(2019, 6, 15), date(2019, 9, 14)),
            ("2019-Q4", date(2019, 9, 15), date(2019, 12, 14)),
        )
    ),
    set_on=ISSUED_ON,
)
ENDED = work.ReportingPeriodEnded(
    programme_id=PROGRAMME,
    obligation_id="quy",
    title=QUARTERLY.title,
    period=QUARTERLY.periods[0],
    outstanding=("soc-trang-vp-ubnd",),
    recipient="soc-trang",
    following=QUARTERLY.periods[1],
)
NOTED = work.ReportSubmissionNoted(
    programme_id=PROGRAMME,
    obligation_id="quy",
    period_id="2019-Q1",
    agency_id="soc-trang-vp-ubnd",
    report_id="BC-2019-Q1",
    document_number="25/BC-VP",
    submitted_on=date(2019, 3, 19),
    late=False,
    complete=True,
)
REPORT_LATE = work.PeriodicReportOverdue(
    programme_id=PROGRAMME,
    obligation_id="quy",
    title=QUARTERLY.title,
    period=QUARTERLY.periods[0],
    agency_id="soc-trang-vp-ubnd",
    recipient="soc-trang",
    monitor_agency="soc-trang-vp-ubnd",
)
STORY = (
    *IN_EFFECT,
    QUARTERLY,
    ENDED,
    NOTED,
    REPORT_LATE,
    URGED,
    REMINDED,
    EXTENDED,
    OVERDUE,
    SPAWNED,
    FORWARD,
    COMPLETED,
)
