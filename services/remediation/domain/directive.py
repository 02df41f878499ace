"""What is asked of units without a date: it never falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.remediation.domain.deadlines import RemediationRefused


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


DirectiveEvent = StandingDutyRecorded | ReplicationDirected | OpenRecommendationIssued


@dataclass(frozen=True, slots=True)
class Directive:
    """The state a decision needs: what was said, if anything."""

    said: DirectiveEvent | None = None


def evolve_directive(state: Directive, event: DirectiveEvent) -> Directive:  # noqa: ARG001 -- the shape of every evolve
    """Fold one event in."""
    return Directive(said=event)


def direct(directive: Directive, *, words: DirectiveEvent) -> list[DirectiveEvent]:
    """Record what was asked, once."""
    if directive.said == words:
        return []
    if directive.said is not None:
        raise RemediationRefused("directive-given-otherwise", "it says something else")
    return [words]
