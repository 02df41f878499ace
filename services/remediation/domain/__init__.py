"""Cases, their deadlines, and what a round asks of many without a date.

Pure: standard library only, no clock, no I/O. Time, identity and the calendar come in
as arguments.
"""

from __future__ import annotations

from services.remediation.domain.case import (
    Case,
    answer,
    close,
    evolve,
    extend,
    fallen,
    issue,
    reject,
    report,
    verify,
)
from services.remediation.domain.deadlines import (
    HANOI,
    CaseUnknown,
    DueRule,
    Policy,
    RemediationRefused,
    Rung,
    Step,
    Terms,
    WorkingDays,
    falls_due,
    ladder,
    settle,
)
from services.remediation.domain.directive import (
    Directive,
    DirectiveEvent,
    OpenRecommendationIssued,
    ReplicationDirected,
    StandingDutyRecorded,
    direct,
    evolve_directive,
)
from services.remediation.domain.events import (
    CaseEvent,
    DeadlineExtended,
    Evidence,
    RecommendationIssued,
    RemediationClosed,
    RemediationEscalated,
    RemediationOverdue,
    RemediationRejected,
    RemediationReminded,
    RemediationReported,
    RemediationVerified,
)

__all__ = [
    "HANOI",
    "Case",
    "CaseEvent",
    "CaseUnknown",
    "DeadlineExtended",
    "Directive",
    "DirectiveEvent",
    "DueRule",
    "Evidence",
    "OpenRecommendationIssued",
    "Policy",
    "RecommendationIssued",
    "RemediationClosed",
    "RemediationEscalated",
    "RemediationOverdue",
    "RemediationRefused",
    "RemediationRejected",
    "RemediationReminded",
    "RemediationReported",
    "RemediationVerified",
    "ReplicationDirected",
    "Rung",
    "StandingDutyRecorded",
    "Step",
    "Terms",
    "WorkingDays",
    "answer",
    "close",
    "direct",
    "evolve",
    "evolve_directive",
    "extend",
    "fallen",
    "falls_due",
    "issue",
    "ladder",
    "reject",
    "report",
    "settle",
    "verify",
]
