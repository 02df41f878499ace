"""The values that inspection's events are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

Rating = Literal["GOOD", "FAIR", "AVERAGE", "WEAK"]
FindingKind = Literal["LIMITATION", "ERROR", "WEAKNESS", "VIOLATION"]
CarriedOverResult = Literal["RESOLVED", "PARTLY", "NOT"]
DueKind = Literal["BY_DATE", "DAYS", "END_OF_MONTH", "DEFAULT", "NONE"]
DueUnit = Literal["calendar_days", "working_days"]
RequestKind = Literal["STANDING_DUTY", "REPLICATION", "RECOMMENDATION"]


class Counted(Protocol):
    """When something is due, as a calendar counted it."""

    @property
    def nominal(self) -> date:
        """The day the rule names."""

    @property
    def effective(self) -> date:
        """That day, rolled to a working day."""

    @property
    def overdue_from(self) -> date:
        """The first day on which it is late."""

    @property
    def calendar_version(self) -> str:
        """Which calendar counted."""

    @property
    def provisional(self) -> bool:
        """Whether the calendar may still change for these days."""


class Calendar(Protocol):
    """Counts working days; the chassis has one."""

    def due(self, start: date, rule: Mapping[str, Any]) -> Counted:
        """Return when something is due that starts on *start*."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What something rests on (minh chứng): a reference and the file's sha256."""

    reference: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How one content item stands (đánh giá); ``strength`` marks what is done well."""

    item: str
    rating: Rating
    remark: str | None = None
    strength: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure of the unit, the day it holds for and the system it was read from."""

    code: str
    numerator: int
    denominator: int | None = None
    as_of: date
    source_system: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One checkable point of a finding, and how it came out."""

    code: str
    result: bool | str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedList:
    """What was approved, and which of it is not done (đối chiếu danh mục)."""

    document: str
    missing_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A shortcoming (tồn tại, hạn chế): what, on which basis, by whom.

    The inspected unit answers for it; ``head_ref`` and ``roles`` may say who in it.
    """

    finding_id: str
    item: str
    kind: FindingKind
    description: str
    legal_basis: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    cause: str | None = None
    head_ref: str | None = None
    roles: tuple[str, ...] = ()
    repeat_of: str | None = None
    finding_group_id: str | None = None
    checks: tuple[Check, ...] = ()
    backlog_until: date | None = None
    approved_list: ApprovedList | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOver:
    """How an open item of an earlier inspection stands now (khắc phục lần trước)."""

    item_ref: str
    result: CarriedOverResult
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRule:
    """By when a recommendation is to be carried out; DEFAULT: as the plan says."""

    kind: DueKind
    on: date | None = None
    n: int | None = None
    unit: DueUnit | None = None
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What a conclusion asks of the unit (kiến nghị)."""

    recommendation_id: str
    finding_ids: tuple[str, ...]
    text: str
    due: DueRule
    verifiable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAction:
    """Why a concluded finding asks for nothing."""

    finding_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRequest:
    """What a team asks of all units of a round, without a date (đề nghị chung)."""

    request_id: str
    kind: RequestKind
    text: str
    practice_id: str | None = None
    verifiable: bool = False
