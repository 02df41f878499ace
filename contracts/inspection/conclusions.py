"""Events of conclusions."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Value, Visibility
from contracts.planning import RemedyPolicy


class DueRule(Value):
    """By when a recommendation is to be carried out.

    ``kind``: BY_DATE (``on``), DAYS (``n``, ``unit`` calendar_days or
    working_days, weeks, months, years, hours), END_OF_MONTH (``year``, ``month``),
    DEFAULT (the plan's), NONE; likewise BEFORE_DATE, START_ and MIDDLE_OF_MONTH,
    END_OF_QUARTER (``year``, ``quarter``), START_, MIDDLE_ and END_OF_YEAR.
    """

    kind: str
    on: date | None = None
    n: int | None = None
    unit: str | None = None
    year: int | None = None
    month: int | None = None
    quarter: int | None = None


class Recommendation(Value):
    """What the conclusion asks of a unit (kiến nghị)."""

    recommendation_id: str
    finding_ids: tuple[str, ...]
    text: str
    due_rule: DueRule
    verifiable: bool = True


class UpwardRecommendation(Value):
    """What the conclusion asks of a higher level (kiến nghị cấp trên), and by when."""

    recommendation_id: str
    addressee: str
    text: str
    due_rule: DueRule | None = None


class HeadLiability(Value):
    """How far the head answers for a finding: DIRECT, INDIRECT, NONE."""

    finding_id: str
    head_ref: str | None = None
    liability: str
    reason: str
    head_source: str | None = None  # REGISTRY, OFFICER


class ConclusionIssued(Event):
    """The conclusion of an inspection was issued (thông báo kết luận kiểm tra)."""

    TYPE: ClassVar[str] = "inspection.conclusion-issued.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    document_number: str
    issued_on: date
    due_on: date | None
    late: bool = False
    findings: tuple[str, ...]
    no_action: tuple[str, ...] = ()
    recommendations: tuple[Recommendation, ...]
    remedy_policy: RemedyPolicy = RemedyPolicy()
    inspector_refs: tuple[str, ...] = ()
    basis: str = "PLANNED"
    mode: str = "DIRECT"
    authority: str | None = None
    upward: tuple[UpwardRecommendation, ...] = ()
    rectified: tuple[str, ...] = ()  # findings put right on the spot
    accountability: tuple[HeadLiability, ...] = ()


class ConclusionOverdue(Event):
    """The conclusion was not issued in time."""

    TYPE: ClassVar[str] = "inspection.conclusion-overdue.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    lead_agency: str
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str
