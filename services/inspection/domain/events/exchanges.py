"""What unit and team give each other: reports, data, guidance, explanations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.inspection.domain.values import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReportReceived:
    """The unit handed its report in (báo cáo của đơn vị)."""

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
    before_visit: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringDataAttached:
    """Figures of monitoring were put to the file (kết quả theo dõi, đánh giá)."""

    inspection_id: str
    plan_id: str
    agency_id: str
    source_system: str
    reference: str
    sha256: str
    attached_on: date
    period: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceGiven:
    """The unit was shown how to do it, on the spot; no finding (hướng dẫn)."""

    inspection_id: str
    agency_id: str
    guidance_id: str
    text: str
    given_on: date
    item: str | None = None
    to_roles: tuple[str, ...] = ()
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationSubmitted:
    """The unit answered the findings before the conclusion (giải trình)."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingConfirmed:
    """The team holds on to a finding after the unit's answer."""

    inspection_id: str
    finding_id: str
    agency_id: str
    confirmed_on: date
    remark: str | None = None


ExchangeEvent = (
    UnitReportReceived
    | MonitoringDataAttached
    | GuidanceGiven
    | ExplanationSubmitted
    | FindingConfirmed
)
