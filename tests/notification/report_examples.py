"""Reports on the work programme of Sóc Trăng, 2019 (seed text S4); numbers made up."""

from datetime import date

from contracts import planning, registry
from services.notification.domain import report

QUARTER = {
    "report_id": "BC-2019-Q1",
    "agency_id": "soc-trang-vp-ubnd",
    "recipient_id": "soc-trang",
    "programme_id": "CT-2019-ST",
    "plan_id": None,
    "period": "QUARTER",
    "start": date(2018, 12, 15),
    "end": date(2019, 3, 14),
}
FIGURES = report.Figures(
    numbers={**dict.fromkeys(report.MEASURES, 0), "findings_raised": 2},
    by_kind={"LIMITATION": 2},
    by_item={"PUBLICATION": 1, "ONE_STOP": 1},
)
COMPILED = report.PeriodicReportCompiled(
    **QUARTER, compiled_on=date(2019, 3, 18), figures=FIGURES
)
SUBMITTED = report.PeriodicReportSubmitted(
    **QUARTER, document_number="25/BC-VP", submitted_on=date(2019, 3, 19)
)
VAN_PHONG = registry.AgencyRegistered(
    agency_id="soc-trang-vp-ubnd",
    kind="DEPARTMENT",
    name="Văn phòng UBND tỉnh Sóc Trăng",
    parent_id="soc-trang",
    superior_id="soc-trang",
    mailbox="vanphong@soctrang.example",
    valid_from=date(2014, 5, 20),
)
SOC_TRANG = registry.AgencyRegistered(
    agency_id="soc-trang",
    kind="PROVINCIAL_PC",
    name="UBND tỉnh Sóc Trăng",
    mailbox="ubnd@soctrang.example",
    valid_from=date(1992, 4, 1),
)
TU_PHAP = registry.AgencyRegistered(
    agency_id="soc-trang-so-tu-phap",
    kind="DEPARTMENT",
    name="Sở Tư pháp tỉnh Sóc Trăng",
    parent_id="soc-trang",
    superior_id="soc-trang",
    mailbox="tuphap@soctrang.example",
    valid_from=date(2014, 5, 20),
)
EVERYBODY = (VAN_PHONG, SOC_TRANG, TU_PHAP)
WORK = {
    "programme_id": "CT-2019-ST",
    "work_item_id": "CT-2019-ST:9.1",
    "item_id": "9.1",
    "agency_id": "soc-trang-so-tu-phap",
    "agency_name": "Sở Tư pháp tỉnh Sóc Trăng",
    "title": "Đề án liên thông các thủ tục hành chính",
    "product": "Báo cáo kết quả thực hiện Đề án",
    "due_on": date(2019, 6, 30),
    "effective_due_on": date(2019, 7, 1),
}
ITEM_ASSIGNED = planning.WorkItemAssigned(
    programme_id="CT-2019-ST",
    work_item_id="CT-2019-ST:9.1",
    agency_id="soc-trang-so-tu-phap",
    monitor_agency="soc-trang-vp-ubnd",
    item=planning.WorkItem(
        item_id="9.1",
        group="PROCESSING",
        title="Đề án liên thông các thủ tục hành chính",
        owner_agency="soc-trang-so-tu-phap",
        owner_name="Sở Tư pháp tỉnh Sóc Trăng",
        accountable_head=planning.AccountableHead(
            agency_id="soc-trang-so-tu-phap", title="Giám đốc Sở Tư pháp"
        ),
        product="Báo cáo kết quả thực hiện Đề án",
        due_rule={"kind": "BY_DATE", "on": "2019-06-30"},
        content_code="PROCESSING",
    ),
    due_on=date(2019, 6, 30),
    effective_due_on=date(2019, 7, 1),
    overdue_from=date(2019, 7, 2),
    calendar_version="v",
    assigned_on=date(2018, 12, 28),
)
ITEM_REMINDED = planning.WorkItemReminded(**WORK)
ITEM_OVERDUE = planning.WorkItemOverdue(
    **WORK,
    group="PROCESSING",
    head_title="Giám đốc Sở Tư pháp",
    monitor_agency="soc-trang-vp-ubnd",
    overdue_from=date(2019, 7, 2),
    calendar_version="v",
    level=1,
)
ITEM_URGED = planning.WorkItemUrged(
    **WORK,
    monitor_agency="soc-trang-vp-ubnd",
    text="Báo cáo ngay kết quả thực hiện",
    level=2,
    overdue=True,
    urged_on=date(2019, 7, 8),
)
PERIOD = planning.ReportingPeriod(
    period_id="2019-Q1",
    start=date(2018, 12, 15),
    end=date(2019, 3, 14),
    due_on=date(2019, 3, 20),
    effective_due_on=date(2019, 3, 20),
    overdue_from=date(2019, 3, 21),
    calendar_version="v",
)
OWED = {
    "programme_id": "CT-2019-ST",
    "obligation_id": "quy",
    "title": "Báo cáo công tác kiểm soát TTHC hằng quý",
    "period": PERIOD,
    "recipient": "soc-trang",
}
REPORT_DUE = planning.PeriodicReportDue(
    **OWED, outstanding=("soc-trang-vp-ubnd", "soc-trang-so-tu-phap")
)
REPORT_OVERDUE = planning.PeriodicReportOverdue(
    **OWED, agency_id="soc-trang-vp-ubnd", monitor_agency="soc-trang-vp-ubnd"
)
# template -> the event that asks for it, how its letter begins
WORK_LETTERS = {
    "work-item-assigned": (ITEM_ASSIGNED, "Giao nhiệm vụ"),
    "work-item-reminder": (ITEM_REMINDED, "Nhắc việc"),
    "work-item-urging": (ITEM_OVERDUE, "Đôn đốc: nhiệm vụ"),
    "work-item-urged": (ITEM_URGED, "Đôn đốc lần 2"),
    "report-reminder": (REPORT_DUE, "Nhắc báo cáo"),
    "report-urging": (REPORT_OVERDUE, "Đôn đốc: báo cáo"),
    "report-submitted": (SUBMITTED, "Trình báo cáo quý"),
}
