"""What inspection says to the world; what was only noted for itself stays private."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts.event import Event
from services.inspection import domain
from services.inspection.publishing import (
    checklists,
    closing,
    conclusions,
    course,
    exchanges,
    findings,
    folder,
    practices,
    records,
    repeats,
    rounds,
    succession,
    visits,
)

# Told by the fields that both languages have under the same names.
SAME: dict[type[Any], type[Event]] = {
    **visits.SAME,
    **course.SAME,
    **exchanges.SAME,
    **records.SAME,
    **findings.SAME,
    **conclusions.SAME,
    **rounds.SAME,
    **practices.SAME,
    **folder.SAME,
    **repeats.SAME,
    **checklists.SAME,
    **succession.SAME,
    **closing.SAME,
}


Recorded = (
    domain.InspectionEvent
    | domain.RoundEvent
    | domain.PracticeEvent
    | domain.ChecklistEvent
    | domain.MemoryEvent
    | domain.UnitEnded
    | domain.HeadNoted
    | domain.CrewSeated
)


def publish(event: Recorded) -> Sequence[Event]:
    """Translate an event for the world; an empty list keeps it private."""
    if isinstance(event, domain.UnitEnded | domain.HeadNoted | domain.CrewSeated):
        return []
    if isinstance(event, domain.RoundEvent):
        return rounds.publish(event)
    if isinstance(event, domain.PracticeEvent):
        return practices.publish(event)
    if isinstance(event, domain.ChecklistEvent):
        return checklists.publish(event)
    if isinstance(event, domain.MemoryEvent):
        return repeats.publish(event)
    return _of_inspection(event)


def _of_inspection(event: domain.InspectionEvent) -> Sequence[Event]:
    if isinstance(event, domain.VisitEvent | domain.CourseEvent | domain.ExchangeEvent):
        return _of_visit(event)
    if isinstance(event, domain.RecordEvent):
        return records.publish(event)
    if isinstance(event, domain.FindingEvent):
        return findings.publish(event)
    if isinstance(event, domain.FolderEvent):
        return folder.publish(event)
    if isinstance(event, domain.SuccessionEvent):
        return succession.publish(event)
    return _of_its_end(event)


def _of_its_end(event: domain.ConclusionEvent | domain.ClosingEvent) -> Sequence[Event]:
    if isinstance(event, domain.ClosingEvent):
        return closing.publish(event)
    return conclusions.publish(event)


def _of_visit(
    event: domain.VisitEvent | domain.CourseEvent | domain.ExchangeEvent,
) -> Sequence[Event]:
    if isinstance(event, domain.VisitEvent):
        return visits.publish(event)
    if isinstance(event, domain.CourseEvent):
        return course.publish(event)
    return exchanges.publish(event)
