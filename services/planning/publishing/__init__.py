"""What planning says to the world: journal events to published events.

A pure function of the one event, so that publishing again says the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.event import Event
from services.planning import domain
from services.planning.domain.documents import DocumentEvent
from services.planning.domain.names import NameTaken
from services.planning.domain.self_inspecting import SelfInspectionEvent
from services.planning.domain.work import WorkEvent
from services.planning.publishing import (
    agencies,
    documents,
    overlaps,
    plans,
    teams,
    triggers,
    work,
)

PlanningEvent = (
    domain.AgencyEvent
    | domain.PlanEvent
    | domain.TeamEvent
    | domain.OfficerEvent
    | domain.BurdenEvent
    | domain.OverlapEvent
    | triggers.TriggerEvent
    | SelfInspectionEvent
    | DocumentEvent
    | NameTaken
    | WorkEvent
)


def publish(event: PlanningEvent) -> Sequence[Event]:  # noqa: C901, PLR0911 -- one line a kind of stream
    """Translate an event for the world; an empty list keeps it private."""
    if isinstance(event, domain.AgencyEvent):
        return agencies.publish(event)
    if isinstance(event, triggers.TriggerEvent):
        return triggers.publish_trigger(event)
    if isinstance(event, SelfInspectionEvent):
        return triggers.publish_self_inspection(event)
    if isinstance(event, WorkEvent):
        return work.publish(event)
    if isinstance(event, DocumentEvent | NameTaken):
        return documents.publish(event)
    if isinstance(event, domain.TeamEvent):
        return teams.publish(event)
    if isinstance(event, domain.OfficerEvent):
        return teams.publish_officer(event)
    if isinstance(event, domain.OverlapEvent):
        return overlaps.publish(event)
    if isinstance(event, domain.BurdenEvent):
        return []  # what a unit bears is told by its overlaps
    return plans.publish(event)
