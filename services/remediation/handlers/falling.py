"""What fell due in a case before a command is answered first, at its own moment.

A late timer changes neither what happens nor in which order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from services.chassis.context import Context, acting, current
from services.chassis.deciding import Decided, decide
from services.chassis.journal import Journal, Recorded
from services.remediation import domain
from services.remediation.commands import LetFallDue
from services.remediation.handlers.aggregates import (
    CASE,
    KINDS,
    UPWARD,
    UPWARD_OVERDUE,
    Arming,
)


async def let_fall_due(case_id: str, command: LetFallDue, journal: Journal) -> None:
    """Answer what fell due in a case, each rung at its own moment.

    The rungs below come first: at one moment (a rejection's) all of a ladder may fall
    due, and timers keep no order among equals.
    """
    history = await journal.read(CASE.stream(case_id))
    case = CASE.fold(recorded.event for recorded in history)
    for rung in domain.fallen(case, by=command.at):
        with acting(_moment(rung, history)):
            await decide(journal, CASE, case_id, partial(domain.answer, rung=rung))


async def decide_case(
    case_id: str,
    journal: Journal,
    decision: Callable[[domain.Case], list[domain.CaseEvent]],
) -> Decided:
    """Answer what fell due in the case, then decide."""
    await let_fall_due(case_id, LetFallDue(at=current().occurred_at), journal)
    return await decide(journal, CASE, case_id, decision)


async def let_answer_fall_due(
    recommendation_id: str, command: LetFallDue, journal: Journal
) -> None:
    """Say that the answer of a higher level is overdue, if its moment has come."""
    history = await journal.read(UPWARD.stream(recommendation_id))
    at = UPWARD.fold(recorded.event for recorded in history).waits_until
    if at is None or at > command.at:
        return
    with acting(_timer(history[0], UPWARD_OVERDUE, 0, at)):
        await decide(
            journal,
            UPWARD,
            recommendation_id,
            partial(domain.mark_upward_overdue, at=at),
        )


def _moment(rung: domain.Rung, history: Sequence[Recorded]) -> Context:
    """Return the context that the rung's own timer acts in, or would have acted in."""
    armed = next(r for r in reversed(history) if isinstance(r.event, Arming))
    same = [r for r in armed.event.rungs if r.step is rung.step]
    return _timer(armed, KINDS[rung.step], same.index(rung), rung.at)


def _timer(armed: Recorded, kind: str, ordinal: int, at: datetime) -> Context:
    """Return the context that a deadline's own timer acts in, or would have."""
    deadline = _deadline_id(armed.id, kind, ordinal)
    if deadline == current().first_event_id:
        return current()
    return Context(
        actor="timer",
        correlation_id=armed.context.correlation_id,
        causation_id=deadline,
        command_id=deadline,
        first_event_id=deadline,
        occurred_at=at,
    )


def _deadline_id(armed_by: UUID, kind: str, ordinal: int) -> UUID:
    """Return the id of a deadline, as the journal derives it (journal.Deadline)."""
    return uuid5(armed_by, f"{kind}/{ordinal}")


def officer() -> str | None:
    """Return who asks, if it is a person: a reference is their agency's own."""
    principal = current().principal
    return f"{principal.agency_id}.{principal.person_ref}" if principal else None


def agency() -> str:
    """Return the agency that asks; none if time does."""
    principal = current().principal
    return principal.agency_id if principal else ""
