"""Hand-over (bàn giao): a case outlives its unit, and the one that watches over it.

A successor of the whole takes over by itself. Where the unit was divided or dissolved,
or where the superior ended, a person decides; the dates run on meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.remediation.domain.case import Case, about, issued_of, still_open
from services.remediation.domain.deadlines import RemediationRefused
from services.remediation.domain.events import (
    CaseEvent,
    CaseHandedOver,
    Concerns,
    HandoverDecisionRequired,
    RecommendationIssued,
    UnitEnded,
)


class Holdings(Protocol):
    """What an agency has to do with, and what agencies are called."""

    async def open_with(self, agency_id: str, *, seen: int) -> Sequence[str]:
        """Return the open cases that it remedies or watches over, in order.

        The answer knows at least what the journal knew at position *seen*.
        """

    async def asked_of(self, agency_id: str, *, seen: int) -> Sequence[str]:
        """Return the directives without a date that name it, in order."""

    async def awaited_from(self, agency_id: str, *, seen: int) -> Sequence[str]:
        """Return the recommendations upward that it has not answered, in order."""

    async def name_of(self, agency_id: str, *, on: date) -> str | None:
        """Return an agency's name; None if there is none of that id on that day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an agency stands: what the registry said of its end, if it ended."""

    ended: UnitEnded | None = None


def evolve_standing(_: Standing, event: UnitEnded) -> Standing:
    """Fold one event in; the registry says an end once."""
    return Standing(ended=event)


def end(standing: Standing, *, ended: UnitEnded) -> list[UnitEnded]:
    """Take note that an agency ended."""
    return [] if standing.ended == ended else [ended]


def outlive(case: Case, *, ended: UnitEnded, on: date) -> list[CaseEvent]:
    """Hand the case over, or ask who takes it, if the ended agency had it."""
    if case.issued is None or case.closed:
        return []
    return [
        event
        for concerns in Concerns
        if _held_by(case.issued, concerns) == ended.agency_id
        for event in _outlived(case, concerns, ended, on)
    ]


def hand_over(  # noqa: PLR0913 -- keyword only; the fields of a decision
    case: Case,
    *,
    concerns: Concerns,
    to_agency: str,
    to_name: str,
    by_agency: str,
    reason: str,
    on: date,
) -> list[CaseEvent]:
    """Decide who takes the place of an agency that ended."""
    issued = issued_of(case)
    if _held_by(issued, concerns) == to_agency:
        return []
    still_open(case)
    asked = required(case, concerns)
    if asked is None:
        raise RemediationRefused(
            "no-handover-decision-required", "nobody's place is to be taken"
        )
    named = {it.agency_id: it for it in asked.candidates}
    if named and to_agency not in named:
        raise RemediationRefused(
            "not-a-successor", "no part of the unit went into that one"
        )
    chosen = named.get(to_agency)
    return [
        CaseHandedOver(
            **about(issued),
            concerns=concerns,
            from_agency=asked.ended_agency,
            from_name=asked.ended_name,
            to_agency=to_agency,
            to_name=chosen.name if chosen else to_name,
            relation=chosen.relation if chosen else None,
            handed_over_on=on,
            legal_ref=asked.legal_ref,
            decided_by=by_agency,
            reason=reason,
        )
    ]


def required(case: Case, concerns: Concerns) -> HandoverDecisionRequired | None:
    """Return the decision that is waited for, if one is."""
    return next((it for it in case.undecided if it.concerns is concerns), None)


def _held_by(issued: RecommendationIssued, concerns: Concerns) -> str | None:
    if concerns is Concerns.UNIT:
        return issued.agency_id
    return issued.policy.superior_id


def _outlived(
    case: Case, concerns: Concerns, ended: UnitEnded, on: date
) -> list[CaseEvent]:
    issued = issued_of(case)
    if ended.automatic_to is not None:
        [heir] = ended.candidates
        return [
            CaseHandedOver(
                **about(issued),
                concerns=concerns,
                from_agency=ended.agency_id,
                from_name=ended.name,
                to_agency=heir.agency_id,
                to_name=heir.name,
                relation=heir.relation,
                handed_over_on=on,
                legal_ref=ended.legal_ref,
                decided_by=None,
                reason=None,
            )
        ]
    if required(case, concerns) is not None:
        return []
    return [
        HandoverDecisionRequired(
            **about(issued),
            agency_name=issued.agency_name,
            text=issued.text,
            concerns=concerns,
            ended_agency=ended.agency_id,
            ended_name=ended.name,
            candidates=ended.candidates,
            required_on=on,
            legal_ref=ended.legal_ref,
        )
    ]
