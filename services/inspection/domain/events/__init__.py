"""What can have happened to an inspection (cuộc kiểm tra)."""

from services.inspection.domain.events.conclusions import (
    ConclusionClockStarted,
    ConclusionEvent,
    ConclusionIssued,
    ConclusionOverdue,
)
from services.inspection.domain.events.course import (
    CourseEvent,
    InspectionCancelled,
    InspectionPostponed,
    PointVisited,
    VisitRefused,
)
from services.inspection.domain.events.exchanges import (
    ExchangeEvent,
    ExplanationSubmitted,
    FindingConfirmed,
    GuidanceGiven,
    MonitoringDataAttached,
    UnitReportReceived,
)
from services.inspection.domain.events.findings import (
    FindingEvent,
    FindingRaised,
    FindingWithdrawn,
)
from services.inspection.domain.events.records import (
    CarriedOverItemAssessed,
    ContentAssessed,
    MetricRecorded,
    MisconductReferred,
    RecordEvent,
)
from services.inspection.domain.events.visits import (
    InspectionPlanned,
    MinutesRefused,
    MinutesSigned,
    PracticeNoted,
    UnitNotified,
    VisitCompleted,
    VisitEvent,
    VisitStarted,
)

InspectionEvent = (
    VisitEvent
    | CourseEvent
    | ExchangeEvent
    | RecordEvent
    | FindingEvent
    | ConclusionEvent
)

__all__ = [
    "CarriedOverItemAssessed",
    "ConclusionClockStarted",
    "ConclusionEvent",
    "ConclusionIssued",
    "ConclusionOverdue",
    "ContentAssessed",
    "CourseEvent",
    "ExchangeEvent",
    "ExplanationSubmitted",
    "FindingConfirmed",
    "FindingEvent",
    "FindingRaised",
    "FindingWithdrawn",
    "GuidanceGiven",
    "InspectionCancelled",
    "InspectionEvent",
    "InspectionPlanned",
    "InspectionPostponed",
    "MetricRecorded",
    "MinutesRefused",
    "MinutesSigned",
    "MisconductReferred",
    "MonitoringDataAttached",
    "PointVisited",
    "PracticeNoted",
    "RecordEvent",
    "UnitNotified",
    "UnitReportReceived",
    "VisitCompleted",
    "VisitEvent",
    "VisitRefused",
    "VisitStarted",
]
