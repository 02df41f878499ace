"""What issued plans say to the world of their changes, and of what they miss.

These events are told as they were recorded, field by field of the contract; what the
contract does not name stays private.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import contracts.planning as published
from contracts.event import Event
from services.planning.domain import plan

TOLD: dict[type[object], type[Event]] = {
    plan.PlanNotified: published.PlanNotified,
    plan.PlanAmended: published.PlanAmended,
    plan.PlanCancelled: published.PlanCancelled,
    plan.TargetAdded: published.TargetAdded,
    plan.TargetWithdrawn: published.TargetWithdrawn,
    plan.TargetRescheduled: published.TargetRescheduled,
    plan.UnplannedTargetAdded: published.UnplannedTargetAdded,
    plan.WindowMissed: published.WindowMissed,
    plan.PlanCoverageShort: published.PlanCoverageShort,
    plan.PlanCoverageMet: published.PlanCoverageMet,
    plan.VisitRescheduled: published.VisitRescheduled,
    plan.VisitCalledOff: published.VisitCalledOff,
    plan.PlanCompleted: published.PlanCompleted,
    plan.TargetTransferred: published.TargetTransferred,
    plan.PlanHandoverDecisionRequired: published.PlanHandoverDecisionRequired,
}
Told = (
    plan.AmendingEvent
    | plan.CoverageEvent
    | plan.VisitRescheduled
    | plan.VisitCalledOff
    | plan.SucceedingEvent
)


def publish(event: Told) -> Sequence[Event]:
    """Translate a change of a plan; that it was not sent in time stays private."""
    if isinstance(event, plan.PlanNoticeOverdue):
        return []
    return [TOLD[type(event)].model_validate(asdict(event))]
