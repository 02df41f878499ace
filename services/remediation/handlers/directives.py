"""What is asked of many, and of higher levels: commands to decisions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from services.chassis.context import current, today
from services.chassis.deciding import Decided, decide, decide_many
from services.chassis.journal import Journal
from services.remediation import domain
from services.remediation.commands import (
    AdoptReplication,
    AnswerUpward,
    AskUpward,
    DirectReplication,
    GiveDirective,
    LetFallDue,
    MeasureReplication,
)
from services.remediation.handlers.aggregates import DIRECTIVE, UPWARD
from services.remediation.handlers.falling import agency, let_answer_fall_due


async def give_directives(
    commands: Mapping[str, GiveDirective], journal: Journal
) -> Mapping[str, Decided]:
    """Record what is asked without a date, all of it or nothing."""
    return await decide_many(
        journal,
        DIRECTIVE,
        {
            key: partial(domain.direct, words=command.words)
            for key, command in commands.items()
        },
    )


async def ask_upward(
    commands: Mapping[str, AskUpward],
    journal: Journal,
    *,
    calendar: domain.WorkingDays,
) -> Mapping[str, Decided]:
    """Record what a conclusion asks of higher levels, all of it or nothing."""
    return await decide_many(
        journal,
        UPWARD,
        {
            key: partial(domain.ask_upward, calendar=calendar, **dict(command))
            for key, command in commands.items()
        },
    )


async def answer_upward(
    recommendation_id: str, command: AnswerUpward, journal: Journal
) -> Decided:
    """Answer what was asked of a higher level; first it is overdue, if it is."""
    now = LetFallDue(at=current().occurred_at)
    await let_answer_fall_due(recommendation_id, now, journal)
    return await decide(
        journal,
        UPWARD,
        recommendation_id,
        lambda upward: domain.answer_upward(
            upward,
            by_agency=agency(),
            on=today(),
            text=command.text,
            document_number=command.document_number,
        ),
    )


async def direct_replication(
    directive_id: str,
    command: DirectReplication,
    journal: Journal,
    *,
    calendar: domain.WorkingDays,
    agencies: domain.Agencies,
) -> Decided:
    """Have others take a practice over."""
    scope, due = command.scope, command.due
    if isinstance(scope, str):
        scope = tuple(await agencies.of_kind(scope, command.below, on=today()))
    words = domain.ReplicationDirected(
        directive_id=directive_id,
        practice_id=command.practice_id,
        round_id=command.round_id,
        plan_id=command.plan_id,
        scope=scope,
        text=command.text,
        directed_on=today(),
        directed_by=agency(),
        due_on=domain.day_of(due.rule(), start=today(), calendar=calendar)
        if due
        else None,
    )
    return await decide(
        journal, DIRECTIVE, directive_id, partial(domain.direct, words=words)
    )


async def adopt_replication(
    directive_id: str, command: AdoptReplication, journal: Journal
) -> Decided:
    """Take a practice over."""
    return await decide(
        journal,
        DIRECTIVE,
        directive_id,
        lambda directive: domain.adopt(
            directive,
            by_agency=agency(),
            on=command.adopted_on or today(),
            today=today(),
            remark=command.remark,
        ),
    )


async def measure_replication(
    directive_id: str, command: MeasureReplication, journal: Journal
) -> Decided:
    """Say what a practice changed: the unit of itself, a monitor of any unit."""
    principal = current().principal
    own = principal is not None and principal.role == "unit-head"
    of = agency() if own else command.agency_id or agency()
    return await decide(
        journal,
        DIRECTIVE,
        directive_id,
        lambda directive: domain.measure(
            directive,
            agency_id=of,
            metric=command.metric,
            before=command.before,
            after=command.after,
            on=command.measured_on or today(),
            source_system=command.source_system,
        ),
    )
