"""An inspection that is not concluded outlives its unit.

A successor of the whole takes the unit's place by itself; where the unit was divided or
dissolved, an authority decides. What was concluded stays with the unit of that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.inspection.domain.events import (
    Heir,
    InspectionEvent,
    InspectionPlanned,
    InspectionTransferred,
    TransferDecisionRequired,
    UnitEnded,
)
from services.inspection.domain.inspection import Inspection, known
from services.inspection.domain.refusals import InspectionRefused


class Lineage(Protocol):
    """What the registry told of agencies, and which inspections they wait for."""

    async def waiting_for(self, agency_id: str, *, seen: int) -> Sequence[str]:
        """Return the inspections of a unit that are not concluded, in order.

        The answer knows at least what the journal knew at position *seen*.
        """

    async def name_of(self, agency_id: str, *, on: date) -> str | None:
        """Return an agency's name; None if there is none of that id on that day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an agency stands: what the registry said of its end, if it ended."""

    ended: UnitEnded | None = None


def evolve_standing(_: Standing, event: UnitEnded) -> Standing:
    """Fold one event in; the registry says an end once."""
    return Standing(ended=event)


def note_unit_end(standing: Standing, *, ended: UnitEnded) -> list[UnitEnded]:
    """Take note that an agency ended."""
    return [] if standing.ended == ended else [ended]


def outlive(
    inspection: Inspection, *, ended: UnitEnded, on: date
) -> list[InspectionEvent]:
    """Go on with the successor, or ask with whom, if the unit was this one."""
    planned = inspection.planned
    if planned is None or planned.terms.agency_id != ended.agency_id:
        return []
    if _over(inspection) or inspection.undecided is not None:
        return []
    if ended.automatic_to is None:
        return [
            TransferDecisionRequired(
                inspection_id=planned.inspection_id,
                plan_id=planned.terms.plan_id,
                round_id=planned.terms.round_id,
                agency_id=ended.agency_id,
                agency_name=ended.name,
                heirs=ended.heirs,
                required_on=on,
                legal_ref=ended.legal_ref,
            )
        ]
    [heir] = ended.heirs
    return [_transferred(planned, heir, legal_ref=ended.legal_ref, on=on)]


def transfer(  # noqa: PLR0913 -- keyword only; the fields of a decision
    inspection: Inspection,
    *,
    to_agency: str,
    to_name: str,
    by_agency: str | None,
    reason: str,
    on: date,
) -> list[InspectionEvent]:
    """Decide with whom the inspection of a divided or dissolved unit goes on."""
    planned = known(inspection)
    if planned.terms.agency_id == to_agency:
        return []
    asked = inspection.undecided
    if asked is None or _over(inspection):
        raise InspectionRefused(
            "no-transfer-decision-required", "the unit stands, or it is over"
        )
    named = {heir.agency_id: heir for heir in asked.heirs}
    if named and to_agency not in named:
        raise InspectionRefused("not-a-successor", "no part of the unit went there")
    heir = named.get(to_agency) or Heir(
        agency_id=to_agency, name=to_name, relation="DECIDED"
    )
    decided = _transferred(
        planned, heir, legal_ref=asked.legal_ref, on=on, by=by_agency, reason=reason
    )
    return [decided]


def _over(inspection: Inspection) -> bool:
    return inspection.concluded is not None or inspection.cancelled is not None


def _transferred(  # noqa: PLR0913 -- what a transfer holds
    planned: InspectionPlanned,
    heir: Heir,
    *,
    legal_ref: str,
    on: date,
    by: str | None = None,
    reason: str | None = None,
) -> InspectionTransferred:
    terms = planned.terms
    return InspectionTransferred(
        inspection_id=planned.inspection_id,
        plan_id=terms.plan_id,
        round_id=terms.round_id,
        from_agency=terms.agency_id,
        from_name=terms.agency_name,
        agency_id=heir.agency_id,
        agency_name=heir.name,
        relation=heir.relation,
        transferred_on=on,
        legal_ref=legal_ref,
        decided_by=by,
        reason=reason,
    )
