"""Deadlines against a clerk's paper model, with timers that come late."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from uuid import uuid5

from hypothesis import given, settings

from services.chassis.context import acting
from services.chassis.testing import FrozenClock, MemoryJournal
from services.chassis.timers import Timers
from services.remediation import domain
from services.remediation.commands import (
    CloseCase,
    Due,
    ExtendDeadline,
    IssueRecommendation,
    RecalculateDeadline,
    RecordReport,
    RejectRemediation,
    ReopenCase,
    ReportRemediation,
    VerifyRemediation,
    WaiveCase,
)
from services.remediation.handlers import (
    close_case,
    extend_deadline,
    issue_recommendations,
    recalculate_deadline,
    record_report,
    reject_remediation,
    reopen_case,
    report_remediation,
    verify_remediation,
    waive_case,
)
from services.remediation.subscriptions import AT
from tests.conftest import STORY
from tests.remediation.examples import ASKED, CALENDAR, acted
from tests.remediation.playing import DELAY, START, Model, calendar_of, lives, opened

FOR_EVER = START + timedelta(days=3650)


async def ring(journal, now):
    """Let the timers answer what is due."""
    await Timers(journal, AT, lambda: now).catch_up(now)


def asking(move):
    """Return the handler that a move asks, its command, and what it counts with."""
    said, due = f"lần {move.n}", Due(**vars_of(move.rule))
    calendar = calendar_of(move)
    counting = {"calendar": CALENDAR}
    return {
        "report": (report_remediation, ReportRemediation(summary=said), {}),
        "record": (record_report, recorded(move), {}),
        "verify": (verify_remediation, VerifyRemediation(), {}),
        "reject": (reject_remediation, RejectRemediation(reason=said), counting),
        "extend": (
            extend_deadline,
            ExtendDeadline(requested_on=move.at.date(), reason=said, due=due),
            counting,
        ),
        "recalculate": (
            recalculate_deadline,
            RecalculateDeadline(calendar_version=calendar.version),
            {"calendar": calendar},
        ),
        "reopen": (reopen_case, ReopenCase(reason=said, due=due), counting),
        "waive": (waive_case, WaiveCase(reason=said), {}),
        "close": (close_case, CloseCase(), {}),
    }[move.verb]


async def ask(journal, move):
    """Ask over the handlers what the move asks; a refusal is nothing."""
    if move.verb == "tick":
        return
    handler, command, counting = asking(move)
    context = acted(
        move.at,
        agency={"report": "hn-tan-hoi", "reopen": "hong-ngu", "waive": "hong-ngu"}.get(
            move.verb, "hong-ngu-noi-vu"
        ),
        cause=uuid5(STORY, str(move.n)),
    )
    with acting(context), suppress(domain.RemediationRefused):
        await handler("RC-08", command, journal, **counting)


def recorded(move):
    return RecordReport(
        reported_on=(move.at - DELAY).date(),
        document_number="15/BC-UBND",
        summary=f"lần {move.n}",
    )


def vars_of(rule):
    values = {name: getattr(rule, name) for name in rule.__slots__}
    return {name: value for name, value in values.items() if value is not None}


async def live(rule, moves, late):
    """Return all that was recorded, its moment and its id; timers ring on ticks."""
    journal = MemoryJournal(FrozenClock(START))
    fields = {k: v for k, v in ASKED.items() if k != "case_id"}
    command = IssueRecommendation(**fields, due_rule=rule)
    with acting(acted(START)):
        await issue_recommendations({"RC-08": command}, journal, calendar=CALENDAR)
    for move in moves:
        if move.verb == "tick" or not late:
            await ring(journal, move.at)
        await ask(journal, move)
    await ring(journal, FOR_EVER)
    assert not any(held.open for held in journal.deadlines)
    assert not any(held.state == "parked" for held in journal.deadlines)
    return [(r.id, r.occurred_at, r.event) for r in await journal.after(0, 1000)]


@given(lives())
def test_overdue_is_never_early_never_missed_and_once_for_each_date(life):
    rule, moves = life
    model = Model(opened(rule).terms)
    for move in moves:
        model.move(move)
    model.pass_to(FOR_EVER)

    version, found = 0, []
    redated = (
        domain.DeadlineExtended,
        domain.DeadlineRecalculated,
        domain.RemediationReopened,
    )
    for _, at, event in asyncio.run(live(rule, moves, late=True)):
        version += isinstance(event, redated)
        if isinstance(event, domain.RemediationOverdue):
            found.append((version, at))

    assert found == model.missed


@settings(max_examples=50)
@given(lives())
def test_timers_that_come_late_change_nothing(life):
    rule, moves = life

    assert asyncio.run(live(rule, moves, late=True)) == asyncio.run(
        live(rule, moves, late=False)
    )
