"""What the world hears of what an inspection's folder gathers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.FindingRectifiedOnSite: published.FindingRectifiedOnSite,
    domain.DifficultyAnswered: published.DifficultyAnswered,
}


def publish(event: domain.FolderEvent) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    match event:
        case domain.ChecklistPinned() | domain.ItemAnswered():
            return []
        case domain.FindingRectifiedOnSite() | domain.DifficultyAnswered():
            return [alike(SAME, event)]
        case domain.HeadAccountabilityDetermined():
            return [_head(event)]
        case domain.DifficultyReported():
            return [_difficulty(event)]


def _head(event: domain.HeadAccountabilityDetermined) -> Event:
    return published.HeadAccountabilityDetermined(
        inspection_id=event.inspection_id,
        plan_id=event.plan_id,
        agency_id=event.agency_id,
        determined_on=event.determined_on,
        **asdict(event.head),
    )


def _difficulty(event: domain.DifficultyReported) -> Event:
    return published.DifficultyReported(
        inspection_id=event.inspection_id,
        plan_id=event.plan_id,
        agency_id=event.agency_id,
        agency_name=event.agency_name,
        reported_on=event.reported_on,
        **asdict(event.difficulty),
    )
