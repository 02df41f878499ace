"""Events of plans whose units end before they are inspected."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Value, Visibility


class Heir(Value):
    """An agency that a part of the ended unit, or all of it, went into."""

    agency_id: str
    name: str
    kind: str
    relation: str | None = None


class TargetTransferred(Event):
    """A plan inspects a successor in the place of a unit that ended.

    ``joined``: it was on the plan already. ``decided_by`` is the agency that decided;
    null: the succession was of the whole.
    """

    TYPE: ClassVar[str] = "planning.target-transferred.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    plan_id: str
    agency_id: str
    name: str
    heir: Heir
    joined: bool
    transferred_on: date
    legal_ref: str
    decided_by: str | None = None
    reason: str | None = None


class PlanHandoverDecisionRequired(Event):
    """A unit was divided or dissolved: somebody decides whom the plan inspects."""

    TYPE: ClassVar[str] = "planning.plan-handover-decision-required.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    plan_id: str
    agency_id: str
    name: str
    heirs: tuple[Heir, ...] = ()
    required_on: date
    legal_ref: str
