"""What was ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
