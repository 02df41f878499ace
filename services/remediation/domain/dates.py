"""What moves the date of a case: an extension, another official calendar. No more."""

from __future__ import annotations

from datetime import date, datetime

from services.remediation.domain.case import (
    Case,
    about,
    issued_of,
    not_the_unit,
    still_open,
    terms_of,
    units_own,
)
from services.remediation.domain.deadlines import (
    HANOI,
    DueRule,
    RemediationRefused,
    Step,
    Terms,
    WorkingDays,
    ladder,
    settle,
)
from services.remediation.domain.events import (
    CaseEvent,
    DeadlineExtended,
    DeadlineRecalculated,
    ExtensionRefused,
    ExtensionRequested,
)


def request_extension(  # noqa: PLR0913 -- keyword only; the fields of a request
    case: Case,
    *,
    by_agency: str,
    request_id: str,
    on: date,
    done_so_far: str,
    reason: str,
    due_rule: DueRule,
    interim_measure: str | None,
    calendar: WorkingDays,
) -> list[CaseEvent]:
    """Ask for more time: what is done, why, until when, and what helps meanwhile."""
    issued = issued_of(case)
    units_own(issued, by_agency)
    asked = ExtensionRequested(
        **about(issued),
        request_id=request_id,
        requested_on=on,
        requested_after_due=on > terms_of(case).effective_due_on,
        done_so_far=done_so_far,
        reason=reason,
        due_rule=due_rule,
        interim_measure=interim_measure,
    )
    if old := _request(case, request_id):
        return _only_again(old, asked)
    still_open(case)
    if case.pending:
        raise RemediationRefused("extension-pending", "a request is not decided yet")
    _more_time(case, due_rule, on, calendar)
    return [asked]


def approve_extension(  # noqa: PLR0913 -- keyword only; the fields of a decision
    case: Case,
    *,
    request_id: str,
    at: datetime,
    by_agency: str,
    due_rule: DueRule | None = None,
    calendar: WorkingDays,
) -> list[CaseEvent]:
    """Give the time that was asked for, or another one."""
    asked = _asked(case, request_id)
    rule = due_rule or asked.due_rule
    for given in case.granted:
        if given.request_id == request_id:
            if given.terms.due_rule == rule:
                return []
            raise RemediationRefused("extension-decided", "it was given otherwise")
    _undecided(case, request_id)
    return [
        _extended(
            case,
            requested_on=asked.requested_on,
            at=at,
            approved_by=by_agency,
            reason=asked.reason,
            due_rule=rule,
            calendar=calendar,
            request_id=request_id,
        )
    ]


def refuse_extension(
    case: Case, *, request_id: str, on: date, by_agency: str, reason: str
) -> list[CaseEvent]:
    """Turn the request down; the date stays."""
    issued = issued_of(case)
    _asked(case, request_id)
    for refusal in case.refused:
        if (refusal.request_id, refusal.reason) == (request_id, reason):
            return []
    _undecided(case, request_id)
    not_the_unit(issued, by_agency, "approver-is-the-unit")
    return [
        ExtensionRefused(
            **about(issued),
            request_id=request_id,
            refused_on=on,
            refused_by=by_agency,
            reason=reason,
        )
    ]


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
    issued_of(case)
    last = case.extended
    asked = (requested_on, reason, due_rule)
    if last and (last.requested_on, last.reason, last.terms.due_rule) == asked:
        return []
    return [
        _extended(
            case,
            requested_on=requested_on,
            at=at,
            approved_by=approved_by,
            reason=reason,
            due_rule=due_rule,
            calendar=calendar,
        )
    ]


def calendar_of(calendar: WorkingDays, version: str) -> WorkingDays:
    """Return the calendar of a version that is known here, the newest or not.

    Raises:
        RemediationRefused: No such version is known; the refusal names those that are.
    """
    named = calendar.edition(version)
    if named is None:
        raise RemediationRefused(
            "calendar-version-unknown", f"known are {', '.join(calendar.versions)}"
        )
    return named


def recalculate_open(
    case: Case, *, at: datetime, by_agency: str, calendar: WorkingDays
) -> list[CaseEvent]:
    """Count the date again, unless the case has ended meanwhile."""
    if case.closed:
        return []
    return recalculate(case, at=at, by_agency=by_agency, calendar=calendar)


def recalculate(
    case: Case, *, at: datetime, by_agency: str, calendar: WorkingDays
) -> list[CaseEvent]:
    """Count the date again by the calendar given, from the day it counted from.

    What the new date has missed too stays missed; nothing is told twice.
    """
    issued, old = issued_of(case), terms_of(case)
    still_open(case)
    on = at.astimezone(HANOI).date()
    terms = settle(
        old.due_rule,
        issued.policy,
        start=case.start or issued.issued_on,
        known_on=on,
        calendar=calendar,
    )
    if _days(terms) == _days(old):
        return []
    stands = {rung.name for rung in ladder(terms) if rung.at <= at} & case.passed
    rungs = () if case.waiting else ladder(terms, since=at)
    levels = [level for step, level in stands if step is Step.ESCALATION]
    return [
        DeadlineRecalculated(
            **about(issued),
            recalculated_on=on,
            recalculated_by=by_agency,
            previous=old,
            terms=terms,
            overdue=(Step.OVERDUE, 0) in stands,
            level=max(levels, default=0),
            rungs=tuple(rung for rung in rungs if rung.name not in stands),
        )
    ]


def _extended(  # noqa: PLR0913 -- keyword only; the fields of an extension
    case: Case,
    *,
    requested_on: date,
    at: datetime,
    approved_by: str,
    reason: str,
    due_rule: DueRule,
    calendar: WorkingDays,
    request_id: str | None = None,
) -> DeadlineExtended:
    issued, old = issued_of(case), terms_of(case)
    still_open(case)
    not_the_unit(issued, approved_by, "approver-is-the-unit")
    on = at.astimezone(HANOI).date()
    if requested_on > on:
        raise RemediationRefused("requested-later", "it has not been asked for yet")
    terms = _more_time(case, due_rule, on, calendar)
    return DeadlineExtended(
        **about(issued),
        requested_on=requested_on,
        requested_after_due=requested_on > old.effective_due_on,
        extended_on=on,
        approved_by=approved_by,
        reason=reason,
        previous=old,
        terms=terms,
        rungs=() if case.waiting else ladder(terms, since=at),
        request_id=request_id,
    )


def _more_time(case: Case, rule: DueRule, on: date, calendar: WorkingDays) -> Terms:
    """Return the date that an extension gives; it must give time, and not too often."""
    policy, old = issued_of(case).policy, terms_of(case)
    if policy.max_extensions is not None and len(case.granted) >= policy.max_extensions:
        raise RemediationRefused(
            "extensions-exhausted", f"the plan allows {policy.max_extensions}"
        )
    start = old.effective_due_on
    terms = settle(rule, policy, start=start, known_on=on, calendar=calendar)
    if terms.effective_due_on <= old.effective_due_on:
        raise RemediationRefused("extension-not-later", "it gives no more time")
    return terms


def _request(case: Case, request_id: str) -> ExtensionRequested | None:
    return next((a for a in case.asked if a.request_id == request_id), None)


def _asked(case: Case, request_id: str) -> ExtensionRequested:
    issued_of(case)
    if asked := _request(case, request_id):
        return asked
    raise RemediationRefused("unknown-request", "no such extension was asked for")


def _undecided(case: Case, request_id: str) -> None:
    if case.pending is None or case.pending.request_id != request_id:
        raise RemediationRefused("extension-decided", "it was decided otherwise")


def _only_again(old: ExtensionRequested, asked: ExtensionRequested) -> list[CaseEvent]:
    same = (old.done_so_far, old.reason, old.due_rule, old.interim_measure)
    if same == (
        asked.done_so_far,
        asked.reason,
        asked.due_rule,
        asked.interim_measure,
    ):
        return []
    raise RemediationRefused("extension-requested-otherwise", "it asks something else")


def _days(terms: Terms) -> tuple[object, ...]:
    """Return all that a calendar decides of a date, but for when to remind of it."""
    return terms.due_on, terms.effective_due_on, terms.escalations, terms.provisional
