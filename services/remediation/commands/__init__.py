"""What may be asked of remediation."""

from __future__ import annotations

from services.remediation.commands.cases import (
    CloseCase,
    IssueRecommendation,
    LetFallDue,
    MeasureTaken,
    RecordReport,
    RejectRemediation,
    ReopenCase,
    ReportRemediation,
    SubmitPlan,
    VerifyRemediation,
    WaiveCase,
)
from services.remediation.commands.dates import (
    ApproveExtension,
    ExtendDeadline,
    OpenCarryOver,
    RecalculateDeadline,
    RefuseExtension,
    RequestExtension,
    RunRecalculation,
)
from services.remediation.commands.directives import (
    AdoptReplication,
    AnswerUpward,
    AskUpward,
    DirectReplication,
    GiveDirective,
    MeasureReplication,
)
from services.remediation.commands.handing import (
    HandDirectiveOver,
    HandOver,
    HandUpwardOver,
    NoteEnd,
)
from services.remediation.commands.values import (
    Due,
    Proof,
)

__all__ = [
    "AdoptReplication",
    "AnswerUpward",
    "ApproveExtension",
    "AskUpward",
    "CloseCase",
    "DirectReplication",
    "Due",
    "ExtendDeadline",
    "GiveDirective",
    "HandDirectiveOver",
    "HandOver",
    "HandUpwardOver",
    "IssueRecommendation",
    "LetFallDue",
    "MeasureReplication",
    "MeasureTaken",
    "NoteEnd",
    "OpenCarryOver",
    "Proof",
    "RecalculateDeadline",
    "RecordReport",
    "RefuseExtension",
    "RejectRemediation",
    "ReopenCase",
    "ReportRemediation",
    "RequestExtension",
    "RunRecalculation",
    "SubmitPlan",
    "VerifyRemediation",
    "WaiveCase",
]
