"""Commands to decisions, and the deadlines those decisions set; no rule in here."""

from services.inspection.handlers.aggregates import (
    CONCLUSION_OVERDUE,
    INSPECTION,
    PRACTICE,
    ROUND,
)
from services.inspection.handlers.conclusions import (
    issue_conclusion,
    mark_conclusion_overdue,
    start_clocks,
)
from services.inspection.handlers.findings import (
    raise_finding,
    withdraw_finding,
)
from services.inspection.handlers.practices import (
    note_practice,
    record_practice,
)
from services.inspection.handlers.records import (
    assess_carried_over,
    assess_content,
    record_metric,
    refer_misconduct,
)
from services.inspection.handlers.rounds import (
    count_visit,
    end_round,
    enrol_inspection,
    issue_round_requests,
    plan_round,
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
    "CONCLUSION_OVERDUE",
    "INSPECTION",
    "PRACTICE",
    "ROUND",
    "assess_carried_over",
    "assess_content",
    "complete_visit",
    "count_visit",
    "end_round",
    "enrol_inspection",
    "issue_conclusion",
    "issue_round_requests",
    "mark_conclusion_overdue",
    "note_practice",
    "notify_unit",
    "plan_inspection",
    "plan_round",
    "raise_finding",
    "record_metric",
    "record_practice",
    "refer_misconduct",
    "refuse_minutes",
    "sign_minutes",
    "start_clocks",
    "start_visit",
    "withdraw_finding",
]
