"""When an inspection is closed: nothing that it asked for is still waited for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from services.inspection.domain.events import (
    InspectionClosed,
    InspectionEvent,
    RemedyReopened,
    RemedySettled,
)
from services.inspection.domain.events.closing import Settled
from services.inspection.domain.inspection import Inspection, Status, known


def awaited(inspection: Inspection) -> tuple[str, ...]:
    """Return what the conclusion asks for by a day that can be missed."""
    concluded = inspection.concluded
    return tuple(
        asked.recommendation_id
        for asked in (concluded.recommendations if concluded else ())
        if asked.verifiable and asked.due.kind != "NONE"
    )


def settle(
    inspection: Inspection, *, recommendation_id: str, settled_as: Settled, on: date
) -> list[InspectionEvent]:
    """Note that a case is waited for no more; close once that is true of all."""
    if recommendation_id not in awaited(inspection):
        return []
    if inspection.settled.get(recommendation_id) == settled_as:
        return []
    settled = RemedySettled(
        inspection_id=known(inspection).inspection_id,
        recommendation_id=recommendation_id,
        settled_as=settled_as,
        settled_on=on,
    )
    now = {**inspection.settled, recommendation_id: settled_as}
    return [settled, *_closed(inspection, now, on)]


def reopen(
    inspection: Inspection, *, recommendation_id: str, on: date
) -> list[InspectionEvent]:
    """Note that a case is open again: the inspection is not closed any more."""
    if recommendation_id not in inspection.settled:
        return []
    return [
        RemedyReopened(
            inspection_id=known(inspection).inspection_id,
            recommendation_id=recommendation_id,
            reopened_on=on,
        )
    ]


def close_without_remedies(
    inspection: Inspection, *, on: date
) -> list[InspectionEvent]:
    """Close what asks for nothing that could be waited for."""
    if inspection.concluded is None or awaited(inspection):
        return []
    return _closed(inspection, {}, on)


def _closed(
    inspection: Inspection, settled: Mapping[str, Settled], on: date
) -> list[InspectionEvent]:
    if inspection.status is Status.CLOSED or set(awaited(inspection)) - set(settled):
        return []
    planned = known(inspection)
    terms = planned.terms
    kinds = list(settled.values())
    return [
        InspectionClosed(
            inspection_id=planned.inspection_id,
            plan_id=terms.plan_id,
            agency_id=terms.agency_id,
            agency_name=terms.agency_name,
            closed_on=on,
            verified=kinds.count("VERIFIED"),
            waived=kinds.count("WAIVED"),
            carried_over=kinds.count("CARRIED_OVER"),
        )
    ]
