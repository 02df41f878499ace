"""What was ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.inspection.domain.values.checklists import Sense


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days on which a unit may be visited; both ends belong to it."""

    start: date
    end: date
    tentative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionRule:
    """How long after the end of the round a conclusion is due (TT 02/2017, Đ. 46)."""

    kind: str = "working_days"
    n: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyPolicy:
    """What the plan says of recommendations that say nothing themselves."""

    default_days: int = 30
    default_unit: str = "calendar_days"
    reminder_working_days_before: int = 5
    escalate_after_working_days: tuple[int, ...] = (10,)
    superior_id: str | None = None
    fallback_id: str | None = None
    max_extensions: int | None = None
    rejection_restores: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPolicy:
    """What the plan gives a unit time for, in working days; 0: none is waited for.

    Before the visit for the notice and the unit's own report, after the end of the
    round for what it has to say to the findings.
    """

    notice_working_days: int = 7
    report_working_days: int = 2
    explanation_working_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedItem:
    """A shortcoming of earlier years that this inspection looks at again."""

    ref: str
    text: str
    source: str = "INSPECTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistPin:
    """Which checklist, in which state, the visit goes by (phiếu kiểm tra)."""

    checklist_id: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """By whom, why and on what an unannounced inspection was ordered (đột xuất)."""

    order_number: str
    ordered_on: date
    reason: str
    decided_by: str
    ordered_for: str = "SIGNALS"
    signal_ids: tuple[str, ...] = ()
    proposal_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What the plan measures a content by: in words and, where it can, in numbers."""

    target: str
    due: date | None = None
    code: str | None = None
    value: Decimal | None = None
    sense: Sense = "AT_LEAST"
    numerator: str | None = None
    denominator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A content of the visit, and what it is measured by."""

    item: str
    aim: Aim


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was ordered: which unit, when, by whom, on which contents."""

    plan_id: str
    round_id: str
    agency_id: str
    agency_name: str
    planned_on: date | None = None
    window: Window
    programmes: tuple[str, ...]
    content_items: tuple[str, ...]
    team_id: str
    team_agencies: tuple[str, ...]
    lead_agency: str
    basis: str = "PLANNED"
    mode: str = "DIRECT"
    performer: str = "TEAM"
    scope: str = "COMPREHENSIVE"
    conclusion_rule: ConclusionRule = ConclusionRule()
    remedy_policy: RemedyPolicy = RemedyPolicy()
    focus_items: tuple[str, ...] = ()
    inspection_points: tuple[str, ...] = ()
    site_kind: str | None = None
    focus: str | None = None
    theme: str | None = None
    review_period: Window | None = None
    carried_items: tuple[CarriedItem, ...] = ()
    checklist: ChecklistPin | None = None
    visit_policy: VisitPolicy = VisitPolicy()
    figures: tuple[Figure, ...] = ()
    order: Order | None = None

    @property
    def unannounced(self) -> bool:
        """Say whether the unit learns of it on the team's arrival only."""
        return self.basis == "UNANNOUNCED"

    @property
    def desk(self) -> bool:
        """Say whether it goes by the unit's report, without a visit (gián tiếp)."""
        return self.mode == "INDIRECT"

    @property
    def readers(self) -> tuple[str, ...]:
        """Return the agencies that may know before the unit does."""
        decided_by = self.order.decided_by.partition("/")[0] if self.order else ""
        named = (*self.team_agencies, self.lead_agency, decided_by)
        return tuple(dict.fromkeys(agency for agency in named if agency))
