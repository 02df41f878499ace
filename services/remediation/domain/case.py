"""A case: one recommendation, from the conclusion to its verified remedy.

Overdue and escalated are flags, not states: a case is closed by verification only,
however late; or it is waived, which is no closing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from services.remediation.domain.deadlines import (
    CaseUnknown,
    RemediationRefused,
    Rung,
    Step,
    Terms,
)
from services.remediation.domain.events import (
    CarryOverOpened,
    CaseEvent,
    CaseHandedOver,
    Concerns,
    DateEvent,
    DeadlineExtended,
    DeadlineRecalculated,
    EndingEvent,
    ExtensionRefused,
    ExtensionRequested,
    FallenEvent,
    HandingEvent,
    HandoverDecisionRequired,
    RecommendationIssued,
    RemediationClosed,
    RemediationEscalated,
    RemediationOverdue,
    RemediationPlanSubmitted,
    RemediationRejected,
    RemediationReminded,
    RemediationReopened,
    RemediationReported,
    RemediationVerified,
    RemediationWaived,
    RemedyEvent,
)

SHA256 = re.compile(r"[0-9a-fA-F]{64}")


class Ended(Enum):
    """How a case came to its end: only the first is a closing."""

    VERIFIED = "verified"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Case:
    """The state a decision needs, and no more.

    ``start`` is the day the present date counts from, ``armed`` what it still waits
    for, ``passed`` what came of it; ``waiting`` the report that nobody has answered
    yet, ``asked`` the requests for more time, ``refused`` and ``granted`` the answers.
    ``issued`` names the unit that has the case now, ``first`` the one it was issued to;
    ``undecided`` are the hand-overs that wait for a decision.
    """

    issued: RecommendationIssued | None = None
    first: RecommendationIssued | None = None
    undecided: tuple[HandoverDecisionRequired, ...] = ()
    terms: Terms | None = None
    start: date | None = None
    armed: tuple[Rung, ...] = ()
    passed: frozenset[tuple[Step, int]] = frozenset()
    plan: RemediationPlanSubmitted | None = None
    waiting: RemediationReported | None = None
    reported: RemediationReported | None = None
    rejected: RemediationRejected | None = None
    asked: tuple[ExtensionRequested, ...] = ()
    refused: tuple[ExtensionRefused, ...] = ()
    granted: tuple[DeadlineExtended, ...] = ()
    reopened: RemediationReopened | None = None
    waived: RemediationWaived | None = None
    carried: CarryOverOpened | None = None
    ended: Ended | None = None

    @property
    def closed(self) -> bool:
        """Say whether nothing is waited for any more."""
        return self.ended is not None

    @property
    def extended(self) -> DeadlineExtended | None:
        """Return the last extension."""
        return self.granted[-1] if self.granted else None

    @property
    def pending(self) -> ExtensionRequested | None:
        """Return the request for more time that nobody has decided yet."""
        decided = {refusal.request_id for refusal in self.refused}
        decided |= {grant.request_id for grant in self.granted if grant.request_id}
        return next((a for a in self.asked if a.request_id not in decided), None)


def evolve(case: Case, event: CaseEvent) -> Case:
    """Fold one event in. Never refuses: it already happened."""
    match event:
        case (
            ExtensionRequested()
            | ExtensionRefused()
            | DeadlineExtended()
            | DeadlineRecalculated()
        ):
            return _redated(case, event)
        case RemediationReopened() | RemediationWaived() | CarryOverOpened():
            return _ended(case, event)
        case CaseHandedOver() | HandoverDecisionRequired():
            return _handed(case, event)
        case RemediationReminded() | RemediationOverdue() | RemediationEscalated():
            return _past(case, _rung_of(event))
        case (
            RecommendationIssued()
            | RemediationPlanSubmitted()
            | RemediationReported()
            | RemediationRejected()
            | RemediationVerified()
            | RemediationClosed()
        ):
            return _remedied(case, event)


def _remedied(case: Case, event: RemedyEvent) -> Case:
    match event:
        case RecommendationIssued():
            opened = Case(issued=event, first=event)
            return _on(opened, event.terms, event.issued_on, event.rungs)
        case RemediationPlanSubmitted():
            return replace(case, plan=event)
        case RemediationReported():
            return _reported(case, event)
        case RemediationRejected():
            return _rejected(case, event)
        case RemediationVerified():
            return case
        case RemediationClosed():
            return replace(case, ended=Ended.VERIFIED, armed=())


def _ended(case: Case, event: EndingEvent) -> Case:
    match event:
        case RemediationReopened():
            anew = replace(case, waiting=None, ended=None, reopened=event, waived=None)
            return _on(anew, event.terms, event.reopened_on, event.rungs)
        case RemediationWaived():
            return replace(case, ended=Ended.WAIVED, waived=event, armed=())
        case CarryOverOpened():
            return replace(case, carried=event)


def _handed(case: Case, event: HandingEvent) -> Case:
    if isinstance(event, HandoverDecisionRequired):
        return replace(case, undecided=(*case.undecided, event))
    decided = tuple(it for it in case.undecided if it.concerns is not event.concerns)
    issued = issued_of(case)
    if event.concerns is Concerns.AUTHORITY:
        policy = replace(issued.policy, superior_id=event.to_agency)
        issued = replace(issued, policy=policy)
    else:
        issued = replace(issued, agency_id=event.to_agency, agency_name=event.to_name)
    return replace(case, issued=issued, undecided=decided)


def _redated(case: Case, event: DateEvent) -> Case:
    match event:
        case ExtensionRequested():
            return replace(case, asked=(*case.asked, event))
        case ExtensionRefused():
            return replace(case, refused=(*case.refused, event))
        case DeadlineExtended():
            anew = replace(case, granted=(*case.granted, event))
            return _on(anew, event.terms, event.previous.effective_due_on, event.rungs)
        case DeadlineRecalculated():
            stands = {(Step.OVERDUE, 0)} if event.overdue else set()
            stands |= {(Step.ESCALATION, n) for n in range(1, event.level + 1)}
            return replace(
                case, terms=event.terms, armed=event.rungs, passed=frozenset(stands)
            )


def _on(case: Case, terms: Terms, start: date, rungs: tuple[Rung, ...]) -> Case:
    """Return the case with a new date, of which nothing has come yet."""
    return replace(case, terms=terms, start=start, armed=rungs, passed=frozenset())


def _rejected(case: Case, event: RemediationRejected) -> Case:
    anew = replace(case, waiting=None, rejected=event, armed=event.rungs)
    if event.terms is None:
        return anew
    return _on(anew, event.terms, event.rejected_on, event.rungs)


def _reported(case: Case, event: RemediationReported) -> Case:
    """Take a report; one that was in time takes back what was missed since."""
    passed = case.passed
    if event.in_time:
        passed = frozenset(name for name in passed if name[0] is Step.REMINDER)
    waiting = case.waiting or event
    return replace(case, waiting=waiting, reported=event, armed=(), passed=passed)


def _rung_of(event: FallenEvent) -> tuple[Step, int]:
    match event:
        case RemediationReminded():
            return Step.REMINDER, 0
        case RemediationOverdue():
            return Step.OVERDUE, 0
        case RemediationEscalated():
            return Step.ESCALATION, event.level


def _past(case: Case, name: tuple[Step, int]) -> Case:
    left = tuple(rung for rung in case.armed if rung.name != name)
    return replace(case, armed=left, passed=case.passed | {name})


def issued_of(case: Case) -> RecommendationIssued:
    """Return what opened the case.

    Raises:
        CaseUnknown: Nothing did.
    """
    if case.issued is None:
        raise CaseUnknown("unknown-case", "there is no such case")
    return case.issued


def about(issued: RecommendationIssued) -> dict[str, str]:
    """Return what every event of the case names."""
    return {
        "case_id": issued.case_id,
        "inspection_id": issued.inspection_id,
        "agency_id": issued.agency_id,
    }


def told(issued: RecommendationIssued) -> dict[str, str]:
    """Return the same, with what a letter says."""
    named = {"agency_name": issued.agency_name, "text": issued.text}
    return {**about(issued), **named}


def terms_of(case: Case) -> Terms:
    """Return the date that holds."""
    return case.terms or issued_of(case).terms


def still_open(case: Case) -> None:
    """Refuse what is asked of a case that has ended."""
    if case.closed:
        raise RemediationRefused("case-closed", "the case is closed")


def units_own(issued: RecommendationIssued, agency: str) -> None:
    """Refuse whoever is not the unit."""
    if agency != issued.agency_id:
        raise RemediationRefused("not-your-case", "the case is another unit's")


def not_an_inspector(case: Case, officer: str | None) -> None:
    """Refuse who inspected: they do not judge what became of it."""
    if case.first is not None and officer in case.first.inspector_refs:
        raise RemediationRefused("verifier-inspected", "another officer verifies")


def not_the_unit(issued: RecommendationIssued, agency: str, code: str) -> None:
    """Refuse the unit where it would decide on itself."""
    if agency == issued.agency_id:
        raise RemediationRefused(code, "nobody decides on what they are to remedy")
