"""Events that the inspection service publishes."""

from __future__ import annotations

from contracts.inspection.conclusions import (
    ConclusionIssued,
    ConclusionOverdue,
    DueRule,
    Recommendation,
)
from contracts.inspection.course import (
    InspectionCancelled,
    InspectionPostponed,
    UnannouncedInspectionCancelled,
    VisitRefused,
)
from contracts.inspection.exchanges import (
    ExplanationSubmitted,
    GuidanceGiven,
    MonitoringDataAttached,
    UnitReportReceived,
)
from contracts.inspection.findings import (
    FindingRaised,
    FindingWithdrawn,
    Responsible,
)
from contracts.inspection.rounds import (
    GoodPracticeRecorded,
    RoundEnded,
    RoundRequest,
    RoundRequestsIssued,
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
    "ConclusionIssued",
    "ConclusionOverdue",
    "ContentAssessed",
    "DueRule",
    "Evidence",
    "ExplanationSubmitted",
    "FindingRaised",
    "FindingWithdrawn",
    "GoodPracticeRecorded",
    "GuidanceGiven",
    "InspectionCancelled",
    "InspectionPostponed",
    "Metric",
    "MetricRecorded",
    "MinutesRefused",
    "MinutesSigned",
    "MisconductReferred",
    "MonitoringDataAttached",
    "Recommendation",
    "Responsible",
    "RoundEnded",
    "RoundRequest",
    "RoundRequestsIssued",
    "UnannouncedInspectionCancelled",
    "UnitNotified",
    "UnitReportReceived",
    "VisitCompleted",
    "VisitRefused",
    "VisitStarted",
]
