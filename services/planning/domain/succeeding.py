"""A plan goes on with the successors of its units.

What was visited stays as it was; a target that nobody has visited goes to the successor
of the whole by itself. Where the unit was divided or dissolved, a person decides, or an
amendment takes it off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from services.planning.domain.agency import Agency, Unit
from services.planning.domain.agency_events import AgencySucceeded
from services.planning.domain.plan import (
    Heir,
    Plan,
    PlanEvent,
    PlanHandoverDecisionRequired,
    PlanRefused,
    PlanUnknown,
    Status,
    TargetTransferred,
    Visit,
)


class Targets(Protocol):
    """Which plans are to inspect a unit."""

    async def with_target(self, agency_id: str, *, seen: int) -> Sequence[str]:
        """Return the plans that have still to visit it, in order.

        The answer knows at least what the journal knew at position *seen*.
        """
        ...


def outlive(
    plan: Plan, *, agency: Agency, units: Mapping[str, Unit], on: date
) -> list[PlanEvent]:
    """Go on with the unit's successor, or ask with whom; *agency* has ended."""
    ended, entry = agency.ended, agency.entry
    if ended is None or entry is None or plan.draft is None:
        return []
    agency_id = entry.agency_id
    if not _waits(plan, agency_id) or agency_id in plan.undecided:
        return []
    heirs = _heirs(ended, units) if isinstance(ended, AgencySucceeded) else ()
    if isinstance(ended, AgencySucceeded) and ended.automatic_to is not None:
        [heir] = heirs
        return [_transferred(plan, agency_id, heir, ended.legal_ref, on)]
    return [
        PlanHandoverDecisionRequired(
            plan_id=plan.draft.plan_id,
            agency_id=agency_id,
            name=plan.targets[agency_id].name,
            heirs=heirs,
            required_on=on,
            legal_ref=ended.legal_ref,
        )
    ]


def transfer(  # noqa: PLR0913 -- keyword only; the fields of a decision
    plan: Plan, *, agency_id: str, unit: Unit | None, by: str, reason: str, on: date
) -> list[PlanEvent]:
    """Decide whom the plan inspects in the place of a unit that ended."""
    if plan.draft is None:
        raise PlanUnknown("unknown-plan", "no such plan was drawn up")
    if unit is None:
        raise PlanRefused("unknown-agency", "it is not in the registry")
    if plan.transfers.get(agency_id) == unit.agency_id:
        return []
    asked = plan.undecided.get(agency_id)
    if asked is None or not _waits(plan, agency_id):
        raise PlanRefused(
            "no-handover-decision-required", f"nobody's place is free at {agency_id}"
        )
    named = {heir.agency_id: heir for heir in asked.heirs}
    if named and unit.agency_id not in named:
        raise PlanRefused("not-a-successor", "no part of the unit went there")
    if not unit.active_on(on):
        raise PlanRefused("target-not-active", f"{unit.agency_id} does not exist")
    heir = named.get(unit.agency_id) or Heir(
        agency_id=unit.agency_id, name=unit.name, kind=unit.kind
    )
    return [_transferred(plan, agency_id, heir, asked.legal_ref, on, (by, reason))]


def _waits(plan: Plan, agency_id: str) -> bool:
    """Say whether the plan has still to visit a unit."""
    open_ = plan.status in {Status.DRAFT, Status.ISSUED}
    known = agency_id in plan.targets
    return open_ and known and not plan.progress()[agency_id].covered


def _heirs(ended: AgencySucceeded, units: Mapping[str, Unit]) -> tuple[Heir, ...]:
    return tuple(
        Heir(
            agency_id=it.agency_id,
            name=it.name,
            kind=units[it.agency_id].kind,
            relation=it.relation.value,
        )
        for it in ended.successors
    )


def _mode(visit: Visit) -> str:
    return "INDIRECT" if visit.progress.desk else "DIRECT"


def _transferred(  # noqa: PLR0913, PLR0917 -- what a transfer holds
    plan: Plan,
    agency_id: str,
    heir: Heir,
    legal_ref: str,
    on: date,
    decided: tuple[str, str] | tuple[None, None] = (None, None),
) -> TargetTransferred:
    by, reason = decided
    target, inspection_id = plan.targets[agency_id], plan.visit_to(agency_id)
    visit = plan.visits[inspection_id] if inspection_id else None
    return TargetTransferred(
        plan_id=plan.draft.plan_id if plan.draft else "",
        agency_id=agency_id,
        name=target.name,
        heir=heir,
        joined=heir.agency_id in plan.targets,
        window=target.window,
        place=target.place,
        unplanned=agency_id in plan.unplanned,
        missed=(agency_id, target.window) in plan.missed,
        inspection_id=inspection_id,
        round_id=visit.round_id if visit else None,
        planned_on=visit.progress.planned_on if visit else None,
        mode=_mode(visit) if visit else None,
        transferred_on=on,
        legal_ref=legal_ref,
        decided_by=by,
        reason=reason,
    )
