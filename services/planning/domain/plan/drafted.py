"""What happens to a plan up to its issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.planning.domain.covering import Counting
from services.planning.domain.plan.values import (
    ANY_LOAD,
    ANYWHERE,
    AS_USUAL,
    REMEDIED_AS_USUAL,
    VISITED_AS_USUAL,
    ConclusionRule,
    Content,
    LoadPolicy,
    NoticeDue,
    Place,
    RemedyPolicy,
    Target,
    Theme,
    VisitPolicy,
)
from services.planning.domain.quota import Eligible, Quota
from services.planning.domain.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDrafted:
    """A plan was drawn up for a year (lập kế hoạch).

    ``review_until_visit`` is the plans' "tính đến thời điểm kiểm tra".
    """

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
    conclusion_rule: ConclusionRule = AS_USUAL
    remedy_policy: RemedyPolicy = REMEDIED_AS_USUAL
    review_until_visit: bool = False
    contents: tuple[Content, ...] = ()
    focus_items: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    visit_policy: VisitPolicy = VISITED_AS_USUAL
    load_policy: LoadPolicy = ANY_LOAD
    team_delegated_to: str | None = None
    work_item_id: str | None = None
    coverage_check_on: date | None = None
    cool_off_months: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaSet:
    """The plan says how many units of a kind it inspects (chỉ tiêu).

    ``eligible`` are the units it may choose, as the registry had them then.
    """

    plan_id: str
    quota: Quota
    window: Window
    eligible: tuple[Eligible, ...] = ()
    mode: str = "DIRECT"

    def counting(self, drawn: tuple[str, ...] = ()) -> Counting:
        """Return it as coverage counts it."""
        return Counting(quota=self.quota, eligible=self.eligible, drawn=drawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsDrawn:
    """A lot chose the units of a quota (bốc thăm); its seed is told now.

    With the list that QuotaSet kept and this seed, anybody can draw again.
    """

    plan_id: str
    quota: Quota
    seed: str
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAdded:
    """A unit was put on the plan (đưa vào diện kiểm tra)."""

    plan_id: str
    agency_id: str
    name: str
    kind: str
    window: Window
    place: Place = ANYWHERE


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
    contents: tuple[Content, ...] = ()
    focus_items: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    purposes: tuple[str, ...] = ()
    coordinating_agencies: tuple[str, ...] = ()
    team_delegated_to: str | None = None
    work_item_id: str | None = None
    coverage_check_on: date | None = None
    notice_due: NoticeDue | None = None
    simulation_hash: str | None = None


DraftingEvent = PlanDrafted | QuotaSet | UnitsDrawn | UnitAdded | PlanIssued
