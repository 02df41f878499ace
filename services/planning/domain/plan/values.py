"""What plans are made of: policies, contents, themes, targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.planning.domain.window import Window


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
    fallback_id: str | None = None
    max_extensions: int | None = None
    rejection_restores: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPolicy:
    """What the plan gives a unit time for, in working days; 0: none is waited for."""

    notice_working_days: int = 7
    report_working_days: int = 2
    explanation_working_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPolicy:
    """How much inspection a unit has to bear (không làm cản trở hoạt động)."""

    max_visit_days: int | None = None
    max_visits_per_year: int | None = None
    min_gap_days: int | None = None
    blackout: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a content is measured by, and by when (theo lộ trình đã quy định).

    ``target`` is in the plan's words. A figure that is recorded under ``code`` is held
    against ``value``: in percent of what ``denominator`` names, else a plain number.
    """

    target: str
    due: date | None = None
    code: str | None = None
    value: Decimal | None = None
    sense: str = "AT_LEAST"
    numerator: str | None = None
    denominator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A content in the words of the plan, and where the task comes from.

    ``task_source`` is ASSIGNED by a superior or of the unit's OWN_PLAN;
    ``directive_refs`` name the documents that direct it.
    """

    code: str
    title: str
    legal_basis: tuple[str, ...] = ()
    directive_refs: tuple[str, ...] = ()
    task_source: str | None = None
    metric: Aim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a visit measures a content by, as its plan says (chỉ tiêu của nội dung)."""

    item: str
    aim: Aim


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A part of the plan that a department of the field leads (chuyên đề)."""

    theme: str
    lead_agency: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and at what one looks in a unit (điểm kiểm tra)."""

    inspection_points: tuple[str, ...] = ()
    focus: str | None = None
    site_kind: str | None = None
    priority: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A unit that the plan inspects (đối tượng được kiểm tra)."""

    agency_id: str
    name: str
    kind: str
    window: Window
    place: Place = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistPin:
    """Which checklist, in which state, a visit goes by (phiếu kiểm tra)."""

    checklist_id: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedItem:
    """A shortcoming of earlier years that a visit looks at again."""

    ref: str
    text: str
    source: str = "INSPECTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDue:
    """By when a plan is to be sent to those it names (NĐ 30/2020, Đ. 18)."""

    due_on: date
    overdue_from: date
    calendar_version: str


AS_USUAL = ConclusionRule()
REMEDIED_AS_USUAL = RemedyPolicy()
VISITED_AS_USUAL = VisitPolicy()
ANY_LOAD = LoadPolicy()
ANYWHERE = Place()
