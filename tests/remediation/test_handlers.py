"""Commands of remediation on a journal: written, ignored, refused, in which order."""

import json
from dataclasses import replace
from datetime import date
from uuid import uuid5

import pytest

from services.chassis.context import acting
from services.chassis.errors import Outdated
from services.chassis.journal.codec import Codec
from services.remediation import domain
from services.remediation.commands import (
    CloseCase,
    Due,
    ExtendDeadline,
    GiveDirective,
    IssueRecommendation,
    LetFallDue,
    Proof,
    RejectRemediation,
    ReportRemediation,
    VerifyRemediation,
)
from services.remediation.handlers import (
    CARRY_OVER,
    CASE,
    DIRECTIVE,
    ESCALATION,
    OVERDUE,
    RECALCULATION,
    REMINDER,
    UPWARD,
    close_case,
    extend_deadline,
    give_directives,
    issue_recommendations,
    let_fall_due,
    reject_remediation,
    report_remediation,
    verify_remediation,
)
from tests.conftest import STORY
from tests.remediation.examples import (
    ASKED,
    CALENDAR,
    CLOSED,
    DEFAULT,
    DUTY,
    REPLICATION,
    acted,
    hanoi,
)
from tests.remediation.test_publishing import EVERY, PRIVATE

COMMAND = IssueRecommendation(
    **{k: v for k, v in ASKED.items() if k != "case_id"}, due_rule=DEFAULT
)
REPORT = ReportRemediation(
    summary="Đã cập nhật", evidence=(Proof(reference="bc-01.pdf", sha256="a" * 64),)
)
EXTEND = ExtendDeadline(
    requested_on=date(2023, 7, 4), reason="Nâng cấp", due=Due(kind="DEFAULT")
)


def by_unit(at, n=1):
    cause = uuid5(STORY, f"unit-{n}")
    return acting(acted(at, agency="hn-tan-hoi", role="unit-head", cause=cause))


def by_monitor(at, n=1, **more):
    return acting(acted(at, cause=uuid5(STORY, f"monitor-{n}"), **more))


@pytest.fixture
async def case(journal):
    with by_monitor(hanoi(2023, 6, 5, 9), n=0):
        await issue_recommendations({"RC-08": COMMAND}, journal, calendar=CALENDAR)
    return "RC-08"


def open_deadlines(journal):
    return {(h.due.kind, h.due.at) for h in journal.deadlines if h.open}


async def told(journal):
    return [(type(r.event).__name__, r.occurred_at) for r in await journal.after(0, 99)]


async def test_a_case_is_opened_with_its_ladder_under_its_inspection(journal, case):
    [recorded] = await journal.read(f"case-{case}")

    assert recorded.key == "I-2023-HN-07"
    assert open_deadlines(journal) == {
        (REMINDER, hanoi(2023, 6, 28, 8)),
        (OVERDUE, hanoi(2023, 7, 6)),
        (ESCALATION, hanoi(2023, 7, 20)),
    }


async def test_the_same_conclusion_again_opens_nothing(journal, case):
    again = await issue_recommendations({case: COMMAND}, journal, calendar=CALENDAR)

    assert again[case].events == ()


def test_closing_stops_the_ladder_even_where_nothing_should_be_left_of_it():
    stopped = {d.kind for d in CASE.arms(CLOSED).deadlines if d.at is None}

    assert stopped == {REMINDER, OVERDUE, ESCALATION}


@pytest.mark.parametrize("event", [*EVERY, *PRIVATE], ids=lambda e: type(e).__name__)
def test_every_event_comes_back_from_the_journal_as_it_went(event):
    streams = (CASE, DIRECTIVE, UPWARD, CARRY_OVER, RECALCULATION)
    aggregate = next(it for it in streams if type(event) in it.events)
    codec = Codec(aggregate.events, aggregate.upcasters)

    name, version, data = codec.encode(event)

    assert codec.decode(name, version, json.loads(json.dumps(data))) == event


async def test_two_cases_open_both_or_not_at_all(journal, case):
    other = COMMAND.model_copy(update={"text": "khác"})

    with pytest.raises(domain.RemediationRefused):
        await issue_recommendations(
            {"RC-09": COMMAND, case: other}, journal, calendar=CALENDAR
        )

    assert await journal.read("case-RC-09") == []


async def test_directives_are_recorded_each_in_its_stream_once(journal):
    asked = {
        "RQ-1": GiveDirective(words=REPLICATION),
        "RQ-2": GiveDirective(words=DUTY),
    }

    await give_directives(asked, journal)
    await give_directives(asked, journal)

    assert [(r.stream, r.key, r.event) for r in await journal.after(0, 9)] == [
        ("directive-RQ-1", "RQ-1", REPLICATION),
        ("directive-RQ-2", "RQ-2", DUTY),
    ]
    assert journal.deadlines == []


async def test_a_report_keeps_what_was_said_and_stops_the_ladder(journal, case):
    with by_unit(hanoi(2023, 6, 20, 9)):
        done = await report_remediation(case, REPORT, journal)

    [event] = done.events
    assert event.reported_on == date(2023, 6, 20)
    assert event.evidence == (domain.Evidence(reference="bc-01.pdf", sha256="a" * 64),)
    assert open_deadlines(journal) == set()


async def test_nobody_in_particular_reports_nothing(journal, case):
    with pytest.raises(domain.RemediationRefused) as refused:
        await report_remediation(case, REPORT, journal)
    assert refused.value.code == "not-your-case"


async def test_a_verified_case_waits_for_nothing(journal, case):
    with by_unit(hanoi(2023, 6, 20, 9)):
        await report_remediation(case, REPORT, journal)
    with by_monitor(hanoi(2023, 6, 21, 9)):
        done = await verify_remediation(case, VerifyRemediation(), journal)

    assert [type(e).__name__ for e in done.events] == [
        "RemediationVerified",
        "RemediationClosed",
    ]
    assert open_deadlines(journal) == set()


async def test_closing_by_the_units_own_word_is_refused(journal, case):
    with by_unit(hanoi(2023, 6, 20, 9)):
        await report_remediation(case, REPORT, journal)
        with pytest.raises(domain.RemediationRefused) as refused:
            await close_case(case, CloseCase(), journal)
    assert refused.value.code == "closed-only-by-verification"


async def test_a_rejection_arms_the_original_date_again(journal, case):
    with by_unit(hanoi(2023, 6, 30, 9)):
        await report_remediation(case, REPORT, journal)
    with by_monitor(hanoi(2023, 7, 3, 9)):
        await reject_remediation(
            case, RejectRemediation(reason="Thiếu"), journal, calendar=CALENDAR
        )

    assert open_deadlines(journal) == {
        (OVERDUE, hanoi(2023, 7, 6)),
        (ESCALATION, hanoi(2023, 7, 20)),
    }


async def test_an_extension_cancels_the_old_ladder_and_arms_the_new(journal, case):
    with by_monitor(hanoi(2023, 7, 4, 9)):
        await extend_deadline(case, EXTEND, journal, calendar=CALENDAR)

    assert open_deadlines(journal) == {
        (REMINDER, hanoi(2023, 7, 28, 8)),
        (OVERDUE, hanoi(2023, 8, 5)),
        (ESCALATION, hanoi(2023, 8, 19)),
    }


async def test_what_fell_due_before_a_command_comes_before_it(journal, case):
    with by_unit(hanoi(2023, 7, 10, 9)):
        await report_remediation(case, REPORT, journal)

    assert (await told(journal))[1:] == [
        ("RemediationReminded", hanoi(2023, 6, 28, 8)),
        ("RemediationOverdue", hanoi(2023, 7, 6)),
        ("RemediationReported", hanoi(2023, 7, 10, 9)),
    ]


async def test_what_a_command_finds_due_has_the_id_its_timer_would_have_given(
    journal, case
):
    waited_for = {h.due.id for h in journal.deadlines if h.due.kind == OVERDUE}

    with by_unit(hanoi(2023, 7, 10, 9)):
        await report_remediation(case, REPORT, journal)

    found = {
        r.id
        for r in await journal.after(0, 99)
        if isinstance(r.event, domain.RemediationOverdue)
    }
    assert found == waited_for


async def test_what_fell_due_belongs_to_the_cases_story_and_is_nobodys_act(
    journal, case
):
    late = acted(hanoi(2023, 7, 10, 9), agency="hn-tan-hoi", cause=uuid5(STORY, "u"))
    with acting(replace(late, correlation_id=uuid5(STORY, "another"))):
        await report_remediation(case, REPORT, journal)

    _, reminded, overdue, reported = await journal.read(f"case-{case}")
    for fallen in (reminded, overdue):
        assert (fallen.context.actor, fallen.context.correlation_id) == ("timer", STORY)
    assert reported.context.correlation_id == uuid5(STORY, "another")


async def test_reports_and_rejections_do_not_move_the_date(journal, case):
    """Any edit that resets the clock would hide a late unit (T8)."""
    for n, day in enumerate((20, 22, 26)):
        with by_unit(hanoi(2023, 6, day, 9), n):
            await report_remediation(case, REPORT, journal)
        with by_monitor(hanoi(2023, 6, day, 15), n):
            await reject_remediation(
                case, RejectRemediation(reason=f"lần {n}"), journal, calendar=CALENDAR
            )

    assert (OVERDUE, hanoi(2023, 7, 6)) in open_deadlines(journal)


async def test_a_rejection_after_the_date_makes_the_whole_ladder_fall_then(
    journal, case
):
    with by_unit(hanoi(2023, 6, 30, 9)):
        await report_remediation(case, REPORT, journal)
    rejected = hanoi(2023, 8, 1, 9)
    with by_monitor(rejected):
        await reject_remediation(
            case, RejectRemediation(reason="Thiếu"), journal, calendar=CALENDAR
        )

    # whichever of the two timers comes first
    await let_fall_due(case, LetFallDue(at=rejected), journal)

    assert (await told(journal))[-2:] == [
        ("RemediationOverdue", rejected),
        ("RemediationEscalated", rejected),
    ]


async def test_a_caller_who_saw_an_older_case_is_told(journal, case):
    with (
        by_monitor(hanoi(2023, 7, 4, 9), expected=7),
        pytest.raises(Outdated),
    ):
        await extend_deadline(case, EXTEND, journal, calendar=CALENDAR)
