"""Decisions of those who inspect, and who they are."""

from __future__ import annotations

from collections.abc import Callable

from services.chassis.context import current
from services.chassis.deciding import Decided, decide
from services.chassis.journal import Journal
from services.inspection import domain
from services.inspection.handlers.aggregates import INSPECTION


def officer() -> str | None:
    """Return the reference of who is asking, if it is a person."""
    principal = current().principal
    return principal.person_ref if principal else None


async def inspect(
    journal: Journal,
    inspection_id: str,
    verb: Callable[[domain.Inspection], list[domain.InspectionEvent]],
) -> Decided:
    """Decide for somebody who inspects: never one of the unit itself."""
    principal = current().principal
    agency_id = principal.agency_id if principal else None

    def decision(inspection: domain.Inspection) -> list[domain.InspectionEvent]:
        domain.impartial(inspection, agency_id=agency_id)
        return verb(inspection)

    return await decide(journal, INSPECTION, inspection_id, decision)
