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
    ConclusionRule,
    RemedyPolicy,
    Terms,
    Window,
)

__all__ = [
    "ApprovedList",
    "Assessment",
    "Calendar",
    "CarriedOver",
    "CarriedOverResult",
    "Check",
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
    "Rating",
    "Recommendation",
    "RemedyPolicy",
    "RequestKind",
    "RoundRequest",
    "Terms",
    "Window",
]
