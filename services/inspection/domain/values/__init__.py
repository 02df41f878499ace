"""The values that inspection"s events are made of."""

from services.inspection.domain.values.calendar import (
    Calendar,
    Counted,
)
from services.inspection.domain.values.checklists import (
    Answer,
    ChecklistItem,
    Provision,
    Question,
    Result,
    Sense,
    Target,
    Verdict,
)
from services.inspection.domain.values.conclusions import (
    DueKind,
    DueRule,
    DueUnit,
    NoAction,
    Recommendation,
    UpwardRecommendation,
)
from services.inspection.domain.values.difficulties import (
    Difficulty,
)
from services.inspection.domain.values.evidence import (
    Evidence,
)
from services.inspection.domain.values.findings import (
    ApprovedList,
    CauseKind,
    Check,
    Earlier,
    Finding,
    FindingKind,
    HeadLiability,
    HeadSource,
    Liability,
)
from services.inspection.domain.values.records import (
    Assessment,
    CarriedOver,
    CarriedOverResult,
    Metric,
    Rating,
    TaskSource,
)
from services.inspection.domain.values.rounds import (
    RequestKind,
    RoundRequest,
)
from services.inspection.domain.values.terms import (
    Aim,
    CarriedItem,
    ChecklistPin,
    ConclusionRule,
    Figure,
    Order,
    RemedyPolicy,
    Terms,
    VisitPolicy,
    Window,
)

__all__ = [
    "Aim",
    "Answer",
    "ApprovedList",
    "Assessment",
    "Calendar",
    "CarriedItem",
    "CarriedOver",
    "CarriedOverResult",
    "CauseKind",
    "Check",
    "ChecklistItem",
    "ChecklistPin",
    "ConclusionRule",
    "Counted",
    "Difficulty",
    "DueKind",
    "DueRule",
    "DueUnit",
    "Earlier",
    "Evidence",
    "Figure",
    "Finding",
    "FindingKind",
    "HeadLiability",
    "HeadSource",
    "Liability",
    "Metric",
    "NoAction",
    "Order",
    "Provision",
    "Question",
    "Rating",
    "Recommendation",
    "RemedyPolicy",
    "RequestKind",
    "Result",
    "RoundRequest",
    "Sense",
    "Target",
    "TaskSource",
    "Terms",
    "UpwardRecommendation",
    "Verdict",
    "VisitPolicy",
    "Window",
]
