"""A case: one recommendation, from the conclusion to its verified remedy.

Overdue and escalated are flags, not states: a case is closed by verification only,
however late.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.remediation.domain.deadlines import (
    HANOI,
    CaseUnknown,
    DueRule,
    Policy,
    RemediationRefused,
    Rung,
    Step,
    Terms,
    WorkingDays,
    in_order,
    ladder,
    settle,
)
from services.remediation.domain.events import (
    CaseEvent,
    DeadlineExtended,
    Evidence,
    RecommendationIssued,
    RemediationClosed,
    RemediationEscalated,
    RemediationOverdue,
    RemediationRejected,
    RemediationReminded,
    RemediationReported,
    RemediationVerified,
)

SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class Case:
    """The state a decision needs, and no more.

    ``armed`` is what the present date still waits for, ``passed`` what came of it;
    ``waiting`` the report that nobody has answered yet.
    """

    issued: RecommendationIssued | None = None
    terms: Terms | None = None
    armed: tuple[Rung, ...] = ()
    passed: frozenset[tuple[Step, int]] = frozenset()
    waiting: RemediationReported | None = None
    reported: RemediationReported | None = None
    rejected: RemediationRejected | None = None
    extended: DeadlineExtended | None = None
    closed: bool = False


def evolve(case: Case, event: CaseEvent) -> Case:  # noqa: PLR0911 -- one per event
    """Fold one event in. Never refuses: it already happened."""
    match event:
        case RecommendationIssued():
            return Case(issued=event, terms=event.terms, armed=event.rungs)
        case RemediationReported():
            waiting = case.waiting or event
            return replace(case, waiting=waiting, reported=event, armed=())
        case RemediationRejected():
            return replace(case, waiting=None, rejected=event, armed=event.rungs)
        case DeadlineExtended(terms=terms, rungs=rungs):
            anew = replace(case, terms=terms, armed=rungs, passed=frozenset())
            return replace(anew, extended=event)
        case RemediationReminded() | RemediationOverdue() | RemediationEscalated():
            return _past(case, _rung_of(event))
        case RemediationVerified():
            return case
        case RemediationClosed():
            return replace(case, closed=True, armed=())


def _rung_of(
    event: RemediationReminded | RemediationOverdue | RemediationEscalated,
) -> tuple[Step, int]:
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


def issue(  # noqa: PLR0913 -- keyword only; the fields of a recommendation
    case: Case,
    *,
    case_id: str,
    inspection_id: str,
    plan_id: str,
    finding_ids: tuple[str, ...],
    agency_id: str,
    agency_name: str,
    text: str,
    due_rule: DueRule,
    policy: Policy,
    issued_on: date,
    calendar: WorkingDays,
) -> list[CaseEvent]:
    """Open the case; its date counts from the day the conclusion was issued."""
    old = case.issued
    terms = (
        old.terms
        if old is not None and old.terms.due_rule == due_rule
        else settle(
            due_rule, policy, start=issued_on, known_on=issued_on, calendar=calendar
        )
    )
    event = RecommendationIssued(
        case_id=case_id,
        inspection_id=inspection_id,
        plan_id=plan_id,
        finding_ids=finding_ids,
        agency_id=agency_id,
        agency_name=agency_name,
        text=text,
        issued_on=issued_on,
        policy=policy,
        terms=terms,
        rungs=ladder(terms),
    )
    if old is None:
        return [event]
    if old == event:
        return []
    raise RemediationRefused("recommendation-issued-otherwise", "issued on other terms")


def report(
    case: Case,
    *,
    by_agency: str,
    on: date,
    summary: str,
    evidence: tuple[Evidence, ...] = (),
) -> list[CaseEvent]:
    """Take the unit's report; while it waits to be verified, no date is missed."""
    issued = _issued(case)
    if by_agency != issued.agency_id:
        raise RemediationRefused("not-your-case", "the case is another unit's")
    last = case.waiting and case.reported
    if last and (last.summary, last.evidence) == (summary, evidence):
        return []
    _still_open(case)
    if not all(SHA256.fullmatch(proof.sha256) for proof in evidence):
        raise RemediationRefused("evidence-without-hash", "a sha256 is 64 hex digits")
    return [
        RemediationReported(
            **_about(issued),
            reported_on=on,
            summary=summary,
            evidence=evidence,
        )
    ]


def verify(
    case: Case, *, by_agency: str, on: date, remark: str | None = None
) -> list[CaseEvent]:
    """Find the remedy good, and close; late is still closed."""
    issued = _issued(case)
    _not_the_unit(issued, by_agency)
    if case.closed:
        return []
    waiting = _waiting(case)
    about = _about(issued)
    late = waiting.reported_on > _terms(case).effective_due_on
    return [
        RemediationVerified(
            **about, verified_on=on, verifier_agency=by_agency, remark=remark
        ),
        RemediationClosed(**about, closed_on=on, late=late),
    ]


def reject(case: Case, *, by_agency: str, at: datetime, reason: str) -> list[CaseEvent]:
    """Find the remedy wanting: the original date holds again.

    What the report kept from happening happens now, at the earliest.
    """
    issued = _issued(case)
    _not_the_unit(issued, by_agency)
    _still_open(case)
    if case.waiting is None and case.rejected and case.rejected.reason == reason:
        return []
    _waiting(case)
    rungs = ladder(_terms(case), since=at)
    return [
        RemediationRejected(
            **_about(issued),
            rejected_on=at.astimezone(HANOI).date(),
            verifier_agency=by_agency,
            reason=reason,
            rungs=tuple(rung for rung in rungs if rung.name not in case.passed),
        )
    ]


def close(case: Case) -> list[CaseEvent]:
    """Close nothing: only a verification does (domain invariant)."""
    _issued(case)
    if case.closed:
        return []
    raise RemediationRefused(
        "closed-only-by-verification", "the remedy has not been verified"
    )


def extend(  # noqa: PLR0913 -- keyword only; the fields of a request for more time
    case: Case,
    *,
    requested_on: date,
    at: datetime,
    approved_by: str,
    reason: str,
    due_rule: DueRule,
    calendar: WorkingDays,
) -> list[CaseEvent]:
    """Give more time, counted from the effective due date; both dates are kept."""
    issued, old, last = _issued(case), _terms(case), case.extended
    on = at.astimezone(HANOI).date()
    asked = (requested_on, reason, due_rule)
    if last and (last.requested_on, last.reason, last.terms.due_rule) == asked:
        return []
    _still_open(case)
    if requested_on > on:
        raise RemediationRefused("requested-later", "it has not been asked for yet")
    terms = settle(
        due_rule,
        issued.policy,
        start=old.effective_due_on,
        known_on=on,
        calendar=calendar,
    )
    if terms.effective_due_on <= old.effective_due_on:
        raise RemediationRefused("extension-not-later", "it gives no more time")
    return [
        DeadlineExtended(
            **_about(issued),
            requested_on=requested_on,
            requested_after_due=requested_on > old.effective_due_on,
            extended_on=on,
            approved_by=approved_by,
            reason=reason,
            previous=old,
            terms=terms,
            rungs=() if case.waiting else ladder(terms, since=at),
        )
    ]


def fallen(case: Case, *, by: datetime) -> tuple[Rung, ...]:
    """Return the rungs whose moment has come, in order."""
    return tuple(sorted((r for r in case.armed if r.at <= by), key=in_order))


def answer(case: Case, *, rung: Rung) -> list[CaseEvent]:
    """Say what a moment brings, if it still waits: a reminder, overdue, escalation."""
    if rung not in case.armed:
        return []
    issued, terms = _issued(case), _terms(case)
    match rung.step:
        case Step.REMINDER:
            return [
                RemediationReminded(
                    **_told(issued),
                    terms=terms,
                )
            ]
        case Step.OVERDUE:
            day = rung.at.astimezone(HANOI).date()
            return [
                RemediationOverdue(
                    **_told(issued),
                    finding_ids=issued.finding_ids,
                    terms=terms,
                    days_overdue=(day - terms.overdue_from).days,
                )
            ]
        case Step.ESCALATION:
            return [
                RemediationEscalated(
                    case_id=issued.case_id,
                    inspection_id=issued.inspection_id,
                    agency_id=issued.agency_id,
                    agency_name=issued.agency_name,
                    superior_id=issued.policy.superior_id,
                    text=issued.text,
                    terms=terms,
                    level=rung.level,
                )
            ]


def _issued(case: Case) -> RecommendationIssued:
    if case.issued is None:
        raise CaseUnknown("unknown-case", "there is no such case")
    return case.issued


def _about(issued: RecommendationIssued) -> dict[str, str]:
    return {
        "case_id": issued.case_id,
        "inspection_id": issued.inspection_id,
        "agency_id": issued.agency_id,
    }


def _told(issued: RecommendationIssued) -> dict[str, str]:
    named = {"agency_name": issued.agency_name, "text": issued.text}
    return {**_about(issued), **named}


def _terms(case: Case) -> Terms:
    return case.terms or _issued(case).terms


def _still_open(case: Case) -> None:
    if case.closed:
        raise RemediationRefused("case-closed", "the case is closed")


def _waiting(case: Case) -> RemediationReported:
    if case.waiting is None:
        raise RemediationRefused("not-reported", "no report waits for an answer")
    return case.waiting


def _not_the_unit(issued: RecommendationIssued, agency: str) -> None:
    if agency == issued.agency_id:
        raise RemediationRefused(
            "verifier-is-the-unit", "nobody verifies what they remedied"
        )
