"""What happens to a plan when a unit that it inspects ends (sáp nhập, chia tách)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from services.planning.domain.plan.values import Place
from services.planning.domain.quota import Eligible
from services.planning.domain.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Heir:
    """An agency that a part of the ended one, or all of it, went into."""

    agency_id: str
    name: str
    kind: str
    relation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTransferred:
    """The plan inspects a successor in the place of a unit that ended.

    ``joined``: the successor was on the plan already; two targets are one now. What
    was on the calendar for the unit goes with it, if anything was.
    ``decided_by`` is the agency that decided; None: the succession was of the whole.
    """

    plan_id: str
    agency_id: str
    name: str
    heir: Heir
    joined: bool
    window: Window
    place: Place
    unplanned: bool
    missed: bool
    inspection_id: str | None
    round_id: str | None
    planned_on: date | None
    mode: str | None
    transferred_on: date
    legal_ref: str
    decided_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHandoverDecisionRequired:
    """A unit was divided or dissolved: somebody decides whom the plan inspects.

    Or an amendment takes it off the plan.
    """

    plan_id: str
    agency_id: str
    name: str
    heirs: tuple[Heir, ...]
    required_on: date
    legal_ref: str


SucceedingEvent = TargetTransferred | PlanHandoverDecisionRequired


def inherited(
    eligible: Iterable[Eligible], transfers: Mapping[str, str]
) -> tuple[Eligible, ...]:
    """Return a quota's units as they are now: each once, under its heir's id."""
    now: dict[str, Eligible] = {}
    for unit in eligible:
        heir = heir_of(unit.agency_id, transfers)
        now.setdefault(heir, replace(unit, agency_id=heir))
    return tuple(now.values())


def heir_of(agency_id: str, transfers: Mapping[str, str]) -> str:
    """Return who stands in a unit's place, in any number of steps."""
    seen = {agency_id}
    while (heir := transfers.get(agency_id)) is not None and heir not in seen:
        seen.add(heir)
        agency_id = heir
    return agency_id
