"""Deadlines against a clerk's paper model, with timers that come late."""

import asyncio
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
    RejectRemediation,
    ReportRemediation,
    VerifyRemediation,
)
from services.remediation.handlers import (
    close_case,
    extend_deadline,
    issue_recommendations,
    reject_remediation,
    report_remediation,
    verify_remediation,
)
from services.remediation.subscriptions import AT
from tests.conftest import STORY
from tests.remediation.examples import ASKED, CALENDAR, acted
from tests.remediation.playing import START, Model, lives, opened

FOR_EVER = START + timedelta(days=3650)


async def ring(journal, now):
    """Let the timers answer what is due."""
    await Timers(journal, AT, lambda: now).catch_up(now)


async def ask(journal, move):
    """Ask over the handlers what the move asks."""
    unit = move.verb == "report"
    context = acted(
        move.at,
        agency="hn-tan-hoi" if unit else "hong-ngu-noi-vu",
        cause=uuid5(STORY, str(move.n)),
    )
    rule = {k: v for k, v in vars_of(move.rule).items() if v is not None}
    extension = ExtendDeadline(
        requested_on=move.at.date(), reason=f"lần {move.n}", due=Due(**rule)
    )
    with acting(context):
        try:
            match move.verb:
                case "report":
                    body = ReportRemediation(summary=f"lần {move.n}")
                    await report_remediation("RC-08", body, journal)
                case "verify":
                    await verify_remediation("RC-08", VerifyRemediation(), journal)
                case "reject":
                    body = RejectRemediation(reason=f"lần {move.n}")
                    await reject_remediation("RC-08", body, journal, calendar=CALENDAR)
                case "extend":
                    await extend_deadline(
                        "RC-08", extension, journal, calendar=CALENDAR
                    )
                case "close":
                    await close_case("RC-08", CloseCase(), journal)
        except domain.RemediationRefused:
            pass


def vars_of(rule):
    return {name: getattr(rule, name) for name in rule.__slots__}


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
    for _, at, event in asyncio.run(live(rule, moves, late=True)):
        version += isinstance(event, domain.DeadlineExtended)
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
