"""Commands to decisions, and the ladder of deadlines those decisions set."""

from __future__ import annotations

from services.remediation.handlers.acts import (
    open_carry_over,
    run_recalculation,
)
from services.remediation.handlers.aggregates import (
    CARRY_OVER,
    CASE,
    DIRECTIVE,
    ESCALATION,
    OVERDUE,
    RECALCULATION,
    REMINDER,
    STANDING,
    UPWARD,
    UPWARD_OVERDUE,
)
from services.remediation.handlers.cases import (
    close_case,
    issue_recommendations,
    record_report,
    reject_remediation,
    reopen_case,
    report_remediation,
    submit_plan,
    verify_remediation,
    waive_case,
)
from services.remediation.handlers.dates import (
    approve_extension,
    extend_deadline,
    recalculate_deadline,
    refuse_extension,
    request_extension,
)
from services.remediation.handlers.directives import (
    adopt_replication,
    answer_upward,
    ask_upward,
    direct_replication,
    give_directives,
    measure_replication,
)
from services.remediation.handlers.falling import (
    let_answer_fall_due,
    let_fall_due,
)
from services.remediation.handlers.handing import (
    hand_over,
    note_end,
    outlive,
    take_on,
)
from services.remediation.handlers.passing import (
    answer_in_place_at_once,
    hand_directive_over,
    hand_upward_over,
    pass_on_at_once,
)

__all__ = [
    "CARRY_OVER",
    "CASE",
    "DIRECTIVE",
    "ESCALATION",
    "OVERDUE",
    "RECALCULATION",
    "REMINDER",
    "STANDING",
    "UPWARD",
    "UPWARD_OVERDUE",
    "adopt_replication",
    "answer_in_place_at_once",
    "answer_upward",
    "approve_extension",
    "ask_upward",
    "close_case",
    "direct_replication",
    "extend_deadline",
    "give_directives",
    "hand_directive_over",
    "hand_over",
    "hand_upward_over",
    "issue_recommendations",
    "let_answer_fall_due",
    "let_fall_due",
    "measure_replication",
    "note_end",
    "open_carry_over",
    "outlive",
    "pass_on_at_once",
    "recalculate_deadline",
    "record_report",
    "refuse_extension",
    "reject_remediation",
    "reopen_case",
    "report_remediation",
    "request_extension",
    "run_recalculation",
    "submit_plan",
    "take_on",
    "verify_remediation",
    "waive_case",
]
