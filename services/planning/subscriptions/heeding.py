"""What becomes of visits in the field: put off, called off, reported instead."""

from __future__ import annotations

from contracts.event import Event
from contracts.inspection import (
    InspectionCancelled,
    InspectionPostponed,
    UnitReportReceived,
)
from services.chassis.consumer import Reaction
from services.chassis.journal import Journal
from services.planning.handlers import heeding

INDIRECT = "INDIRECT"


async def on_inspection_postponed(event: InspectionPostponed, journal: Journal) -> None:
    """Take the new day over."""
    await heeding.heed_delay(
        event.plan_id, event.inspection_id, event.planned_on, event.reason, journal
    )


async def on_inspection_cancelled(event: InspectionCancelled, journal: Journal) -> None:
    """Let the unit wait for another visit."""
    await heeding.heed_end(event.plan_id, event.inspection_id, event.reason, journal)


async def on_report_received(event: UnitReportReceived, journal: Journal) -> None:
    """Take over that the unit's days are kept, where a report stands for a visit."""
    if event.mode == INDIRECT:
        await heeding.heed_report(
            event.plan_id, event.inspection_id, event.received_on, journal
        )


ON: dict[type[Event], Reaction] = {
    InspectionPostponed: on_inspection_postponed,
    InspectionCancelled: on_inspection_cancelled,
    UnitReportReceived: on_report_received,
}
