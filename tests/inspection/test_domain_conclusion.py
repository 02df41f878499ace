"""Rules of minutes and conclusions, and of their clock."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import INSPECTION
from tests.inspection.examples import (
    AT_THE_UNIT,
    BACKLOG,
    CALENDAR,
    CLOCK,
    CONCLUDED,
    DUE,
    FILE,
    IN_SEPTEMBER,
    ISSUE_DAY,
    MIDNIGHT,
    NO_ACTION,
    OVERDUE,
    PLANNED,
    REMEDY,
    ROUND_END,
    ROUND_OVER,
    SIGNED,
    TERMS,
    UNSIGNED,
    VISIT_DAY,
    VISITED,
    WITHDRAWN,
    raised,
)

sign = partial(
    domain.sign_minutes,
    document_number="07/BB-TKT",
    sha256=FILE,
    signed_by_unit_ref="p-71",
    on=VISIT_DAY,
)
refuse = partial(
    domain.refuse_minutes,
    document_number="07/BB-TKT",
    reason=UNSIGNED.reason,
    witness_ref="p-05",
    on=VISIT_DAY,
)
start_clock = partial(domain.start_clock, ended_on=ROUND_END, calendar=CALENDAR)
conclude = partial(
    domain.issue_conclusion,
    document_number="67/TB-UBND",
    recommendations=(REMEDY,),
    no_action=(),
    issued_on=None,
    today=ISSUE_DAY,
)
the_day_after = partial(domain.mark_overdue, at=MIDNIGHT)
a_moment_before = partial(domain.mark_overdue, at=MIDNIGHT - timedelta(microseconds=1))
NEXT_DAY = VISIT_DAY + timedelta(days=1)


def test_both_sides_sign_the_minutes():
    given(INSPECTION, *VISITED).when(sign).then(SIGNED)


def test_the_minutes_are_signed_once():
    given(INSPECTION, *VISITED, SIGNED).when(sign, on=NEXT_DAY).then_nothing()


def test_minutes_that_a_unit_does_not_sign_are_recorded_with_a_witness():
    given(INSPECTION, *VISITED).when(refuse).then(UNSIGNED)


def test_a_refusal_to_sign_is_recorded_once():
    given(INSPECTION, *VISITED, UNSIGNED).when(refuse, on=NEXT_DAY).then_nothing()


@pytest.mark.parametrize("verb", [sign, refuse])
def test_there_are_no_minutes_of_a_visit_that_is_not_over(verb):
    given(INSPECTION).when(verb).then_refused("unknown-inspection")
    given(INSPECTION, *AT_THE_UNIT).when(verb).then_refused("visit-not-completed")


@pytest.mark.parametrize("before", [SIGNED, UNSIGNED])
@pytest.mark.parametrize("verb", [sign, refuse])
def test_there_are_no_second_minutes(verb, before):
    given(INSPECTION, *VISITED, before).when(
        verb, document_number="08/BB-TKT"
    ).then_refused("minutes-exist")


def test_signed_minutes_have_the_hash_of_their_file():
    given(INSPECTION, *VISITED).when(sign, sha256="ký rồi").then_refused(
        "evidence-without-hash"
    )


def test_the_end_of_the_round_starts_the_clock_of_the_conclusion():
    given(INSPECTION, *VISITED, SIGNED).when(start_clock).then(CLOCK)
    assert CLOCK.due_on == date(2023, 6, 13)


def test_the_clock_starts_once():
    later = ROUND_END + timedelta(days=3)

    given(INSPECTION, *ROUND_OVER).when(start_clock, ended_on=later).then_nothing()


def test_there_is_no_clock_without_an_inspection():
    given(INSPECTION).when(start_clock).then_refused("unknown-inspection")


def test_a_plan_may_count_otherwise():
    rule = domain.ConclusionRule(kind="calendar_days", n=18)
    planned = replace(PLANNED, terms=replace(TERMS, conclusion_rule=rule))

    given(INSPECTION, planned).when(start_clock).then(
        replace(
            CLOCK,
            rule_kind="calendar_days",
            rule_n=18,
            due_on=date(2023, 6, 10),  # a Saturday
            effective_due_on=date(2023, 6, 12),
            overdue_from=date(2023, 6, 13),
        )
    )


def test_a_day_that_no_calendar_covers_yet_is_said_to_be_provisional():
    far = date(2035, 5, 23)

    [clock] = domain.start_clock(
        INSPECTION.fold([PLANNED]), ended_on=far, calendar=CALENDAR
    )

    assert clock.provisional


def test_a_conclusion_answers_each_finding():
    given(INSPECTION, *ROUND_OVER).when(conclude).then(CONCLUDED)


@pytest.mark.seed("2.18", "2.19")
def test_a_conclusion_asks_by_the_plans_default_and_by_the_end_of_a_month():
    history = (*AT_THE_UNIT, *VISITED[3:-1], raised(BACKLOG), *ROUND_OVER[-3:])

    given(INSPECTION, *history).when(
        conclude, recommendations=(REMEDY, IN_SEPTEMBER)
    ).then(
        replace(
            CONCLUDED,
            findings=("F-07-1", "F-07-2"),
            recommendations=(REMEDY, IN_SEPTEMBER),
        )
    )


def test_a_conclusion_may_say_why_nothing_is_asked():
    given(INSPECTION, *ROUND_OVER).when(
        conclude, recommendations=(), no_action=(NO_ACTION,)
    ).then(replace(CONCLUDED, recommendations=(), no_action=(NO_ACTION,)))


def test_a_withdrawn_finding_needs_no_answer():
    given(INSPECTION, *ROUND_OVER, WITHDRAWN).when(conclude, recommendations=()).then(
        replace(CONCLUDED, findings=(), recommendations=())
    )


def test_refused_minutes_are_minutes():
    given(INSPECTION, *VISITED, UNSIGNED, CLOCK).when(conclude).then(CONCLUDED)


@pytest.mark.parametrize("day", [None, ISSUE_DAY])
def test_a_conclusion_is_issued_once(day):
    later = ISSUE_DAY + timedelta(days=9)

    given(INSPECTION, *ROUND_OVER, CONCLUDED).when(
        conclude, issued_on=day, today=later
    ).then_nothing()


@pytest.mark.parametrize(
    "other",
    [
        {"document_number": "68/TB-UBND"},
        {"recommendations": ()},
        {"no_action": (NO_ACTION,)},
        {"issued_on": ROUND_END},
    ],
)
def test_there_is_no_second_conclusion(other):
    given(INSPECTION, *ROUND_OVER, CONCLUDED).when(conclude, **other).then_refused(
        "already-concluded"
    )


def test_a_late_conclusion_is_issued_and_said_to_be_late():
    given(INSPECTION, *ROUND_OVER, OVERDUE).when(
        conclude, today=DUE + timedelta(days=1)
    ).then(replace(CONCLUDED, issued_on=date(2023, 6, 14), late=True))


def test_a_conclusion_on_its_last_day_is_not_late():
    given(INSPECTION, *ROUND_OVER).when(conclude, issued_on=DUE, today=DUE).then(
        replace(CONCLUDED, issued_on=DUE)
    )


def test_a_conclusion_is_not_issued_on_a_day_that_is_yet_to_come():
    tomorrow = ISSUE_DAY + timedelta(days=1)

    given(INSPECTION, *ROUND_OVER).when(conclude, issued_on=tomorrow).then_refused(
        "conclusion-in-future"
    )


def test_nothing_is_concluded_of_an_inspection_that_was_never_ordered():
    given(INSPECTION).when(conclude).then_refused("unknown-inspection")


def test_there_is_no_conclusion_without_minutes():
    given(INSPECTION, *VISITED).when(conclude).then_refused(
        "conclusion-without-minutes"
    )
    given(INSPECTION, *VISITED, CLOCK).when(conclude).then_refused(
        "conclusion-without-minutes"
    )


def test_there_is_no_conclusion_before_the_round_is_over():
    given(INSPECTION, *VISITED, SIGNED).when(conclude).then_refused("round-not-ended")
    given(INSPECTION, *ROUND_OVER).when(
        conclude, issued_on=ROUND_END - timedelta(days=1)
    ).then_refused("round-not-ended")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"recommendations": ()}, "finding-unanswered"),
        ({"recommendations": (REMEDY, IN_SEPTEMBER)}, "unknown-finding"),
        ({"no_action": (replace(NO_ACTION, finding_id="F-9"),)}, "unknown-finding"),
        ({"no_action": (NO_ACTION,)}, "finding-answered-twice"),
        (
            {"recommendations": (), "no_action": (NO_ACTION, NO_ACTION)},
            "finding-answered-twice",
        ),
        ({"recommendations": (REMEDY, REMEDY)}, "recommendation-twice"),
    ],
)
def test_a_conclusion_answers_what_stands_and_nothing_else(wrong, code):
    given(INSPECTION, *ROUND_OVER).when(conclude, **wrong).then_refused(code)


def test_a_withdrawn_finding_is_not_answered():
    given(INSPECTION, *ROUND_OVER, WITHDRAWN).when(conclude).then_refused(
        "unknown-finding"
    )


@pytest.mark.parametrize(
    "due",
    [
        {"kind": "BY_DATE"},
        {"kind": "BY_DATE", "on": DUE, "n": 3},
        {"kind": "DAYS", "n": 30},
        {"kind": "DAYS", "unit": "working_days"},
        {"kind": "DAYS", "n": 0, "unit": "working_days"},
        {"kind": "END_OF_MONTH", "month": 9},
        {"kind": "END_OF_MONTH", "year": 2023, "month": 13},
        {"kind": "END_OF_MONTH", "year": 23, "month": 9},
        {"kind": "DEFAULT", "n": 30},
        {"kind": "NONE", "on": DUE},
    ],
    ids=str,
)
def test_a_due_rule_has_all_its_parts_and_no_other(due):
    vague = replace(REMEDY, due=domain.DueRule(**due))

    given(INSPECTION, *ROUND_OVER).when(
        conclude, recommendations=(vague,)
    ).then_refused("due-rule-incomplete")


@pytest.mark.parametrize(
    "due",
    [
        {"kind": "BY_DATE", "on": DUE},
        {"kind": "DAYS", "n": 15, "unit": "working_days"},
        {"kind": "END_OF_MONTH", "year": 2023, "month": 9},
        {"kind": "DEFAULT"},
        {"kind": "NONE"},
    ],
    ids=str,
)
def test_every_kind_of_due_rule_is_taken(due):
    asked = replace(REMEDY, due=domain.DueRule(**due))

    given(INSPECTION, *ROUND_OVER).when(conclude, recommendations=(asked,)).then(
        replace(CONCLUDED, recommendations=(asked,))
    )


@pytest.mark.seed("2.23")
def test_what_cannot_be_verified_needs_no_day():
    open_ended = replace(
        REMEDY, due=domain.DueRule(kind="NONE"), verifiable=False, text="Tuyên truyền"
    )

    given(INSPECTION, *ROUND_OVER).when(conclude, recommendations=(open_ended,)).then(
        replace(CONCLUDED, recommendations=(open_ended,))
    )


def test_the_day_after_its_due_date_a_conclusion_is_overdue():
    given(INSPECTION, *ROUND_OVER).when(the_day_after).then(OVERDUE)


def test_until_midnight_it_is_not():
    given(INSPECTION, *ROUND_OVER).when(a_moment_before).then_nothing()


def test_a_conclusion_is_overdue_only_once():
    given(INSPECTION, *ROUND_OVER, OVERDUE).when(the_day_after).then_nothing()


def test_what_was_concluded_is_never_overdue():
    given(INSPECTION, *ROUND_OVER, CONCLUDED).when(the_day_after).then_nothing()


def test_nothing_is_overdue_without_a_clock():
    given(INSPECTION).when(the_day_after).then_nothing()
    given(INSPECTION, *VISITED).when(the_day_after).then_nothing()


def due_by(**due):
    return (replace(REMEDY, due=domain.DueRule(**due)),)


@pytest.mark.parametrize(
    "due",
    [
        {"kind": "BY_DATE", "on": ISSUE_DAY - timedelta(days=1)},
        {"kind": "END_OF_MONTH", "year": ISSUE_DAY.year, "month": ISSUE_DAY.month - 1},
        {"kind": "END_OF_MONTH", "year": ISSUE_DAY.year - 1, "month": 12},
    ],
    ids=str,
)
def test_nothing_is_due_before_it_is_asked(due):
    given(INSPECTION, *ROUND_OVER).when(
        conclude, recommendations=due_by(**due)
    ).then_refused("due-before-conclusion")


@pytest.mark.parametrize(
    "due",
    [
        {"kind": "BY_DATE", "on": ISSUE_DAY},
        {"kind": "END_OF_MONTH", "year": ISSUE_DAY.year, "month": ISSUE_DAY.month},
    ],
    ids=str,
)
def test_something_may_be_due_on_the_day_it_is_asked(due):
    asked = due_by(**due)

    given(INSPECTION, *ROUND_OVER).when(conclude, recommendations=asked).then(
        replace(CONCLUDED, recommendations=asked)
    )
