"""What happens to a plan on the calendar: rounds, visits, what is heard of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.planning.domain.plan.values import (
    VISITED_AS_USUAL,
    CarriedItem,
    ChecklistPin,
    ConclusionRule,
    Figure,
    RemedyPolicy,
    VisitPolicy,
)
from services.planning.domain.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundScheduled:
    """A round of inspections was put on the calendar (đợt kiểm tra)."""

    round_id: str
    plan_id: str
    window: Window
    team_id: str
    inspection_ids: tuple[str, ...]
    conclusion_rule: ConclusionRule


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitOrdered:
    """A unit is to be inspected on a day of a round (cuộc kiểm tra).

    Basis, mode, performer and scope are four things that do not depend on each other.
    """

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    agency_name: str
    planned_on: date
    window: Window
    programmes: tuple[str, ...]
    content_items: tuple[str, ...]
    team_id: str
    team_agencies: tuple[str, ...]
    lead_agency: str
    conclusion_rule: ConclusionRule
    remedy_policy: RemedyPolicy
    basis: str = "PLANNED"
    mode: str = "DIRECT"
    performer: str = "TEAM"
    scope: str = "COMPREHENSIVE"
    focus_items: tuple[str, ...] = ()
    inspection_points: tuple[str, ...] = ()
    site_kind: str | None = None
    focus: str | None = None
    theme: str | None = None
    review_period: Window | None = None
    carried_items: tuple[CarriedItem, ...] = ()
    checklist: ChecklistPin | None = None
    visit_policy: VisitPolicy = VISITED_AS_USUAL
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRescheduled:
    """A visit was put on another day of its round (mưa bão, ốm đau)."""

    plan_id: str
    inspection_id: str
    round_id: str
    agency_id: str
    before: date
    planned_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCalledOff:
    """A visit will not take place (hủy cuộc kiểm tra); its unit stays on the plan."""

    plan_id: str
    inspection_id: str
    agency_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitJoined:
    """The visit of another plan stands for this plan's too (lồng ghép, phối hợp)."""

    plan_id: str
    inspection_id: str
    agency_id: str
    lead_plan_id: str
    round_id: str
    planned_on: date
    mode: str = "DIRECT"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCounted:
    """A unit of the plan has been visited."""

    plan_id: str
    inspection_id: str
    agency_id: str
    visited_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCounted:
    """The report that a desk inspection looks at is there (kiểm tra gián tiếp)."""

    plan_id: str
    inspection_id: str
    agency_id: str
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionCounted:
    """The inspection of a unit of the plan has been concluded."""

    plan_id: str
    inspection_id: str
    agency_id: str
    concluded_on: date


SchedulingEvent = (
    RoundScheduled
    | VisitOrdered
    | VisitRescheduled
    | VisitCalledOff
    | VisitJoined
    | VisitCounted
    | ReportCounted
    | ConclusionCounted
)
