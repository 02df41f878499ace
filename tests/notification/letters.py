"""Events of the campaign that ask for a letter, and how each letter begins."""

from datetime import date

from contracts import inspection, planning, registry, remediation
from tests.notification.examples import CASE, HONG_NGU, TAN_HOI, Agencies

NAMED = {name: CASE[name] for name in ("case_id", "inspection_id", "agency_id")}
DATED = {
    "due_rule": inspection.DueRule(kind="DAYS", n=7, unit="calendar_days"),
    "due_on": date(2023, 10, 9),
    "effective_due_on": date(2023, 10, 9),
    "overdue_from": date(2023, 10, 10),
    "calendar_version": "vn-2026.1",
}
LATE = {
    "due_on": date(2023, 6, 13),
    "effective_due_on": date(2023, 6, 13),
    "overdue_from": date(2023, 6, 14),
    "calendar_version": "vn-2026.1",
}
BEFORE = {
    "previous_due_on": date(2023, 9, 30),
    "previous_effective_due_on": date(2023, 10, 2),
}
WHY = "Phần mềm đang nâng cấp"
DONG_THAP = registry.AgencyRegistered(
    agency_id="dong-thap",
    kind="PROVINCE",
    name="UBND tỉnh Đồng Tháp",
    mailbox="vanthu@dongthap.example",
    valid_from=date(2021, 1, 1),
)
PLAN = {
    "plan_id": "KH-2023-HN",
    "document_number": "45/KH-UBND",
    "issued_on": date(2023, 4, 21),
    "year": 2023,
    "issuer": "hong-ngu",
    "lead_agency": "hong-ngu",
    "programmes": ["PAR", "TTHC_CONTROL"],
}
EXTENDED = remediation.DeadlineExtended(
    **NAMED,
    **DATED,
    **BEFORE,
    requested_on=date(2023, 9, 25),
    requested_after_due=False,
    approved_by="hong-ngu",
    reason=WHY,
)
REFUSED = remediation.ExtensionRefused(
    **NAMED,
    request_id="GH-1",
    refused_on=date(2023, 9, 26),
    refused_by="hong-ngu",
    reason="Đã đủ thời gian",
)
REJECTED = remediation.RemediationRejected(
    **NAMED, rejected_on=date(2023, 9, 26), reason="Thiếu minh chứng"
)
REJECTED_ANEW = REJECTED.model_copy(update={"effective_due_on": date(2023, 10, 26)})
RECALCULATED = remediation.DeadlineRecalculated(
    **NAMED,
    **DATED,
    **BEFORE,
    recalculated_on=date(2023, 9, 26),
    recalculated_by="hong-ngu",
    previous_calendar_version="vn-2023.1",
)
REOPENED = remediation.RemediationReopened(
    **NAMED,
    **DATED,
    reopened_on=date(2023, 9, 26),
    reopened_by="hong-ngu",
    reason="Kế hoạch chưa được thực hiện",
)
WAIVED = remediation.RemediationWaived(
    **NAMED,
    waived_on=date(2023, 9, 26),
    waived_by="hong-ngu",
    reason="Thủ tục đã bãi bỏ",
)
CARRIED = remediation.CarryOverOpened(
    **NAMED,
    agency_name=CASE["agency_name"],
    text=CASE["text"],
    from_plan_id="KH-2023-HN",
    to_plan_id="KH-2024-HN",
    year=2024,
    finding_ids=("F-07-2",),
    due_on=date(2023, 10, 2),
    opened_on=date(2023, 12, 20),
)
HANDED_OVER = remediation.CaseHandedOver(
    **NAMED,
    recommendation_id="RC-08",
    concerns="UNIT",
    from_agency="hn-an-loc",
    from_name="UBND phường An Lộc",
    to_agency="hn-tan-hoi",
    to_name="UBND xã Tân Hội",
    handed_over_on=date(2025, 7, 1),
    legal_ref="Nghị quyết 1663/NQ-UBTVQH15",
)
HANDED_OVER_BY_DECISION = HANDED_OVER.model_copy(
    update={"decided_by": "hong-ngu", "reason": "Phần lớn hồ sơ thuộc xã Tân Hội"}
)
UNDECIDED = remediation.HandoverDecisionRequired(
    **NAMED,
    recommendation_id="RC-08",
    agency_name=CASE["agency_name"],
    text=CASE["text"],
    concerns="UNIT",
    ended_agency="hn-tan-hoi",
    ended_name="UBND xã Tân Hội",
    required_on=date(2025, 7, 1),
    legal_ref="Nghị quyết 1663/NQ-UBTVQH15",
)
REPLICATION = remediation.ReplicationDirected(
    directive_id="RQ-1",
    practice_id="GP-1",
    round_id="R-2023-HN",
    plan_id="KH-2023-HN",
    scope=("hn-tan-hoi", "hong-ngu"),
    text="Niêm yết thủ tục bằng mã QR",
    directed_on=date(2023, 6, 5),
)
UPWARD = remediation.UpwardRecommendationIssued(
    recommendation_id="KN-1",
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="UBND xã Tân Hội",
    addressee="dong-thap",
    text="Sửa đổi nhiệm vụ số hóa cho phù hợp nguồn lực cấp xã",
    issued_on=date(2023, 6, 5),
)
UPWARD_LATE = remediation.UpwardRecommendationOverdue(
    **UPWARD.model_dump(exclude={"issued_on", "due_rule", *LATE}),
    **LATE,
)
ANSWERED = remediation.UpwardRecommendationAnswered(
    recommendation_id="KN-1",
    inspection_id="I-2023-HN-07",
    agency_id="hn-tan-hoi",
    addressee="dong-thap",
    text="Sẽ điều chỉnh trong kế hoạch năm 2024",
    answered_on=date(2023, 8, 1),
)
NOTIFIED = planning.PlanNotified(
    plan_id="KH-2023-HN",
    notified_on=date(2023, 4, 24),
    recipients=("hn-tan-hoi", "hong-ngu"),
)
SHORT = planning.PlanCoverageShort(
    plan_id="KH-2023-HN",
    checked_on=date(2023, 11, 15),
    ordered=6,
    covered=6,
    short_by=1,
    quotas=(
        planning.QuotaShort(
            kind="COMMUNE", rule="ALL", required=7, covered=6, short_by=1
        ),
    ),
)
CONCLUSION_OVERDUE = inspection.ConclusionOverdue(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    round_id="R-2023-HN",
    agency_id="hn-tan-hoi",
    lead_agency="hong-ngu",
    due_on=date(2023, 6, 13),
    effective_due_on=date(2023, 6, 13),
    overdue_from=date(2023, 6, 14),
    calendar_version="vn-2026.1",
)
POSTPONED = inspection.InspectionPostponed(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    round_id="R-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="UBND xã Tân Hội",
    reason="RAIN",
    planned_before=date(2023, 5, 22),
    planned_on=date(2023, 5, 25),
    postponed_on=date(2023, 5, 21),
)
CANCELLED = inspection.InspectionCancelled(
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    round_id="R-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name="UBND xã Tân Hội",
    basis="PLANNED",
    reason="Đã được Thanh tra tỉnh kiểm tra cùng nội dung",
    cancelled_on=date(2023, 5, 10),
)
SELF = {
    "self_inspection_id": "KH-2023-HN.hn-tan-hoi",
    "plan_id": "KH-2023-HN",
    "agency_id": "hn-tan-hoi",
    "agency_name": "UBND xã Tân Hội",
}
SELF_REQUIRED = planning.SelfInspectionRequired(
    **SELF,
    plan_due_on=date(2023, 6, 13),
    result_due_on=date(2023, 10, 31),
    share_percent=50,
    required_on=date(2023, 4, 24),
)
SELF_PLAN_OVERDUE = planning.SelfInspectionPlanOverdue(**SELF, **LATE)
SELF_RESULT_OVERDUE = planning.SelfInspectionResultOverdue(**SELF, **LATE)

# template -> the event, who gets the letter, what it is about, how it begins
LETTERS = {
    "extension-granted": (EXTENDED, ["hn-tan-hoi"], "RC-08", "Gia hạn khắc phục"),
    "extension-refused": (REFUSED, ["hn-tan-hoi"], "RC-08", "Không chấp thuận gia hạn"),
    "remediation-rejected": (REJECTED, ["hn-tan-hoi"], "RC-08", "Kết quả khắc phục"),
    "deadline-recalculated": (RECALCULATED, ["hn-tan-hoi"], "RC-08", "Tính lại"),
    "case-reopened": (REOPENED, ["hn-tan-hoi"], "RC-08", "Mở lại hồ sơ"),
    "case-waived": (WAIVED, ["hn-tan-hoi"], "RC-08", "Thôi yêu cầu"),
    "carry-over": (CARRIED, ["hn-tan-hoi"], "RC-08", "Chuyển kiến nghị"),
    "handover": (HANDED_OVER, ["hn-tan-hoi"], "RC-08", "Bàn giao hồ sơ"),
    "handover-decision": (UNDECIDED, ["hong-ngu"], "RC-08", "Đề nghị quyết định"),
    "replication": (REPLICATION, ["hn-tan-hoi", "hong-ngu"], "RQ-1", "Nhân rộng"),
    "upward": (UPWARD, ["dong-thap"], "KN-1", "Kiến nghị cấp trên"),
    "upward-overdue": (UPWARD_LATE, ["dong-thap"], "KN-1", "Đôn đốc trả lời"),
    "upward-answer": (ANSWERED, ["hn-tan-hoi"], "KN-1", "Trả lời kiến nghị"),
    "plan-notice": (NOTIFIED, ["hn-tan-hoi", "hong-ngu"], "KH-2023-HN", "Gửi Kế hoạch"),
    "coverage-short": (SHORT, ["hong-ngu"], "KH-2023-HN", "Kế hoạch kiểm tra"),
    "conclusion-overdue": (
        CONCLUSION_OVERDUE,
        ["hong-ngu"],
        "I-2023-HN-07",
        "Quá hạn ban hành",
    ),
    "inspection-postponed": (
        POSTPONED,
        ["hn-tan-hoi"],
        "I-2023-HN-07",
        "Hoãn kiểm tra",
    ),
    "inspection-cancelled": (
        CANCELLED,
        ["hn-tan-hoi"],
        "I-2023-HN-07",
        "Hủy cuộc kiểm tra",
    ),
    "self-inspection-required": (
        SELF_REQUIRED,
        ["hn-tan-hoi"],
        "KH-2023-HN.hn-tan-hoi",
        "Yêu cầu tự kiểm tra",
    ),
    "self-inspection-plan-overdue": (
        SELF_PLAN_OVERDUE,
        ["hn-tan-hoi"],
        "KH-2023-HN.hn-tan-hoi",
        "Đôn đốc",
    ),
    "self-inspection-result-overdue": (
        SELF_RESULT_OVERDUE,
        ["hn-tan-hoi"],
        "KH-2023-HN.hn-tan-hoi",
        "Đôn đốc",
    ),
}


class Known(Agencies):
    """The views `agencies` and `known_plans`, as far as others have told."""

    def __init__(self, *registered, plan=PLAN):
        super().__init__(*registered)
        self._plan = plan

    async def fetch(self, sql, *arguments):
        if "FROM known_plans" in sql:
            known = self._plan is not None and arguments == (self._plan["plan_id"],)
            return [self._plan] if known else []
        return await super().fetch(sql, *arguments)


EVERYBODY = Known(TAN_HOI, HONG_NGU, DONG_THAP)
