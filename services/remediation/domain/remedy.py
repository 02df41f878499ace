"""The life of a case: opened, planned, reported, answered, closed."""

from __future__ import annotations

from datetime import date, datetime

from services.remediation.domain.case import (
    SHA256,
    Case,
    about,
    issued_of,
    not_an_inspector,
    not_the_unit,
    still_open,
    terms_of,
    units_own,
)
from services.remediation.domain.deadlines import (
    HANOI,
    DueRule,
    Policy,
    RemediationRefused,
    Terms,
    WorkingDays,
    ladder,
    settle,
)
from services.remediation.domain.events import (
    CaseEvent,
    Evidence,
    Measure,
    RecommendationIssued,
    RemediationClosed,
    RemediationPlanSubmitted,
    RemediationRejected,
    RemediationReported,
    RemediationVerified,
)

HEAD = "HEAD"  # who owns the remedy: the head of the unit (Thủ trưởng đơn vị)


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
    inspector_refs: tuple[str, ...] = (),
) -> list[CaseEvent]:
    """Open the case; its date counts from the day the conclusion was issued."""
    old = case.first
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
        inspector_refs=inspector_refs,
    )
    if old is None:
        return [event]
    if old == event:
        return []
    raise RemediationRefused("recommendation-issued-otherwise", "issued on other terms")


def submit_plan(  # noqa: PLR0913 -- keyword only; the fields of a plan
    case: Case,
    *,
    by_agency: str,
    head_ref: str,
    on: date,
    measures: tuple[Measure, ...],
    document_number: str | None = None,
) -> list[CaseEvent]:
    """Take the plan of the unit's head; a plan moves no date."""
    issued = issued_of(case)
    units_own(issued, by_agency)
    old = case.plan
    if old and (old.measures, old.document_number) == (measures, document_number):
        return []
    still_open(case)
    if not measures:
        raise RemediationRefused("plan-without-measures", "it says nothing of the how")
    return [
        RemediationPlanSubmitted(
            **about(issued),
            submitted_on=on,
            owner=HEAD,
            head_ref=head_ref,
            measures=measures,
            document_number=document_number,
        )
    ]


def report(
    case: Case,
    *,
    by_agency: str,
    on: date,
    summary: str,
    evidence: tuple[Evidence, ...] = (),
) -> list[CaseEvent]:
    """Take the unit's report; while it waits to be verified, no date is missed."""
    issued = issued_of(case)
    units_own(issued, by_agency)
    if _said_before(case, summary, evidence):
        return []
    still_open(case)
    _with_hashes(evidence)
    return [
        RemediationReported(
            **about(issued),
            reported_on=on,
            summary=summary,
            evidence=evidence,
            entered_on=None,
            in_time=None,
        )
    ]


def record_report(  # noqa: PLR0913 -- keyword only; the fields of a paper report
    case: Case,
    *,
    by_agency: str,
    reported_on: date,
    on: date,
    summary: str,
    document_number: str,
    evidence: tuple[Evidence, ...] = (),
) -> list[CaseEvent]:
    """Enter a report that arrived on paper before; the unit does not date its own.

    It holds as of the day it arrived: in time, it takes back what was missed since.
    """
    issued = issued_of(case)
    not_the_unit(issued, by_agency, "reporter-is-the-unit")
    if _said_before(case, summary, evidence):
        return []
    still_open(case)
    _with_hashes(evidence)
    if reported_on > on:
        raise RemediationRefused("reported-later", "it has not arrived yet")
    if reported_on < _asked_on(case):
        raise RemediationRefused("reported-too-early", "it was not asked for yet")
    return [
        RemediationReported(
            **about(issued),
            reported_on=reported_on,
            summary=summary,
            evidence=evidence,
            entered_on=on,
            entered_by=by_agency,
            document_number=document_number,
            in_time=reported_on <= terms_of(case).effective_due_on,
        )
    ]


def verify(  # noqa: PLR0913 -- keyword only; what a verification says
    case: Case,
    *,
    by_agency: str,
    on: date,
    verified_on: date | None = None,
    remark: str | None = None,
    by_officer: str | None = None,
) -> list[CaseEvent]:
    """Find the remedy good, and close; late is still closed."""
    issued = issued_of(case)
    not_the_unit(issued, by_agency, "verifier-is-the-unit")
    not_an_inspector(case, by_officer)
    if case.closed:
        return []
    waiting = _waiting(case)
    seen = verified_on or on
    if not waiting.reported_on <= seen <= on:
        raise RemediationRefused("verified-out-of-order", "after the report, till now")
    late = waiting.reported_on > terms_of(case).effective_due_on
    return [
        RemediationVerified(
            **about(issued),
            verified_on=seen,
            verifier_agency=by_agency,
            remark=remark,
            entered_on=on if seen < on else None,
        ),
        RemediationClosed(**about(issued), closed_on=seen, late=late),
    ]


def reject(  # noqa: PLR0913 -- keyword only; what a rejection says
    case: Case,
    *,
    by_agency: str,
    at: datetime,
    reason: str,
    calendar: WorkingDays,
    by_officer: str | None = None,
) -> list[CaseEvent]:
    """Find the remedy wanting: the original date holds again, or a new term begins.

    What the report kept from happening happens now, at the earliest.
    """
    issued = issued_of(case)
    not_the_unit(issued, by_agency, "verifier-is-the-unit")
    not_an_inspector(case, by_officer)
    still_open(case)
    if case.waiting is None and case.rejected and case.rejected.reason == reason:
        return []
    _waiting(case)
    on = at.astimezone(HANOI).date()
    anew = _new_term(case, on, calendar)
    kept = frozenset() if anew else case.passed
    rungs = ladder(anew or terms_of(case), since=at)
    return [
        RemediationRejected(
            **about(issued),
            rejected_on=on,
            verifier_agency=by_agency,
            reason=reason,
            rungs=tuple(rung for rung in rungs if rung.name not in kept),
            terms=anew,
        )
    ]


def close(case: Case) -> list[CaseEvent]:
    """Close nothing: only a verification does (domain invariant)."""
    issued_of(case)
    if case.closed:
        return []
    raise RemediationRefused(
        "closed-only-by-verification", "the remedy has not been verified"
    )


def _new_term(case: Case, on: date, calendar: WorkingDays) -> Terms | None:
    """Return the term that a rejection begins, if the plan says that it begins one."""
    policy = issued_of(case).policy
    if policy.rejection_restores:
        return None
    rule = DueRule(kind="DEFAULT")
    anew = settle(rule, policy, start=on, known_on=on, calendar=calendar)
    later = anew.effective_due_on > terms_of(case).effective_due_on
    return anew if later else None


def _said_before(case: Case, summary: str, evidence: tuple[Evidence, ...]) -> bool:
    last = case.reported if case.waiting else None
    return last is not None and (last.summary, last.evidence) == (summary, evidence)


def _with_hashes(evidence: tuple[Evidence, ...]) -> None:
    if not all(SHA256.fullmatch(proof.sha256) for proof in evidence):
        raise RemediationRefused("evidence-without-hash", "a sha256 is 64 hex digits")


def _asked_on(case: Case) -> date:
    """Return the day since which a report is waited for."""
    days = [issued_of(case).issued_on]
    if case.rejected:
        days.append(case.rejected.rejected_on)
    if case.reopened:
        days.append(case.reopened.reopened_on)
    return max(days)


def _waiting(case: Case) -> RemediationReported:
    if case.waiting is None:
        raise RemediationRefused("not-reported", "no report waits for an answer")
    return case.waiting
