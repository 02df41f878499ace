"""What the world hears of what unit and team give each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.UnitReportReceived: published.UnitReportReceived,
    domain.MonitoringDataAttached: published.MonitoringDataAttached,
    domain.GuidanceGiven: published.GuidanceGiven,
    domain.ExplanationSubmitted: published.ExplanationSubmitted,
}


def publish(event: domain.ExchangeEvent) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    match event:
        case domain.FindingConfirmed():
            return []
        case (
            domain.UnitReportReceived()
            | domain.MonitoringDataAttached()
            | domain.GuidanceGiven()
            | domain.ExplanationSubmitted()
        ):
            return [alike(SAME, event)]
