"""Events of what is asked of many without a date, and of higher levels."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from contracts.event import Event, Visibility
from contracts.inspection import DueRule


class OpenRecommendationIssued(Event):
    """What was asked has no test of closure: it never falls due."""

    TYPE: ClassVar[str] = "remediation.open-recommendation-issued.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    recommendation_id: str
    round_id: str | None = None
    inspection_id: str | None = None
    plan_id: str
    addressees: tuple[str, ...]
    text: str
    issued_on: date
    verifiable: bool = False


class StandingDutyRecorded(Event):
    """Units were given a duty without an end (thường xuyên tự kiểm tra, giám sát)."""

    TYPE: ClassVar[str] = "remediation.standing-duty-recorded.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    duty_id: str
    round_id: str
    plan_id: str
    addressees: tuple[str, ...]
    text: str
    recorded_on: date


class ReplicationDirected(Event):
    """A good practice is to be taken over by others (nhân rộng)."""

    TYPE: ClassVar[str] = "remediation.replication-directed.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    directive_id: str
    practice_id: str | None = None
    round_id: str
    plan_id: str
    scope: tuple[str, ...]
    text: str
    directed_on: date
    directed_by: str | None = None
    due_on: date | None = None


class ReplicationAdopted(Event):
    """A unit took a practice over (áp dụng mô hình)."""

    TYPE: ClassVar[str] = "remediation.replication-adopted.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    directive_id: str
    practice_id: str | None = None
    agency_id: str
    adopted_on: date
    remark: str | None = None


class ReplicationMeasured(Event):
    """What a practice changed at a unit that took it over, in figures."""

    TYPE: ClassVar[str] = "remediation.replication-measured.v1"
    VISIBILITY: ClassVar[Visibility] = "agencies"

    directive_id: str
    practice_id: str | None = None
    agency_id: str
    metric: str
    before: float
    after: float
    measured_on: date
    source_system: str | None = None


class UpwardRecommendationIssued(Event):
    """A conclusion asks something of a higher level (kiến nghị cấp trên)."""

    TYPE: ClassVar[str] = "remediation.upward-recommendation-issued.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    recommendation_id: str
    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    addressee: str
    text: str
    issued_on: date
    due_rule: DueRule | None = None  # None: no day is set above
    due_on: date | None = None
    effective_due_on: date | None = None
    overdue_from: date | None = None
    calendar_version: str | None = None


class UpwardRecommendationOverdue(Event):
    """The day passed on which the higher level was to have answered (quá hạn)."""

    TYPE: ClassVar[str] = "remediation.upward-recommendation-overdue.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    recommendation_id: str
    inspection_id: str
    plan_id: str
    agency_id: str
    agency_name: str
    addressee: str
    text: str
    due_on: date
    effective_due_on: date
    overdue_from: date
    calendar_version: str


class UpwardRecommendationAnswered(Event):
    """The higher level answered (trả lời kiến nghị)."""

    TYPE: ClassVar[str] = "remediation.upward-recommendation-answered.v1"
    VISIBILITY: ClassVar[Visibility] = "concerned"

    recommendation_id: str
    inspection_id: str
    agency_id: str
    addressee: str
    text: str
    answered_on: date
    document_number: str | None = None
