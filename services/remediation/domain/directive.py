"""What is asked of units without a date: it never falls due, but outlives them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.remediation.domain.deadlines import CaseUnknown, RemediationRefused
from services.remediation.domain.events import Candidate


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveHandedOver:
    """What was asked of an agency that ended is asked of another one (bàn giao).

    ``kind``: STANDING_DUTY, REPLICATION or RECOMMENDATION; ``addressees`` are all of
    whom it is asked from now on. ``decided_by``: None, the succession was of the whole.
    """

    directive_id: str
    kind: str
    from_agency: str
    from_name: str
    to_agency: str
    to_name: str
    relation: str | None
    addressees: tuple[str, ...]
    handed_over_on: date
    legal_ref: str
    decided_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveHandoverRequired:
    """An agency that it was asked of was divided or dissolved: somebody decides."""

    directive_id: str
    kind: str
    ended_agency: str
    ended_name: str
    candidates: tuple[Candidate, ...]
    required_on: date
    legal_ref: str


Said = StandingDutyRecorded | ReplicationDirected | OpenRecommendationIssued
Followed = ReplicationAdopted | ReplicationMeasured
Passed = DirectiveHandedOver | DirectiveHandoverRequired
DirectiveEvent = Said | Followed | Passed


@dataclass(frozen=True, slots=True)
class Directive:
    """The state a decision needs: what was said, if anything, and who follows.

    ``said`` names whom it is asked of now, ``first`` whom it was asked of at first;
    ``undecided`` are the agencies in whose place nobody stands yet.
    """

    said: Said | None = None
    first: Said | None = None
    undecided: tuple[DirectiveHandoverRequired, ...] = ()
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
            return replace(state, said=event, first=event)
        case DirectiveHandoverRequired():
            return replace(state, undecided=(*state.undecided, event))
        case DirectiveHandedOver():
            return _passed(state, event)


def _passed(state: Directive, event: DirectiveHandedOver) -> Directive:
    left = tuple(u for u in state.undecided if u.ended_agency != event.from_agency)
    match state.said:
        case ReplicationDirected() as said:
            now: Said | None = replace(said, scope=event.addressees)
        case StandingDutyRecorded() | OpenRecommendationIssued() as said:
            now = replace(said, addressees=event.addressees)
        case None:
            now = None
    return replace(state, said=now, undecided=left)


def addressed(said: Said) -> tuple[str, ...]:
    """Return whom it is asked of."""
    return said.scope if isinstance(said, ReplicationDirected) else said.addressees


def direct(directive: Directive, *, words: Said) -> list[DirectiveEvent]:
    """Record what was asked, once; its day is the first one's."""
    said = directive.first
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
