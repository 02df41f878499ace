"""Inspection plans: what has happened to one, and the state that decisions need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from services.planning.domain.agency import Unit
from services.planning.domain.quota import Progress, Quota
from services.planning.domain.window import Window


class PlanRefused(Exception):
    """A rule of planning said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class PlanUnknown(PlanRefused):
    """What was named is not known here: no plan was ever drawn up under that id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionRule:
    """By when a conclusion is due once the round has ended (TT 02/2017, Đ. 46)."""

    kind: str = "working_days"
    n: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyPolicy:
    """What holds for recommendations that say nothing else (khắc phục)."""

    default_days: int = 30
    default_unit: str = "calendar_days"
    reminder_working_days_before: int = 5
    escalate_after_working_days: tuple[int, ...] = (10,)
    superior_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDrafted:
    """A plan was drawn up for a year (lập kế hoạch)."""

    plan_id: str
    title: str
    year: int
    level: str
    programmes: tuple[str, ...]
    issuer: str
    lead_agency: str
    content_items: tuple[str, ...]
    coordinating_agencies: tuple[str, ...] = ()
    review_period: Window | None = None
    purposes: tuple[str, ...] = ()
    derived_from: str | None = None
    conclusion_rule: ConclusionRule = ConclusionRule()
    remedy_policy: RemedyPolicy = RemedyPolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaSet:
    """The plan says how many units of a kind it inspects (chỉ tiêu)."""

    plan_id: str
    quota: Quota
    window: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAdded:
    """A unit was put on the plan (đưa vào diện kiểm tra)."""

    plan_id: str
    agency_id: str
    name: str
    kind: str
    window: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A unit that the plan inspects (đối tượng được kiểm tra)."""

    agency_id: str
    name: str
    kind: str
    window: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanIssued:
    """The plan took effect (ban hành). Holds all that the world will be told."""

    plan_id: str
    document_number: str
    issued_on: date
    year: int
    issuer: str
    level: str
    programmes: tuple[str, ...]
    lead_agency: str
    quotas: tuple[Quota, ...]
    targets: tuple[Target, ...]
    content_items: tuple[str, ...]
    review_period: Window | None = None
    derived_from: str | None = None


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
    """A unit is to be inspected on a day of a round (cuộc kiểm tra)."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCounted:
    """A unit of the plan has been visited."""

    plan_id: str
    inspection_id: str
    agency_id: str
    visited_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionCounted:
    """The inspection of a unit of the plan has been concluded."""

    plan_id: str
    inspection_id: str
    agency_id: str
    concluded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCompleted:
    """Every target has been visited and concluded (hoàn thành kế hoạch)."""

    plan_id: str
    completed_on: date
    ordered: int
    visited: int
    concluded: int


PlanEvent = (
    PlanDrafted
    | QuotaSet
    | UnitAdded
    | PlanIssued
    | RoundScheduled
    | VisitOrdered
    | VisitCounted
    | ConclusionCounted
    | PlanCompleted
)


class Status(Enum):
    """Where a plan stands."""

    ABSENT = "absent"
    DRAFT = "draft"
    ISSUED = "issued"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An ordered visit, and how far it has come."""

    agency_id: str
    round_id: str
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The state a decision needs, and no more."""

    status: Status = Status.ABSENT
    draft: PlanDrafted | None = None
    document_number: str = ""
    quotas: tuple[QuotaSet, ...] = ()
    targets: Mapping[str, Target] = field(default_factory=dict)
    rounds: Mapping[str, RoundScheduled] = field(default_factory=dict)
    visits: Mapping[str, Visit] = field(default_factory=dict)

    @property
    def in_effect(self) -> bool:
        """Say whether the plan was issued, be it completed since."""
        return self.status in {Status.ISSUED, Status.COMPLETED}

    def progress(self) -> dict[str, Progress]:
        """Return how far each target has come, ordered or not."""
        come = {visit.agency_id: visit.progress for visit in self.visits.values()}
        return {agency: come.get(agency, Progress()) for agency in self.targets}


def evolve(plan: Plan, event: PlanEvent) -> Plan:  # noqa: C901, PLR0911 -- one line a case
    """Fold one event into the plan. Never refuses: it already happened."""
    match event:
        case PlanDrafted():
            return replace(plan, status=Status.DRAFT, draft=event)
        case QuotaSet():
            return replace(plan, quotas=(*plan.quotas, event))
        case UnitAdded():
            return replace(plan, targets={**plan.targets, event.agency_id: _of(event)})
        case PlanIssued():
            return replace(
                plan, status=Status.ISSUED, document_number=event.document_number
            )
        case RoundScheduled():
            return replace(plan, rounds={**plan.rounds, event.round_id: event})
        case VisitOrdered():
            return _visit(plan, event.inspection_id, _ordered(event))
        case VisitCounted():
            return _come(plan, event.inspection_id, visited_on=event.visited_on)
        case ConclusionCounted():
            return _come(plan, event.inspection_id, concluded_on=event.concluded_on)
        case PlanCompleted():
            return replace(plan, status=Status.COMPLETED)


def _of(event: UnitAdded) -> Target:
    return Target(
        agency_id=event.agency_id, name=event.name, kind=event.kind, window=event.window
    )


def added(plan_id: str, unit: Unit, window: Window) -> UnitAdded:
    """Return the event that puts *unit* on the plan."""
    return UnitAdded(
        plan_id=plan_id,
        agency_id=unit.agency_id,
        name=unit.name,
        kind=unit.kind,
        window=window,
    )


def _ordered(event: VisitOrdered) -> Visit:
    return Visit(
        agency_id=event.agency_id,
        round_id=event.round_id,
        progress=Progress(planned_on=event.planned_on),
    )


def _visit(plan: Plan, inspection_id: str, visit: Visit) -> Plan:
    return replace(plan, visits={**plan.visits, inspection_id: visit})


def _come(plan: Plan, inspection_id: str, **days: date) -> Plan:
    visit = plan.visits[inspection_id]
    come = replace(visit, progress=replace(visit.progress, **days))
    return _visit(plan, inspection_id, come)
