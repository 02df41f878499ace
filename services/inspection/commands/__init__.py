"""What may be asked of inspection."""

from services.inspection.commands.conclusions import (
    DueRuleGiven,
    IssueConclusion,
    MarkConclusionOverdue,
    NoActionTaken,
    RecommendationMade,
    StartClocks,
)
from services.inspection.commands.course import (
    CancelInspection,
    PostponeInspection,
    RefuseVisit,
    VisitPoint,
)
from services.inspection.commands.exchanges import (
    AttachMonitoringData,
    ConfirmFinding,
    Explain,
    GiveGuidance,
    ReceiveReport,
)
from services.inspection.commands.fields import (
    EvidenceGiven,
    Heard,
    Id,
    Text,
    Word,
)
from services.inspection.commands.findings import (
    CheckMade,
    ListCompared,
    RaiseFinding,
    ResponsibleNamed,
    WithdrawFinding,
)
from services.inspection.commands.practices import (
    NotePractice,
    RecordGoodPractice,
)
from services.inspection.commands.records import (
    AssessCarriedOver,
    AssessContent,
    RecordMetric,
    ReferMisconduct,
)
from services.inspection.commands.rounds import (
    CountReport,
    CountVisit,
    DiscloseRound,
    DropInspection,
    EndRound,
    EnrolInspection,
    IssueRoundRequests,
    PlanRound,
    RequestMade,
)
from services.inspection.commands.visits import (
    CompleteVisit,
    NotifyUnit,
    PlanInspection,
    RefuseMinutes,
    SignMinutes,
    StartVisit,
)

__all__ = [
    "AssessCarriedOver",
    "AssessContent",
    "AttachMonitoringData",
    "CancelInspection",
    "CheckMade",
    "CompleteVisit",
    "ConfirmFinding",
    "CountReport",
    "CountVisit",
    "DiscloseRound",
    "DropInspection",
    "DueRuleGiven",
    "EndRound",
    "EnrolInspection",
    "EvidenceGiven",
    "Explain",
    "GiveGuidance",
    "Heard",
    "Id",
    "IssueConclusion",
    "IssueRoundRequests",
    "ListCompared",
    "MarkConclusionOverdue",
    "NoActionTaken",
    "NotePractice",
    "NotifyUnit",
    "PlanInspection",
    "PlanRound",
    "PostponeInspection",
    "RaiseFinding",
    "ReceiveReport",
    "RecommendationMade",
    "RecordGoodPractice",
    "RecordMetric",
    "ReferMisconduct",
    "RefuseMinutes",
    "RefuseVisit",
    "RequestMade",
    "ResponsibleNamed",
    "SignMinutes",
    "StartClocks",
    "StartVisit",
    "Text",
    "VisitPoint",
    "WithdrawFinding",
    "Word",
]
