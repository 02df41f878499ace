"""What time brings to a case: the rungs of its ladder, each once."""

from __future__ import annotations

from datetime import datetime

from services.remediation.domain.case import Case, issued_of, terms_of, told
from services.remediation.domain.deadlines import HANOI, Rung, Step, in_order
from services.remediation.domain.events import (
    CaseEvent,
    RemediationEscalated,
    RemediationOverdue,
    RemediationReminded,
)


def fallen(case: Case, *, by: datetime) -> tuple[Rung, ...]:
    """Return the rungs whose moment has come, in order."""
    return tuple(sorted((r for r in case.armed if r.at <= by), key=in_order))


def answer(case: Case, *, rung: Rung) -> list[CaseEvent]:
    """Say what a moment brings, if it still waits: a reminder, overdue, escalation."""
    if rung not in case.armed:
        return []
    issued, terms = issued_of(case), terms_of(case)
    match rung.step:
        case Step.REMINDER:
            return [
                RemediationReminded(
                    **told(issued),
                    terms=terms,
                )
            ]
        case Step.OVERDUE:
            day = rung.at.astimezone(HANOI).date()
            return [
                RemediationOverdue(
                    **told(issued),
                    finding_ids=issued.finding_ids,
                    terms=terms,
                    days_overdue=(day - terms.overdue_from).days,
                )
            ]
        case Step.ESCALATION:
            return [
                RemediationEscalated(
                    **told(issued),
                    superior_id=issued.policy.superior_id,
                    fallback_id=issued.policy.fallback_id,
                    terms=terms,
                    level=rung.level,
                )
            ]
