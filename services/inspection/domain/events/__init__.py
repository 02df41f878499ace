"""What can have happened to an inspection (cuộc kiểm tra)."""

from services.inspection.domain.events.closing import (
    ClosingEvent,
    InspectionClosed,
    RemedyReopened,
    RemedySettled,
)
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
from services.inspection.domain.events.folder import (
    ChecklistPinned,
    DifficultyAnswered,
    DifficultyReported,
    FindingRectifiedOnSite,
    FolderEvent,
    HeadAccountabilityDetermined,
    ItemAnswered,
)
from services.inspection.domain.events.records import (
    CarriedOverItemAssessed,
    ContentAssessed,
    MetricRecorded,
    MisconductReferred,
    RecordEvent,
)
from services.inspection.domain.events.succession import (
    Heir,
    InspectionTransferred,
    SuccessionEvent,
    TransferDecisionRequired,
    UnitEnded,
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
    | FolderEvent
    | ConclusionEvent
    | SuccessionEvent
    | ClosingEvent
)

__all__ = [
    "CarriedOverItemAssessed",
    "ChecklistPinned",
    "ClosingEvent",
    "ConclusionClockStarted",
    "ConclusionEvent",
    "ConclusionIssued",
    "ConclusionOverdue",
    "ContentAssessed",
    "CourseEvent",
    "DifficultyAnswered",
    "DifficultyReported",
    "ExchangeEvent",
    "ExplanationSubmitted",
    "FindingConfirmed",
    "FindingEvent",
    "FindingRaised",
    "FindingRectifiedOnSite",
    "FindingWithdrawn",
    "FolderEvent",
    "GuidanceGiven",
    "HeadAccountabilityDetermined",
    "Heir",
    "InspectionCancelled",
    "InspectionClosed",
    "InspectionEvent",
    "InspectionPlanned",
    "InspectionPostponed",
    "InspectionTransferred",
    "ItemAnswered",
    "MetricRecorded",
    "MinutesRefused",
    "MinutesSigned",
    "MisconductReferred",
    "MonitoringDataAttached",
    "PointVisited",
    "PracticeNoted",
    "RecordEvent",
    "RemedyReopened",
    "RemedySettled",
    "SuccessionEvent",
    "TransferDecisionRequired",
    "UnitEnded",
    "UnitNotified",
    "UnitReportReceived",
    "VisitCompleted",
    "VisitEvent",
    "VisitRefused",
    "VisitStarted",
]
