"""Named examples of the duty to inspect oneself, made up."""

from datetime import date

from services.chassis.calendar import official
from services.planning.domain import duty
from services.planning.domain import self_inspecting as own
from tests.planning.examples import AN_LOC

CALENDAR = official()
ID = "KH-2023-HN.hn-an-loc"
REQUIRED = own.SelfInspectionPlanRequired(
    self_inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-an-loc",
    agency_name=AN_LOC.name,
    plan_due=duty.by(CALENDAR, date(2023, 5, 15)),
    result_due=duty.by(CALENDAR, date(2023, 9, 30)),  # a Saturday: due on the Monday
    share_percent=50,
    required_on=date(2023, 4, 20),
)
OWN_PLAN = own.SelfInspectionPlanIssued(
    self_inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-an-loc",
    document_number="12/KH-UBND",
    mode="ONLINE",
    divisions=("Bộ phận Một cửa", "Tư pháp - Hộ tịch"),
    divisions_total=3,
    issued_on=date(2023, 5, 10),
    late=False,
)
REPORTED = own.SelfInspectionReported(
    self_inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-an-loc",
    document_number="88/BC-UBND",
    sha256="ab" * 32,
    divisions_inspected=("Bộ phận Một cửa",),
    findings=2,
    short_by=1,
    reported_on=date(2023, 9, 29),
    late=False,
)
PLAN_OVERDUE = own.SelfInspectionPlanOverdue(
    self_inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-an-loc",
    agency_name=AN_LOC.name,
    due=REQUIRED.plan_due,
)
RESULT_OVERDUE = own.SelfInspectionResultOverdue(
    self_inspection_id=ID,
    plan_id="KH-2023-HN",
    agency_id="hn-an-loc",
    agency_name=AN_LOC.name,
    due=REQUIRED.result_due,
)
