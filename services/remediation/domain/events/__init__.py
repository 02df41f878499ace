"""What happens to a case, as its stream records it."""

from __future__ import annotations

from services.remediation.domain.events.dates import (
    DeadlineExtended,
    DeadlineRecalculated,
    ExtensionRefused,
    ExtensionRequested,
)
from services.remediation.domain.events.endings import (
    CarryOverOpened,
    RemediationReopened,
    RemediationWaived,
)
from services.remediation.domain.events.handing import (
    Candidate,
    CaseHandedOver,
    Concerns,
    HandoverDecisionRequired,
    UnitEnded,
)
from services.remediation.domain.events.remedy import (
    Evidence,
    Measure,
    RecommendationIssued,
    RemediationClosed,
    RemediationEscalated,
    RemediationOverdue,
    RemediationPlanSubmitted,
    RemediationRejected,
    RemediationReminded,
    RemediationReported,
    RemediationVerified,
)

RemedyEvent = (
    RecommendationIssued
    | RemediationPlanSubmitted
    | RemediationReported
    | RemediationVerified
    | RemediationRejected
    | RemediationClosed
)
FallenEvent = RemediationReminded | RemediationOverdue | RemediationEscalated
DateEvent = (
    ExtensionRequested | ExtensionRefused | DeadlineExtended | DeadlineRecalculated
)
EndingEvent = RemediationReopened | RemediationWaived | CarryOverOpened
HandingEvent = CaseHandedOver | HandoverDecisionRequired
CaseEvent = RemedyEvent | FallenEvent | DateEvent | EndingEvent | HandingEvent

__all__ = [
    "Candidate",
    "CarryOverOpened",
    "CaseEvent",
    "CaseHandedOver",
    "Concerns",
    "DateEvent",
    "DeadlineExtended",
    "DeadlineRecalculated",
    "EndingEvent",
    "Evidence",
    "ExtensionRefused",
    "ExtensionRequested",
    "FallenEvent",
    "HandingEvent",
    "HandoverDecisionRequired",
    "Measure",
    "RecommendationIssued",
    "RemediationClosed",
    "RemediationEscalated",
    "RemediationOverdue",
    "RemediationPlanSubmitted",
    "RemediationRejected",
    "RemediationReminded",
    "RemediationReopened",
    "RemediationReported",
    "RemediationVerified",
    "RemediationWaived",
    "RemedyEvent",
    "UnitEnded",
]
