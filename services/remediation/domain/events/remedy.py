"""A remedy as its stream records it: asked for, planned, reported, answered, missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.remediation.domain.deadlines import Policy, Rung, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a report rests on (minh chứng): a reference and the file's sha256."""

    reference: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationIssued:
    """A unit is to remedy something by a date: the case is open (kiến nghị)."""

    case_id: str
    inspection_id: str
    plan_id: str
    finding_ids: tuple[str, ...]
    agency_id: str
    agency_name: str
    text: str
    issued_on: date
    policy: Policy
    terms: Terms
    rungs: tuple[Rung, ...]
    inspector_refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing the unit will do (biện pháp khắc phục), perhaps by a day and whom."""

    what: str
    by: date | None = None
    person_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationPlanSubmitted:
    """The head says how it will be remedied (kế hoạch khắc phục); no date moves."""

    case_id: str
    inspection_id: str
    agency_id: str
    submitted_on: date
    owner: str
    head_ref: str
    measures: tuple[Measure, ...]
    document_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationReported:
    """The unit reported what it has done (báo cáo khắc phục).

    ``entered_on`` is set where a monitor entered it later than it arrived on paper;
    ``in_time`` then says whether what was overdue since is taken back.
    """

    case_id: str
    inspection_id: str
    agency_id: str
    reported_on: date
    summary: str
    evidence: tuple[Evidence, ...] = ()
    entered_on: date | None = None
    entered_by: str | None = None
    document_number: str | None = None
    in_time: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationVerified:
    """The remedy was checked and found good (xác minh)."""

    case_id: str
    inspection_id: str
    agency_id: str
    verified_on: date
    verifier_agency: str
    remark: str | None = None
    entered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationRejected:
    """The remedy was checked and found wanting: its date holds again.

    ``terms`` are there only where the plan counts anew after a rejection.
    """

    case_id: str
    inspection_id: str
    agency_id: str
    rejected_on: date
    verifier_agency: str
    reason: str
    rungs: tuple[Rung, ...]
    terms: Terms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationReminded:
    """The unit is to be reminded that its date is near (nhắc hạn)."""

    case_id: str
    inspection_id: str
    agency_id: str
    agency_name: str
    text: str
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationOverdue:
    """The date passed with the case open and nothing reported (quá hạn)."""

    case_id: str
    inspection_id: str
    finding_ids: tuple[str, ...]
    agency_id: str
    agency_name: str
    text: str
    terms: Terms
    days_overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationEscalated:
    """The superior is to be told that the unit is late (báo cáo cấp trên)."""

    case_id: str
    inspection_id: str
    agency_id: str
    agency_name: str
    superior_id: str | None
    text: str
    terms: Terms
    level: int
    fallback_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationClosed:
    """The case is closed by verification (kết thúc)."""

    case_id: str
    inspection_id: str
    agency_id: str
    closed_on: date
    late: bool
