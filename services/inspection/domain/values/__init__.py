"""The values that inspection"s events are made of."""

from services.inspection.domain.values.calendar import (
    Calendar,
    Counted,
)
from services.inspection.domain.values.conclusions import (
    DueKind,
    DueRule,
    DueUnit,
    NoAction,
    Recommendation,
)
from services.inspection.domain.values.evidence import (
    Evidence,
)
from services.inspection.domain.values.findings import (
    ApprovedList,
    Check,
    Finding,
    FindingKind,
)
from services.inspection.domain.values.records import (
    Assessment,
    CarriedOver,
    CarriedOverResult,
    Metric,
    Rating,
)
from services.inspection.domain.values.rounds import (
    RequestKind,
    RoundRequest,
)
from services.inspection.domain.values.terms import (
    CarriedItem,
    ChecklistPin,
    ConclusionRule,
    Order,
    RemedyPolicy,
    Terms,
    VisitPolicy,
    Window,
)

__all__ = [
    "ApprovedList",
    "Assessment",
    "Calendar",
    "CarriedItem",
    "CarriedOver",
    "CarriedOverResult",
    "Check",
    "ChecklistPin",
    "ConclusionRule",
    "Counted",
    "DueKind",
    "DueRule",
    "DueUnit",
    "Evidence",
    "Finding",
    "FindingKind",
    "Metric",
    "NoAction",
    "Order",
    "Rating",
    "Recommendation",
    "RemedyPolicy",
    "RequestKind",
    "RoundRequest",
    "Terms",
    "VisitPolicy",
    "Window",
]
