"""What the world hears of inspections that outlive their unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.InspectionTransferred: published.InspectionTransferred,
    domain.TransferDecisionRequired: published.TransferDecisionRequired,
}


def publish(event: domain.SuccessionEvent) -> Sequence[Event]:
    """Translate an event."""
    return [alike(SAME, event)]
