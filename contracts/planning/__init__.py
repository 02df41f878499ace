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
from contracts.planning.teams import (
    Seat,
    TeamEstablished,
)

__all__ = [
    "ConclusionRule",
    "PlanCompleted",
    "PlanIssued",
    "Quota",
    "RemedyPolicy",
    "RoundScheduled",
    "Seat",
    "Target",
    "TeamEstablished",
    "VisitOrdered",
    "Window",
]
