"""What happens to an order to inspect unannounced: given, disclosed, concluded, off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from services.planning.domain.officer import Tie
from services.planning.domain.plan import ConclusionRule, RemedyPolicy
from services.planning.domain.team import Member
from services.planning.domain.window import Window


class OrderedFor(Enum):
    """What an order rests on."""

    SIGNALS = "SIGNALS"  # phản ánh, kiến nghị, báo chí
    PRACTICAL_NEED = "PRACTICAL_NEED"  # theo yêu cầu thực tế


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What led to an order."""

    ordered_for: OrderedFor
    proposal_id: str | None = None
    signal_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnannouncedInspectionOrdered:
    """An authority ordered an inspection that nobody is told of before arrival."""

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    agency_name: str
    window: Window
    programmes: tuple[str, ...]
    content_items: tuple[str, ...]
    team_id: str
    team_agencies: tuple[str, ...]
    lead_agency: str
    order_number: str
    ordered_on: date
    reason: str
    decided_by: str
    trigger: Trigger
    conclusion_rule: ConclusionRule
    remedy_policy: RemedyPolicy

    @property
    def readers(self) -> tuple[str, ...]:
        """Return who may know of it before it begins."""
        known = (*self.team_agencies, self.lead_agency, self.decided_by)
        return tuple(dict.fromkeys(known))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDisclosed:
    """The team has arrived: the order is no secret any more."""

    inspection_id: str
    started_on: date
    proposal_id: str | None
    signal_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderConcluded:
    """The inspection that was ordered has been concluded."""

    inspection_id: str
    concluded_on: date
    signal_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCalledOff:
    """The inspection will not take place; that it was ordered stays a secret."""

    inspection_id: str
    reason: str
    called_off_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTransferred:
    """The inspection goes on with a successor of its unit; a secret as before."""

    inspection_id: str
    before: str
    agency_id: str
    agency_name: str
    transferred_on: date
    legal_ref: str
    decided_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderConflictDetected:
    """A tie of somebody who is to go, or went, was declared after the order.

    Flagged as for a planned team; who may read the order may read it, and no other.
    """

    inspection_id: str
    plan_id: str
    team_id: str
    agency_id: str
    member: Member
    tie: Tie
    planned_on: date
    past: bool
    detected_on: date


OrderEvent = (
    UnannouncedInspectionOrdered
    | OrderTransferred
    | OrderConflictDetected
    | OrderDisclosed
    | OrderConcluded
    | OrderCalledOff
)
