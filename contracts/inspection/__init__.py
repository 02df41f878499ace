"""Events that the inspection service publishes."""

from __future__ import annotations

from contracts.inspection.checklists import (
    ChecklistItem,
    ChecklistPublished,
    Provision,
    Question,
    Target,
)
from contracts.inspection.closing import (
    InspectionClosed,
)
from contracts.inspection.conclusions import (
    ConclusionIssued,
    ConclusionOverdue,
    DueRule,
    HeadLiability,
    Recommendation,
    UpwardRecommendation,
)
from contracts.inspection.course import (
    InspectionCancelled,
    InspectionPostponed,
    UnannouncedInspectionCancelled,
    VisitRefused,
)
from contracts.inspection.difficulties import (
    DifficultyAnswered,
    DifficultyReported,
)
from contracts.inspection.exchanges import (
    ExplanationSubmitted,
    GuidanceGiven,
    MonitoringDataAttached,
    UnitReportReceived,
)
from contracts.inspection.findings import (
    EarlierFinding,
    FindingRaised,
    FindingRectifiedOnSite,
    FindingRepeated,
    FindingWithdrawn,
    HeadAccountabilityDetermined,
    Responsible,
)
from contracts.inspection.practices import (
    GoodPracticePiloted,
    GoodPracticeProposed,
    GoodPracticeWithdrawn,
)
from contracts.inspection.rounds import (
    GoodPracticeRecorded,
    RoundEnded,
    RoundRequest,
    RoundRequestsIssued,
)
from contracts.inspection.succession import (
    Heir,
    InspectionTransferred,
    TransferDecisionRequired,
)
from contracts.inspection.visits import (
    CarriedOverItemAssessed,
    ContentAssessed,
    Evidence,
    Metric,
    MetricRecorded,
    MinutesRefused,
    MinutesSigned,
    MisconductReferred,
    UnitNotified,
    VisitCompleted,
    VisitStarted,
)

__all__ = [
    "CarriedOverItemAssessed",
    "ChecklistItem",
    "ChecklistPublished",
    "ConclusionIssued",
    "ConclusionOverdue",
    "ContentAssessed",
    "DifficultyAnswered",
    "DifficultyReported",
    "DueRule",
    "EarlierFinding",
    "Evidence",
    "ExplanationSubmitted",
    "FindingRaised",
    "FindingRectifiedOnSite",
    "FindingRepeated",
    "FindingWithdrawn",
    "GoodPracticePiloted",
    "GoodPracticeProposed",
    "GoodPracticeRecorded",
    "GoodPracticeWithdrawn",
    "GuidanceGiven",
    "HeadAccountabilityDetermined",
    "HeadLiability",
    "Heir",
    "InspectionCancelled",
    "InspectionClosed",
    "InspectionPostponed",
    "InspectionTransferred",
    "Metric",
    "MetricRecorded",
    "MinutesRefused",
    "MinutesSigned",
    "MisconductReferred",
    "MonitoringDataAttached",
    "Provision",
    "Question",
    "Recommendation",
    "Responsible",
    "RoundEnded",
    "RoundRequest",
    "RoundRequestsIssued",
    "Target",
    "TransferDecisionRequired",
    "UnannouncedInspectionCancelled",
    "UnitNotified",
    "UnitReportReceived",
    "UpwardRecommendation",
    "VisitCompleted",
    "VisitRefused",
    "VisitStarted",
]
