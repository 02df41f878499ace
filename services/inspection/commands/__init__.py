"""What may be asked of inspection."""

from services.inspection.commands.conclusions import (
    DueRuleGiven,
    IssueConclusion,
    MarkConclusionOverdue,
    NoActionTaken,
    RecommendationMade,
    StartClocks,
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
    CountVisit,
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
    "CheckMade",
    "CompleteVisit",
    "CountVisit",
    "DueRuleGiven",
    "EndRound",
    "EnrolInspection",
    "EvidenceGiven",
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
    "RaiseFinding",
    "RecommendationMade",
    "RecordGoodPractice",
    "RecordMetric",
    "ReferMisconduct",
    "RefuseMinutes",
    "RequestMade",
    "ResponsibleNamed",
    "SignMinutes",
    "StartClocks",
    "StartVisit",
    "Text",
    "WithdrawFinding",
    "Word",
]
