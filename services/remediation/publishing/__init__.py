"""What remediation says to the world: journal events to published events."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.event import Event
from services.remediation import domain
from services.remediation.publishing.dates import ended, redated
from services.remediation.publishing.directives import asked_upward, directed
from services.remediation.publishing.handing import handed
from services.remediation.publishing.remedy import fallen, remedied

Happened = (
    domain.CaseEvent
    | domain.DirectiveEvent
    | domain.UpwardEvent
    | domain.ActEvent
    | domain.UnitEnded
)


def publish(event: Happened) -> Sequence[Event]:  # noqa: C901, PLR0911 -- one per group
    """Translate an event for the world; acts on many are told case by case."""
    match event:
        case domain.CarryOverDecided() | domain.RecalculationRun() | domain.UnitEnded():
            return []
        case domain.CaseHandedOver() | domain.HandoverDecisionRequired():
            return [handed(event)]
        case (
            domain.StandingDutyRecorded()
            | domain.ReplicationDirected()
            | domain.OpenRecommendationIssued()
            | domain.ReplicationAdopted()
            | domain.ReplicationMeasured()
            | domain.UpwardRecommendationAnswered()
            | domain.DirectiveHandedOver()
            | domain.DirectiveHandoverRequired()
            | domain.UpwardHandedOver()
            | domain.UpwardHandoverRequired()
        ):
            return [directed(event)]
        case domain.UpwardRecommendationIssued() | domain.UpwardRecommendationOverdue():
            return [asked_upward(event)]
        case (
            domain.RemediationReminded()
            | domain.RemediationOverdue()
            | domain.RemediationEscalated()
        ):
            return [fallen(event)]
        case (
            domain.ExtensionRequested()
            | domain.ExtensionRefused()
            | domain.DeadlineExtended()
            | domain.DeadlineRecalculated()
        ):
            return [redated(event)]
        case (
            domain.RemediationReopened()
            | domain.RemediationWaived()
            | domain.CarryOverOpened()
        ):
            return [ended(event)]
        case (
            domain.RecommendationIssued()
            | domain.RemediationPlanSubmitted()
            | domain.RemediationReported()
            | domain.RemediationVerified()
            | domain.RemediationRejected()
            | domain.RemediationClosed()
        ):
            return [remedied(event)]
