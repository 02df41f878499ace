"""What moves the date of a case: asked for, decided, counted again; nothing else."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.remediation import domain
from services.remediation.handlers import CASE
from tests.remediation.examples import (
    CALENDAR,
    CLOSED,
    DIGITISE,
    ESCALATED,
    ISSUED,
    OVERDUE,
    POLICY,
    REPORTED,
    VERIFIED,
    hanoi,
)
from tests.remediation.turns import (
    GRANTED,
    OTHER_VERSION,
    RECALCULATED,
    REFUSED,
    REQUESTED,
    SHIFTED,
    WEEK,
)

AUTHORITY = "hong-ngu"
ask = partial(
    domain.request_extension,
    by_agency="hn-tan-hoi",
    request_id="GH-1",
    on=date(2023, 7, 4),
    done_so_far=REQUESTED.done_so_far,
    reason=REQUESTED.reason,
    due_rule=WEEK,
    interim_measure=REQUESTED.interim_measure,
    calendar=CALENDAR,
)
approve = partial(
    domain.approve_extension,
    request_id="GH-1",
    at=hanoi(2023, 7, 4, 10),
    by_agency=AUTHORITY,
    calendar=CALENDAR,
)
refuse = partial(
    domain.refuse_extension,
    request_id="GH-1",
    on=date(2023, 7, 4),
    by_agency=AUTHORITY,
    reason=REFUSED.reason,
)
recalculate = partial(
    domain.recalculate,
    at=hanoi(2023, 6, 20, 9),
    by_agency=AUTHORITY,
    calendar=SHIFTED,
)
ENDED = (ISSUED, REPORTED, VERIFIED, CLOSED)
ONCE = replace(ISSUED, policy=replace(POLICY, max_extensions=1))
NEVER = replace(ISSUED, policy=replace(POLICY, max_extensions=0))


# a request for more time


@pytest.mark.capability("C19")
def test_the_unit_asks_for_more_time_and_the_date_stays():
    given(CASE, ISSUED).when(ask).then(REQUESTED)

    assert CASE.fold([ISSUED, REQUESTED]).terms == ISSUED.terms


def test_the_same_request_again_is_ignored():
    given(CASE, ISSUED, REQUESTED).when(ask).then_nothing()
    given(CASE, ISSUED, REQUESTED, GRANTED).when(ask).then_nothing()


def test_a_request_after_the_date_says_so():
    [asked] = ask(CASE.fold([ISSUED, OVERDUE]), on=date(2023, 7, 6))

    assert asked.requested_after_due


@pytest.mark.parametrize(
    ("history", "also", "code"),
    [
        ([], {}, "unknown-case"),
        ([ISSUED], {"by_agency": "hn-an-loc"}, "not-your-case"),
        ([ISSUED, REQUESTED], {"request_id": "GH-2"}, "extension-pending"),
        (
            [ISSUED, REQUESTED],
            {"reason": "khác"},
            "extension-requested-otherwise",
        ),
        (ENDED, {}, "case-closed"),
        ([NEVER], {}, "extensions-exhausted"),
        (
            [ISSUED],
            {"due_rule": domain.DueRule(kind="BY_DATE", on=date(2023, 7, 5))},
            "extension-not-later",
        ),
        ([ISSUED], {"due_rule": domain.DueRule(kind="NONE")}, "due-rule-incomplete"),
    ],
)
def test_a_request_that_cannot_be_granted_is_refused(history, also, code):
    given(CASE, *history).when(ask, **also).then_refused(code)


def test_after_a_refusal_another_request_may_be_made():
    again = replace(REQUESTED, request_id="GH-2")

    given(CASE, ISSUED, REQUESTED, REFUSED).when(ask, request_id="GH-2").then(again)


# the decision


def test_the_authority_gives_what_was_asked_for():
    given(CASE, ISSUED, REQUESTED).when(approve).then(GRANTED)


def test_given_again_is_ignored():
    given(CASE, ISSUED, REQUESTED, GRANTED).when(approve).then_nothing()


def test_the_authority_may_give_another_date_than_was_asked_for():
    three = domain.DueRule(kind="DAYS", n=3, unit="working")
    [granted] = approve(CASE.fold([ISSUED, REQUESTED]), due_rule=three)

    assert (granted.terms.due_rule, granted.request_id) == (three, "GH-1")


@pytest.mark.parametrize(
    ("history", "also", "code"),
    [
        ([], {}, "unknown-case"),
        ([ISSUED], {}, "unknown-request"),
        ([ISSUED, REQUESTED], {"by_agency": "hn-tan-hoi"}, "approver-is-the-unit"),
        ([ISSUED, REQUESTED, REFUSED], {}, "extension-decided"),
        (
            [ISSUED, REQUESTED, GRANTED],
            {"due_rule": domain.DueRule(kind="DAYS", n=9, unit="calendar")},
            "extension-decided",
        ),
        ([ISSUED, REQUESTED, REPORTED, VERIFIED, CLOSED], {}, "case-closed"),
    ],
)
def test_what_may_not_be_given_is_refused(history, also, code):
    given(CASE, *history).when(approve, **also).then_refused(code)


def test_the_plan_limits_how_often_time_is_given():
    second = replace(REQUESTED, request_id="GH-2")

    given(CASE, ONCE, REQUESTED).when(approve).then(GRANTED)
    given(CASE, ONCE, REQUESTED, GRANTED, second).when(
        approve, request_id="GH-2"
    ).then_refused("extensions-exhausted")


def test_the_limit_holds_for_an_extension_without_a_request_too():
    given(CASE, NEVER).when(
        domain.extend,
        requested_on=date(2023, 7, 4),
        at=hanoi(2023, 7, 4, 10),
        approved_by=AUTHORITY,
        reason="Nâng cấp",
        due_rule=WEEK,
        calendar=CALENDAR,
    ).then_refused("extensions-exhausted")


def test_the_authority_turns_it_down_and_the_date_stays():
    given(CASE, ISSUED, REQUESTED).when(refuse).then(REFUSED)

    case = CASE.fold([ISSUED, REQUESTED, REFUSED])
    assert (case.terms, case.armed) == (ISSUED.terms, ISSUED.rungs)


def test_turned_down_again_is_ignored():
    given(CASE, ISSUED, REQUESTED, REFUSED).when(refuse).then_nothing()


@pytest.mark.parametrize(
    ("history", "also", "code"),
    [
        ([], {}, "unknown-case"),
        ([ISSUED], {}, "unknown-request"),
        ([ISSUED, REQUESTED], {"by_agency": "hn-tan-hoi"}, "approver-is-the-unit"),
        ([ISSUED, REQUESTED, GRANTED], {}, "extension-decided"),
        ([ISSUED, REQUESTED, REFUSED], {"reason": "khác"}, "extension-decided"),
    ],
)
def test_what_may_not_be_turned_down_is_refused(history, also, code):
    given(CASE, *history).when(refuse, **also).then_refused(code)


# another official calendar


@pytest.mark.capability("C19")
def test_a_date_is_counted_again_by_another_calendar_and_both_are_kept():
    given(CASE, ISSUED).when(recalculate).then(RECALCULATED)

    assert RECALCULATED.terms.effective_due_on == date(2023, 7, 6)
    assert RECALCULATED.terms.calendar_version == OTHER_VERSION
    assert RECALCULATED.previous == ISSUED.terms


def test_counted_again_by_the_same_calendar_nothing_moves():
    given(CASE, ISSUED, RECALCULATED).when(recalculate).then_nothing()
    given(CASE, ISSUED).when(recalculate, calendar=CALENDAR).then_nothing()


def test_a_date_that_the_other_calendar_gives_too_does_not_move():
    given(CASE, DIGITISE).when(recalculate).then_nothing()


def test_an_extended_date_counts_again_from_where_it_began():
    """Not from today, nor from the conclusion: the extension's start is a fact."""
    week = [ISSUED, REQUESTED, GRANTED]
    off = type("Off", (type(SHIFTED),), {"off": date(2023, 7, 12)})()

    [moved] = recalculate(CASE.fold(week), calendar=off)

    assert moved.previous == GRANTED.terms
    assert moved.terms.due_on == date(2023, 7, 12)
    assert moved.terms.effective_due_on == date(2023, 7, 13)


def test_what_the_new_date_has_not_missed_is_not_overdue_any_more():
    missed = [ISSUED, OVERDUE]
    [moved] = recalculate(CASE.fold(missed), at=hanoi(2023, 7, 6, 9))

    assert not moved.overdue
    assert domain.Step.OVERDUE in {rung.step for rung in moved.rungs}


def test_what_the_new_date_has_missed_too_stays_so_and_is_not_told_twice():
    missed = [ISSUED, OVERDUE, ESCALATED]
    [moved] = recalculate(CASE.fold(missed), at=hanoi(2023, 8, 1, 9))

    assert (moved.overdue, moved.level, moved.rungs) == (True, 1, ())
    assert CASE.fold([*missed, moved]).passed == {
        (domain.Step.OVERDUE, 0),
        (domain.Step.ESCALATION, 1),
    }


def test_a_waiting_case_arms_nothing_when_it_is_counted_again():
    [moved] = recalculate(CASE.fold([ISSUED, REPORTED]))

    assert moved.rungs == ()


@pytest.mark.parametrize(
    ("history", "code"), [([], "unknown-case"), (ENDED, "case-closed")]
)
def test_what_has_no_date_is_not_counted_again(history, code):
    given(CASE, *history).when(recalculate).then_refused(code)


def test_many_are_counted_again_without_those_that_ended_meanwhile():
    assert (
        domain.recalculate_open(
            CASE.fold(ENDED),
            at=hanoi(2023, 6, 20, 9),
            by_agency=AUTHORITY,
            calendar=SHIFTED,
        )
        == []
    )


def test_a_calendar_that_is_known_here_may_be_named_the_newest_or_not():
    assert domain.calendar_of(SHIFTED, OTHER_VERSION) is SHIFTED
    assert domain.calendar_of(SHIFTED, CALENDAR.version) is CALENDAR


def test_a_calendar_that_is_not_known_is_refused_and_the_known_ones_are_named():
    with pytest.raises(domain.RemediationRefused) as refused:
        domain.calendar_of(SHIFTED, "vn-1999.1")

    assert refused.value.code == "calendar-version-unknown"
    assert str(refused.value) == f"known are {OTHER_VERSION}, {CALENDAR.version}"
