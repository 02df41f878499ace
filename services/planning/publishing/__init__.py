"""What planning says to the world: journal events to published events.

A pure function of the one event, so that publishing again says the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.event import Event
from services.planning import domain
from services.planning.domain.self_inspecting import SelfInspectionEvent
from services.planning.publishing import agencies, plans, teams, triggers

PlanningEvent = (
    domain.AgencyEvent
    | domain.PlanEvent
    | domain.TeamEvent
    | triggers.TriggerEvent
    | SelfInspectionEvent
)


def publish(event: PlanningEvent) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    if isinstance(event, domain.AgencyEvent):
        return agencies.publish(event)
    if isinstance(event, triggers.TriggerEvent):
        return triggers.publish_trigger(event)
    if isinstance(event, SelfInspectionEvent):
        return triggers.publish_self_inspection(event)
    if isinstance(event, domain.TeamEvent):
        return teams.publish(event)
    return plans.publish(event)
