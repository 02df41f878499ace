"""What can have happened to an inspection (cuộc kiểm tra)."""

from services.inspection.domain.events.conclusions import (
    ConclusionClockStarted,
    ConclusionEvent,
    ConclusionIssued,
    ConclusionOverdue,
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

InspectionEvent = VisitEvent | RecordEvent | FindingEvent | ConclusionEvent

__all__ = [
    "CarriedOverItemAssessed",
    "ConclusionClockStarted",
    "ConclusionEvent",
    "ConclusionIssued",
    "ConclusionOverdue",
    "ContentAssessed",
    "FindingEvent",
    "FindingRaised",
    "FindingWithdrawn",
    "InspectionEvent",
    "InspectionPlanned",
    "MetricRecorded",
    "MinutesRefused",
    "MinutesSigned",
    "MisconductReferred",
    "PracticeNoted",
    "RecordEvent",
    "UnitNotified",
    "VisitCompleted",
    "VisitEvent",
    "VisitStarted",
]
