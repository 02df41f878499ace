"""What is asked of units without a date: it never falls due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.remediation.domain.deadlines import CaseUnknown, RemediationRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingDutyRecorded:
    """Units were given a duty without an end (thường xuyên tự kiểm tra, giám sát)."""

    duty_id: str
    round_id: str
    plan_id: str
    addressees: tuple[str, ...]
    text: str
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplicationDirected:
    """A good practice is to be taken over by others (nhân rộng mô hình)."""

    directive_id: str
    practice_id: str | None
    round_id: str
    plan_id: str
    scope: tuple[str, ...]
    text: str
    directed_on: date
    directed_by: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplicationAdopted:
    """A unit took the practice over (áp dụng mô hình)."""

    directive_id: str
    practice_id: str | None
    agency_id: str
    adopted_on: date
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplicationMeasured:
    """What the practice changed at a unit that took it over, in figures."""

    directive_id: str
    practice_id: str | None
    agency_id: str
    metric: str
    before: float
    after: float
    measured_on: date
    source_system: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecommendationIssued:
    """What was asked has no test of closure, or no date (kiến nghị mở)."""

    recommendation_id: str
    plan_id: str
    addressees: tuple[str, ...]
    text: str
    issued_on: date
    verifiable: bool
    round_id: str | None = None
    inspection_id: str | None = None


Said = StandingDutyRecorded | ReplicationDirected | OpenRecommendationIssued
Followed = ReplicationAdopted | ReplicationMeasured
DirectiveEvent = Said | Followed


@dataclass(frozen=True, slots=True)
class Directive:
    """The state a decision needs: what was said, if anything, and who follows."""

    said: Said | None = None
    adopted: tuple[ReplicationAdopted, ...] = ()
    measured: tuple[ReplicationMeasured, ...] = ()


def evolve_directive(state: Directive, event: DirectiveEvent) -> Directive:
    """Fold one event in."""
    match event:
        case ReplicationAdopted():
            return replace(state, adopted=(*state.adopted, event))
        case ReplicationMeasured():
            return replace(state, measured=(*state.measured, event))
        case (
            StandingDutyRecorded() | ReplicationDirected() | OpenRecommendationIssued()
        ):
            return replace(state, said=event)


def direct(directive: Directive, *, words: Said) -> list[DirectiveEvent]:
    """Record what was asked, once; its day is the first one's."""
    said = directive.said
    if said == words:
        return []
    if isinstance(said, ReplicationDirected) and isinstance(words, ReplicationDirected):
        words = replace(words, directed_on=said.directed_on)
        if said == words:
            return []
    if said is not None:
        raise RemediationRefused("directive-given-otherwise", "it says something else")
    if isinstance(words, ReplicationDirected) and not words.scope:
        raise RemediationRefused("replication-without-scope", "it is asked of nobody")
    return [words]


def adopt(
    directive: Directive,
    *,
    by_agency: str,
    on: date,
    today: date,
    remark: str | None = None,
) -> list[DirectiveEvent]:
    """Take the practice over; who was not asked to does not."""
    said = _replication(directive)
    if by_agency not in said.scope:
        raise RemediationRefused("not-in-scope", "it was not asked of this unit")
    if any(adopted.agency_id == by_agency for adopted in directive.adopted):
        return []
    if on > today:
        raise RemediationRefused("adopted-later", "it has not happened yet")
    return [
        ReplicationAdopted(
            directive_id=said.directive_id,
            practice_id=said.practice_id,
            agency_id=by_agency,
            adopted_on=on,
            remark=remark,
        )
    ]


def measure(  # noqa: PLR0913 -- keyword only; the fields of a measurement
    directive: Directive,
    *,
    agency_id: str,
    metric: str,
    before: float,
    after: float,
    on: date,
    source_system: str | None = None,
) -> list[DirectiveEvent]:
    """Say what the practice changed at a unit that took it over."""
    said = _replication(directive)
    if not any(adopted.agency_id == agency_id for adopted in directive.adopted):
        raise RemediationRefused("not-adopted", "the unit has not taken it over")
    measured = ReplicationMeasured(
        directive_id=said.directive_id,
        practice_id=said.practice_id,
        agency_id=agency_id,
        metric=metric,
        before=before,
        after=after,
        measured_on=on,
        source_system=source_system,
    )
    return [] if measured in directive.measured else [measured]


def _replication(directive: Directive) -> ReplicationDirected:
    if not isinstance(directive.said, ReplicationDirected):
        raise CaseUnknown("unknown-replication", "no such replication was asked for")
    return directive.said
