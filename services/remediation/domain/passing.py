"""What is asked without a date outlives the agency that it is asked of (bàn giao).

A successor of the whole takes its place by itself; where the agency was divided or
dissolved, an authority decides. What a unit has taken over already stays its own.
"""

from __future__ import annotations

from datetime import date

from services.remediation.domain.deadlines import CaseUnknown, RemediationRefused
from services.remediation.domain.directive import (
    Directive,
    DirectiveEvent,
    DirectiveHandedOver,
    DirectiveHandoverRequired,
    OpenRecommendationIssued,
    ReplicationDirected,
    Said,
    StandingDutyRecorded,
    addressed,
)
from services.remediation.domain.events import Candidate, UnitEnded


def pass_on(
    directive: Directive, *, ended: UnitEnded, on: date
) -> list[DirectiveEvent]:
    """Ask it of the successor, or ask who is one, if the ended agency still had it."""
    said = directive.said
    if said is None or not _waits_for(directive, ended.agency_id):
        return []
    if ended.automatic_to is not None:
        [heir] = ended.candidates
        return [
            _handed(said, ended.agency_id, ended.name, heir, ended.legal_ref, on=on)
        ]
    if _undecided(directive, ended.agency_id) is not None:
        return []
    return [
        DirectiveHandoverRequired(
            directive_id=_id(said),
            kind=_kind(said),
            ended_agency=ended.agency_id,
            ended_name=ended.name,
            candidates=ended.candidates,
            required_on=on,
            legal_ref=ended.legal_ref,
        )
    ]


def hand_directive_over(  # noqa: PLR0913 -- keyword only; the fields of a decision
    directive: Directive,
    *,
    from_agency: str,
    to_agency: str,
    to_name: str,
    by_agency: str,
    reason: str,
    on: date,
) -> list[DirectiveEvent]:
    """Decide of whom it is asked in the place of an agency that ended."""
    said = directive.said
    if said is None:
        raise CaseUnknown("unknown-directive", "nothing was asked under that id")
    asked = _undecided(directive, from_agency)
    if asked is None:
        if from_agency not in addressed(said) and to_agency in addressed(said):
            return []
        raise RemediationRefused(
            "no-handover-decision-required", "nobody's place is to be taken"
        )
    named = {it.agency_id: it for it in asked.candidates}
    if named and to_agency not in named:
        raise RemediationRefused(
            "not-a-successor", "no part of the unit went into that one"
        )
    heir = named.get(to_agency) or Candidate(
        agency_id=to_agency, name=to_name, relation="DECIDED"
    )
    return [
        _handed(
            said,
            from_agency,
            asked.ended_name,
            heir,
            asked.legal_ref,
            on=on,
            by=by_agency,
            reason=reason,
        )
    ]


def _handed(  # noqa: PLR0913 -- what a hand-over holds
    said: Said,
    from_agency: str,
    from_name: str,
    heir: Candidate,
    legal_ref: str,
    *,
    on: date,
    by: str | None = None,
    reason: str | None = None,
) -> DirectiveHandedOver:
    now = (heir.agency_id if a == from_agency else a for a in addressed(said))
    return DirectiveHandedOver(
        directive_id=_id(said),
        kind=_kind(said),
        from_agency=from_agency,
        from_name=from_name,
        to_agency=heir.agency_id,
        to_name=heir.name,
        relation=heir.relation,
        addressees=tuple(dict.fromkeys(now)),
        handed_over_on=on,
        legal_ref=legal_ref,
        decided_by=by,
        reason=reason,
    )


def _waits_for(directive: Directive, agency_id: str) -> bool:
    adopted = {event.agency_id for event in directive.adopted}
    said = directive.said
    return (
        said is not None
        and agency_id in addressed(said)
        and not (isinstance(said, ReplicationDirected) and agency_id in adopted)
    )


def _undecided(
    directive: Directive, agency_id: str
) -> DirectiveHandoverRequired | None:
    return next((u for u in directive.undecided if u.ended_agency == agency_id), None)


def _id(said: Said) -> str:
    match said:
        case StandingDutyRecorded(duty_id=name):
            return name
        case ReplicationDirected(directive_id=name):
            return name
        case OpenRecommendationIssued(recommendation_id=name):
            return name


def _kind(said: Said) -> str:
    match said:
        case StandingDutyRecorded():
            return "STANDING_DUTY"
        case ReplicationDirected():
            return "REPLICATION"
        case OpenRecommendationIssued():
            return "RECOMMENDATION"
