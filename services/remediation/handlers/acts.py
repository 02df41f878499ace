"""One command on many cases: they are decided one by one, and written all or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from services.chassis.context import current, today
from services.chassis.deciding import Decided, decide, decide_many, load
from services.chassis.journal import Journal
from services.remediation import domain
from services.remediation.commands import LetFallDue, OpenCarryOver, RunRecalculation
from services.remediation.handlers.aggregates import CARRY_OVER, CASE, RECALCULATION
from services.remediation.handlers.falling import agency, let_fall_due

Decision = Callable[[domain.Case], list[domain.CaseEvent]]


async def open_carry_over(
    to_plan_id: str, command: OpenCarryOver, journal: Journal, *, cases: domain.Cases
) -> Decided:
    """Take the open cases of a plan into another year's plan."""
    found = await cases.open_of(command.from_plan_id, seen=await journal.head())
    carry = partial(
        domain.carry_over,
        from_plan_id=command.from_plan_id,
        to_plan_id=to_plan_id,
        year=command.year,
        on=today(),
    )
    carried = await _on_each(found, carry, journal)
    decided = domain.CarryOverDecided(
        to_plan_id=to_plan_id,
        from_plan_id=command.from_plan_id,
        year=command.year,
        case_ids=tuple(carried),
        decided_on=today(),
        decided_by=agency(),
    )
    return await decide(
        journal,
        CARRY_OVER,
        to_plan_id,
        partial(domain.decide_carry_over, decided=decided),
    )


async def run_recalculation(
    recalculation_id: str,
    command: RunRecalculation,
    journal: Journal,
    *,
    calendar: domain.WorkingDays,
    cases: domain.Cases,
) -> Decided:
    """Count open dates again by the calendar that was named, or only say what moves."""
    named = domain.calendar_of(calendar, command.calendar_version)
    act = await load(journal, RECALCULATION, recalculation_id)
    found: Sequence[str] = ()
    if act.run is None:
        found = await cases.counted_otherwise(
            named.version, command.plan_id, seen=await journal.head()
        )
    count = partial(
        domain.recalculate_open,
        at=current().occurred_at,
        by_agency=agency(),
        calendar=named,
    )
    moved = await _moved(found, count, journal, rehearsed=command.dry_run)
    run = domain.RecalculationRun(
        recalculation_id=recalculation_id,
        calendar_version=named.version,
        rehearsed=command.dry_run,
        counted=len(found),
        moved=moved,
        run_on=today(),
        run_by=agency(),
        plan_id=command.plan_id,
    )
    return await decide(
        journal, RECALCULATION, recalculation_id, partial(domain.record_run, run=run)
    )


async def _moved(
    found: Sequence[str], count: Decision, journal: Journal, *, rehearsed: bool
) -> tuple[domain.Moved, ...]:
    if rehearsed:
        told = {c: count(await load(journal, CASE, c)) for c in found}
    else:
        told = await _on_each(found, count, journal)
    return tuple(
        domain.Moved(
            case_id=event.case_id,
            before=event.previous.effective_due_on,
            after=event.terms.effective_due_on,
        )
        for events in told.values()
        for event in events
        if isinstance(event, domain.DeadlineRecalculated)
    )


async def _on_each(
    found: Sequence[str], decision: Decision, journal: Journal
) -> dict[str, list[domain.CaseEvent]]:
    """Decide on each case; return what was written, by case."""
    now = LetFallDue(at=current().occurred_at)
    for case_id in found:
        await let_fall_due(case_id, now, journal)
    decided = await decide_many(journal, CASE, dict.fromkeys(found, decision))
    return {key: list(it.events) for key, it in decided.items() if it.events}
