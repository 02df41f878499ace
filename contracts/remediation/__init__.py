"""Events that the remediation service publishes."""

from __future__ import annotations

from contracts.remediation.dates import (
    DeadlineExtended,
    DeadlineRecalculated,
    ExtensionRefused,
    ExtensionRequested,
)
from contracts.remediation.directives import (
    OpenRecommendationIssued,
    ReplicationAdopted,
    ReplicationDirected,
    ReplicationMeasured,
    StandingDutyRecorded,
    UpwardRecommendationAnswered,
    UpwardRecommendationIssued,
    UpwardRecommendationOverdue,
)
from contracts.remediation.endings import (
    CarryOverOpened,
    RemediationReopened,
    RemediationWaived,
)
from contracts.remediation.handing import (
    Candidate,
    CaseHandedOver,
    HandoverDecisionRequired,
)
from contracts.remediation.passing import (
    DirectiveHandedOver,
    DirectiveHandoverRequired,
    UpwardHandedOver,
    UpwardHandoverRequired,
)
from contracts.remediation.remedy import (
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

__all__ = [
    "Candidate",
    "CarryOverOpened",
    "CaseHandedOver",
    "DeadlineExtended",
    "DeadlineRecalculated",
    "DirectiveHandedOver",
    "DirectiveHandoverRequired",
    "ExtensionRefused",
    "ExtensionRequested",
    "HandoverDecisionRequired",
    "Measure",
    "OpenRecommendationIssued",
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
    "ReplicationAdopted",
    "ReplicationDirected",
    "ReplicationMeasured",
    "StandingDutyRecorded",
    "UpwardHandedOver",
    "UpwardHandoverRequired",
    "UpwardRecommendationAnswered",
    "UpwardRecommendationIssued",
    "UpwardRecommendationOverdue",
]
