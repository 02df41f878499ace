"""Events that the planning service publishes."""

from __future__ import annotations

from contracts.planning.plans import (
    ConclusionRule,
    PlanCompleted,
    PlanIssued,
    Quota,
    RemedyPolicy,
    RoundScheduled,
    Target,
    VisitOrdered,
    Window,
)
from contracts.planning.self_inspections import (
    SelfInspectionPlanIssued,
    SelfInspectionPlanOverdue,
    SelfInspectionReported,
    SelfInspectionRequired,
    SelfInspectionResultOverdue,
)
from contracts.planning.teams import (
    Seat,
    TeamEstablished,
)
from contracts.planning.triggers import (
    SignalAnswerOverdue,
    SignalReceived,
    SignalTransferOverdue,
    Trigger,
    TriggerAssessed,
    TriggerProposed,
    UnannouncedInspectionOrdered,
)

__all__ = [
    "ConclusionRule",
    "PlanCompleted",
    "PlanIssued",
    "Quota",
    "RemedyPolicy",
    "RoundScheduled",
    "Seat",
    "SelfInspectionPlanIssued",
    "SelfInspectionPlanOverdue",
    "SelfInspectionReported",
    "SelfInspectionRequired",
    "SelfInspectionResultOverdue",
    "SignalAnswerOverdue",
    "SignalReceived",
    "SignalTransferOverdue",
    "Target",
    "TeamEstablished",
    "Trigger",
    "TriggerAssessed",
    "TriggerProposed",
    "UnannouncedInspectionOrdered",
    "VisitOrdered",
    "Window",
]
