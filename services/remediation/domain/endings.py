"""How a case ends without verification, begins again, or goes into the next year."""

from __future__ import annotations

from datetime import date, datetime

from services.remediation.domain.case import (
    Case,
    about,
    issued_of,
    not_the_unit,
    still_open,
    terms_of,
    told,
)
from services.remediation.domain.deadlines import (
    HANOI,
    DueRule,
    RemediationRefused,
    WorkingDays,
    ladder,
    settle,
)
from services.remediation.domain.events import (
    CarryOverOpened,
    CaseEvent,
    RemediationReopened,
    RemediationWaived,
)


def reopen(  # noqa: PLR0913 -- keyword only; the fields of a decision
    case: Case,
    *,
    by_agency: str,
    at: datetime,
    reason: str,
    due_rule: DueRule | None = None,
    calendar: WorkingDays,
) -> list[CaseEvent]:
    """Open an ended case again, on a new date; what ended it stays told (T17)."""
    issued = issued_of(case)
    not_the_unit(issued, by_agency, "reopener-is-the-unit")
    rule = due_rule or DueRule(kind="DEFAULT")
    if not case.closed:
        last = case.reopened
        if last and (last.reason, last.terms.due_rule) == (reason, rule):
            return []
        raise RemediationRefused("case-not-closed", "the case is open")
    on = at.astimezone(HANOI).date()
    terms = settle(rule, issued.policy, start=on, known_on=on, calendar=calendar)
    if terms.effective_due_on < on:
        raise RemediationRefused("due-before-reopening", "that day is gone")
    return [
        RemediationReopened(
            **about(issued),
            reopened_on=on,
            reopened_by=by_agency,
            reason=reason,
            terms=terms,
            rungs=ladder(terms, since=at),
        )
    ]


def waive(case: Case, *, by_agency: str, on: date, reason: str) -> list[CaseEvent]:
    """Ask for it no longer; the unit does not waive its own."""
    issued = issued_of(case)
    not_the_unit(issued, by_agency, "waiver-is-the-units")
    if case.waived and case.waived.reason == reason:
        return []
    still_open(case)
    return [
        RemediationWaived(
            **about(issued), waived_on=on, waived_by=by_agency, reason=reason
        )
    ]


def carry_over(
    case: Case, *, from_plan_id: str, to_plan_id: str, year: int, on: date
) -> list[CaseEvent]:
    """Take an open case into another plan; what ended, or went before, stays."""
    issued = issued_of(case)
    if case.closed or plan_of(case) != from_plan_id:
        return []
    return [
        CarryOverOpened(
            **told(issued),
            from_plan_id=from_plan_id,
            to_plan_id=to_plan_id,
            year=year,
            finding_ids=issued.finding_ids,
            due_on=terms_of(case).effective_due_on,
            opened_on=on,
        )
    ]


def plan_of(case: Case) -> str:
    """Return the plan that answers for the case now."""
    return case.carried.to_plan_id if case.carried else issued_of(case).plan_id
