"""What the world hears of what is recorded at the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.MetricRecorded: published.MetricRecorded,
    domain.MisconductReferred: published.MisconductReferred,
}


def publish(event: domain.RecordEvent) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    match event:
        case domain.ContentAssessed():
            return [_content_assessed(event)]
        case domain.CarriedOverItemAssessed():
            return [_carried_over(event)]
        case domain.MetricRecorded() | domain.MisconductReferred():
            return [alike(SAME, event)]


def _content_assessed(event: domain.ContentAssessed) -> Event:
    return published.ContentAssessed(
        inspection_id=event.inspection_id,
        agency_id=event.agency_id,
        basis_not_in_force=event.basis_not_in_force,
        **asdict(event.assessment),
    )


def _carried_over(event: domain.CarriedOverItemAssessed) -> Event:
    return published.CarriedOverItemAssessed(
        inspection_id=event.inspection_id,
        agency_id=event.agency_id,
        **asdict(event.item),
    )
