"""Reports on the work programme of Sóc Trăng, 2019 (seed text S4); numbers made up."""

from datetime import date

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
