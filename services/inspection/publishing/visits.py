"""What the world hears of visits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts import inspection as published
from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing.alike import alike

SAME: dict[type[Any], type[Event]] = {
    domain.VisitStarted: published.VisitStarted,
    domain.VisitCompleted: published.VisitCompleted,
    domain.MinutesSigned: published.MinutesSigned,
    domain.MinutesRefused: published.MinutesRefused,
}


def publish(event: domain.VisitEvent) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    match event:
        case domain.InspectionPlanned() | domain.PracticeNoted():
            return []
        case domain.UnitNotified():
            return [_unit_notified(event)]
        case (
            domain.VisitStarted()
            | domain.VisitCompleted()
            | domain.MinutesSigned()
            | domain.MinutesRefused()
        ):
            return [alike(SAME, event)]


def _unit_notified(event: domain.UnitNotified) -> Event:
    terms = event.terms
    return published.UnitNotified(
        inspection_id=event.inspection_id,
        plan_id=terms.plan_id,
        agency_id=terms.agency_id,
        agency_name=terms.agency_name,
        notified_on=event.notified_on,
        planned_on=event.planned_on or terms.planned_on or terms.window.start,
        programmes=terms.programmes,
        content_items=terms.content_items,
        outline=event.outline,
        short_notice=event.short_notice,
    )
