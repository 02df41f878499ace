"""What the world hears of what is asked of many, and of higher levels."""

from __future__ import annotations

from dataclasses import asdict

import contracts.remediation as published
from contracts.event import Event
from services.remediation import domain

SAME: dict[type[object], type[Event]] = {
    domain.StandingDutyRecorded: published.StandingDutyRecorded,
    domain.ReplicationDirected: published.ReplicationDirected,
    domain.OpenRecommendationIssued: published.OpenRecommendationIssued,
    domain.ReplicationAdopted: published.ReplicationAdopted,
    domain.ReplicationMeasured: published.ReplicationMeasured,
    domain.DirectiveHandedOver: published.DirectiveHandedOver,
    domain.DirectiveHandoverRequired: published.DirectiveHandoverRequired,
    domain.UpwardHandedOver: published.UpwardHandedOver,
    domain.UpwardHandoverRequired: published.UpwardHandoverRequired,
    domain.UpwardRecommendationAnswered: published.UpwardRecommendationAnswered,
}


def directed(event: domain.DirectiveEvent | domain.UpwardEvent) -> Event:
    """Translate it field by field: the two languages say the same here."""
    return SAME[type(event)](**asdict(event))


def asked_upward(
    event: domain.UpwardRecommendationIssued | domain.UpwardRecommendationOverdue,
) -> Event:
    """Translate what is asked of a higher level, its day among its fields."""
    said = asdict(event)
    fields = said | (said.pop("due") or {})
    if isinstance(event, domain.UpwardRecommendationOverdue):
        return published.UpwardRecommendationOverdue(**fields)
    return published.UpwardRecommendationIssued(**fields)
