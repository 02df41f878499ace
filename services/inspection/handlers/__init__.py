"""Commands to decisions, and the deadlines those decisions set; no rule in here."""

from services.inspection.handlers.aggregates import (
    CHECKLIST,
    CONCLUSION_OVERDUE,
    INSPECTION,
    MEMORY,
    PRACTICE,
    ROUND,
    STANDING,
)
from services.inspection.handlers.checklists import (
    answer_item,
    pin_checklist,
    publish_checklist,
)
from services.inspection.handlers.closing import (
    close_without_remedies,
    reopen_remedy,
    settle_remedy,
)
from services.inspection.handlers.conclusions import (
    issue_conclusion,
    mark_conclusion_overdue,
    start_clocks,
)
from services.inspection.handlers.course import (
    cancel_inspection,
    heed_new_day,
    heed_withdrawal,
    postpone_inspection,
    refuse_visit,
    visit_point,
)
from services.inspection.handlers.difficulties import (
    answer_difficulty,
    report_difficulty,
)
from services.inspection.handlers.exchanges import (
    attach_monitoring_data,
    confirm_finding,
    explain,
    give_guidance,
    receive_report,
)
from services.inspection.handlers.findings import (
    determine_accountability,
    raise_finding,
    rectify_on_site,
    withdraw_finding,
)
from services.inspection.handlers.practices import (
    note_adoption,
    note_effect,
    note_practice,
    pilot_practice,
    propose_practice,
    record_practice,
    withdraw_practice,
)
from services.inspection.handlers.records import (
    assess_carried_over,
    assess_content,
    record_metric,
    refer_misconduct,
)
from services.inspection.handlers.repeats import (
    forget_finding,
    name_predecessor,
    remember_finding,
    remember_remedies,
)
from services.inspection.handlers.rounds import (
    count_report,
    count_visit,
    disclose_round,
    drop_inspection,
    end_round,
    enrol_inspection,
    issue_round_requests,
    plan_round,
)
from services.inspection.handlers.succession import (
    note_end,
    outlive,
    take_on,
    transfer_inspection,
)
from services.inspection.handlers.visits import (
    complete_visit,
    notify_unit,
    plan_inspection,
    refuse_minutes,
    sign_minutes,
    start_visit,
)

__all__ = [
    "CHECKLIST",
    "CONCLUSION_OVERDUE",
    "INSPECTION",
    "MEMORY",
    "PRACTICE",
    "ROUND",
    "STANDING",
    "answer_difficulty",
    "answer_item",
    "assess_carried_over",
    "assess_content",
    "attach_monitoring_data",
    "cancel_inspection",
    "close_without_remedies",
    "complete_visit",
    "confirm_finding",
    "count_report",
    "count_visit",
    "determine_accountability",
    "disclose_round",
    "drop_inspection",
    "end_round",
    "enrol_inspection",
    "explain",
    "forget_finding",
    "give_guidance",
    "heed_new_day",
    "heed_withdrawal",
    "issue_conclusion",
    "issue_round_requests",
    "mark_conclusion_overdue",
    "name_predecessor",
    "note_adoption",
    "note_effect",
    "note_end",
    "note_practice",
    "notify_unit",
    "outlive",
    "pilot_practice",
    "pin_checklist",
    "plan_inspection",
    "plan_round",
    "postpone_inspection",
    "propose_practice",
    "publish_checklist",
    "raise_finding",
    "receive_report",
    "record_metric",
    "record_practice",
    "rectify_on_site",
    "refer_misconduct",
    "refuse_minutes",
    "refuse_visit",
    "remember_finding",
    "remember_remedies",
    "reopen_remedy",
    "report_difficulty",
    "settle_remedy",
    "sign_minutes",
    "start_clocks",
    "start_visit",
    "take_on",
    "transfer_inspection",
    "visit_point",
    "withdraw_finding",
    "withdraw_practice",
]
