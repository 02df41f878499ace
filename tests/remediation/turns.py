"""What else a case of TP Hồng Ngự may go through, and what is asked of others."""

from dataclasses import replace
from datetime import date

from services.remediation import domain
from tests.remediation.examples import (
    ASKED,
    CALENDAR,
    DEFAULT,
    NAMED,
    POLICY,
    T_DEFAULT,
    TOLD,
    hanoi,
    terms,
)

WEEK = domain.DueRule(kind="DAYS", n=7, unit="calendar")
MEASURE = domain.Measure(
    what="Giao Văn phòng cập nhật kế hoạch rà soát", by=date(2023, 6, 20)
)
PLANNED = domain.RemediationPlanSubmitted(
    **NAMED,
    submitted_on=date(2023, 6, 12),
    owner="HEAD",
    head_ref="p-01",
    measures=(MEASURE,),
    document_number="12/KH-UBND",
)
REQUESTED = domain.ExtensionRequested(
    **NAMED,
    request_id="GH-1",
    requested_on=date(2023, 7, 4),
    requested_after_due=False,
    done_so_far="Đã rà soát 60/80 thủ tục",
    reason="Phần mềm đang nâng cấp",
    due_rule=WEEK,
    interim_measure="Tạm niêm yết bản giấy",
)
REFUSED = domain.ExtensionRefused(
    **NAMED,
    request_id="GH-1",
    refused_on=date(2023, 7, 4),
    refused_by="hong-ngu",
    reason="Đã đủ thời gian",
)
T_WEEK = terms(WEEK, start=date(2023, 7, 5), known_on=date(2023, 7, 4))
GRANTED = domain.DeadlineExtended(
    **NAMED,
    requested_on=date(2023, 7, 4),
    requested_after_due=False,
    extended_on=date(2023, 7, 4),
    approved_by="hong-ngu",
    reason="Phần mềm đang nâng cấp",
    previous=T_DEFAULT,
    terms=T_WEEK,
    rungs=domain.ladder(T_WEEK, since=hanoi(2023, 7, 4, 10)),
    request_id="GH-1",
)
# another official calendar: the day of the default term, 5 July, is off
OTHER_VERSION = "vn-2023.9"


class Shifted:
    """The calendar in which Wednesday 5 July 2023 is a day off."""

    version = OTHER_VERSION
    versions = (OTHER_VERSION, CALENDAR.version)
    off = date(2023, 7, 5)

    def edition(self, version):
        """Know this calendar, and the one that it took the place of."""
        return {OTHER_VERSION: self, CALENDAR.version: CALENDAR}.get(version)

    def due(self, start, rule):
        counted = CALENDAR.due(start, rule)
        effective = self._past(counted.effective)
        return replace(
            counted,
            effective=effective,
            overdue_from=date.fromordinal(effective.toordinal() + 1),
            calendar_version=self.version,
        )

    def working_days_after(self, day, n):
        found = CALENDAR.working_days_after(day, n)
        return (
            CALENDAR.working_days_after(found, 1) if day < self.off <= found else found
        )

    def working_days_before(self, day, n):
        found = CALENDAR.working_days_before(day, n)
        return (
            CALENDAR.working_days_before(found, 1) if found <= self.off < day else found
        )

    def _past(self, day):
        return CALENDAR.working_days_after(day, 1) if day == self.off else day


SHIFTED = Shifted()
T_SHIFTED = domain.settle(
    DEFAULT,
    POLICY,
    start=date(2023, 6, 5),
    known_on=date(2023, 6, 20),
    calendar=SHIFTED,
)
RECALCULATED = domain.DeadlineRecalculated(
    **NAMED,
    recalculated_on=date(2023, 6, 20),
    recalculated_by="hong-ngu",
    previous=T_DEFAULT,
    terms=T_SHIFTED,
    overdue=False,
    level=0,
    rungs=domain.ladder(T_SHIFTED, since=hanoi(2023, 6, 20, 9)),
)
T_REOPENED = terms(DEFAULT, start=date(2023, 9, 1), known_on=date(2023, 9, 1))
REOPENED = domain.RemediationReopened(
    **NAMED,
    reopened_on=date(2023, 9, 1),
    reopened_by="hong-ngu",
    reason="Kiểm tra lại: kế hoạch chưa được thực hiện",
    terms=T_REOPENED,
    rungs=domain.ladder(T_REOPENED, since=hanoi(2023, 9, 1, 9)),
)
WAIVED = domain.RemediationWaived(
    **NAMED,
    waived_on=date(2023, 9, 1),
    waived_by="hong-ngu",
    reason="Thủ tục đã bãi bỏ",
)
CARRIED = domain.CarryOverOpened(
    **TOLD,
    from_plan_id="KH-2023-HN",
    to_plan_id="KH-2024-HN",
    year=2024,
    finding_ids=ASKED["finding_ids"],
    due_on=date(2023, 7, 5),
    opened_on=date(2023, 12, 20),
)
ADOPTED = domain.ReplicationAdopted(
    directive_id="RQ-1",
    practice_id="GP-1",
    agency_id="hn-an-loc",
    adopted_on=date(2023, 7, 3),
    remark="Niêm yết thủ tục bằng mã QR tại Bộ phận Một cửa",
)
MEASURED = domain.ReplicationMeasured(
    directive_id="RQ-1",
    practice_id="GP-1",
    agency_id="hn-an-loc",
    metric="ONLINE_SUBMITTED",
    before=41.5,
    after=63.0,
    measured_on=date(2023, 9, 29),
    source_system="Hệ thống thông tin giải quyết TTHC",
)
UPWARD = domain.UpwardRecommendationIssued(
    recommendation_id="KN-1",
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="UBND xã Tân Hội",
    addressee="dong-thap",
    text="Sửa đổi nhiệm vụ số hóa cho phù hợp nguồn lực cấp xã",
    issued_on=date(2023, 6, 5),
)
ANSWERED = domain.UpwardRecommendationAnswered(
    recommendation_id="KN-1",
    inspection_id="I-2023-HN-07",
    agency_id="hn-tan-hoi",
    addressee="dong-thap",
    text="Sẽ điều chỉnh trong kế hoạch năm 2024",
    answered_on=date(2023, 8, 1),
    document_number="321/UBND-KSTTHC",
)
DECIDED = domain.CarryOverDecided(
    to_plan_id="KH-2024-HN",
    from_plan_id="KH-2023-HN",
    year=2024,
    case_ids=("RC-08",),
    decided_on=date(2023, 12, 20),
    decided_by="hong-ngu",
)
RUN = domain.RecalculationRun(
    recalculation_id="TL-1",
    calendar_version=OTHER_VERSION,
    rehearsed=False,
    counted=1,
    moved=(
        domain.Moved(case_id="RC-08", before=date(2023, 7, 5), after=date(2023, 7, 6)),
    ),
    run_on=date(2023, 6, 20),
    run_by="hong-ngu",
)
