"""Events of what unit and team give each other."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility
from contracts.inspection.visits import Evidence


class UnitReportReceived(Event):
    """The unit handed its report in, before the visit or instead of one."""

    TYPE: ClassVar[str] = "inspection.unit-report-received.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    plan_id: str
    round_id: str
    agency_id: str
    mode: str
    document_number: str
    sha256: str
    received_on: date
    due_on: date | None = None
    late: bool = False


class MonitoringDataAttached(Event):
    """Figures of monitoring were put to the file (kết quả theo dõi, đánh giá)."""

    TYPE: ClassVar[str] = "inspection.monitoring-data-attached.v1"
    VISIBILITY: ClassVar[Visibility] = "internal"

    inspection_id: str
    plan_id: str
    agency_id: str
    source_system: str
    reference: str
    sha256: str
    attached_on: date
    period: str | None = None
    summary: str | None = None


class GuidanceGiven(Event):
    """The unit was shown how to do it, on the spot; no finding (hướng dẫn)."""

    TYPE: ClassVar[str] = "inspection.guidance-given.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    agency_id: str
    guidance_id: str
    text: str
    given_on: date
    item: str | None = None
    to_roles: tuple[str, ...] = ()


class ExplanationSubmitted(Event):
    """The unit answered the findings before the conclusion (giải trình)."""

    TYPE: ClassVar[str] = "inspection.explanation-submitted.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    inspection_id: str
    plan_id: str
    agency_id: str
    explanation_id: str
    finding_ids: tuple[str, ...]
    text: str
    submitted_on: date
    evidence: tuple[Evidence, ...] = ()
    document_number: str | None = None
    late: bool = False
