"""How a case is planned, ends without verification, begins again, goes on next year."""

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
    ISSUED,
    OVERDUE,
    POLICY,
    REPORTED,
    VERIFIED,
    hanoi,
)
from tests.remediation.turns import CARRIED, MEASURE, PLANNED, REOPENED, WAIVED

AUTHORITY = "hong-ngu"
ENDED = (ISSUED, REPORTED, VERIFIED, CLOSED)
plan = partial(
    domain.submit_plan,
    by_agency="hn-tan-hoi",
    head_ref="p-01",
    on=date(2023, 6, 12),
    measures=(MEASURE,),
    document_number="12/KH-UBND",
)
reopen = partial(
    domain.reopen,
    by_agency=AUTHORITY,
    at=hanoi(2023, 9, 1, 9),
    reason=REOPENED.reason,
    calendar=CALENDAR,
)
waive = partial(
    domain.waive, by_agency=AUTHORITY, on=date(2023, 9, 1), reason=WAIVED.reason
)
carry = partial(
    domain.carry_over,
    from_plan_id="KH-2023-HN",
    to_plan_id="KH-2024-HN",
    year=2024,
    on=date(2023, 12, 20),
)
record = partial(
    domain.record_report,
    by_agency="hong-ngu-noi-vu",
    reported_on=date(2023, 7, 3),
    on=date(2023, 7, 10),
    summary="Đã cập nhật",
    document_number="15/BC-UBND",
)
VERIFY = {"by_agency": "hong-ngu-noi-vu", "on": date(2023, 7, 12)}


# the plan of the unit's head


@pytest.mark.seed("3.5")
def test_the_head_of_the_unit_owns_the_remedy_and_no_date_moves():
    given(CASE, ISSUED).when(plan).then(PLANNED)

    assert PLANNED.owner == "HEAD"
    assert CASE.fold([ISSUED, PLANNED]).terms == ISSUED.terms


def test_the_same_plan_again_is_ignored_and_another_one_taken():
    other = replace(MEASURE, what="Mời đơn vị hỗ trợ")

    given(CASE, ISSUED, PLANNED).when(plan).then_nothing()
    given(CASE, ISSUED, PLANNED).when(plan, measures=(other,)).then(
        replace(PLANNED, measures=(other,))
    )


@pytest.mark.parametrize(
    ("history", "also", "code"),
    [
        ([], {}, "unknown-case"),
        ([ISSUED], {"by_agency": "hn-an-loc"}, "not-your-case"),
        ([ISSUED], {"measures": ()}, "plan-without-measures"),
        (ENDED, {}, "case-closed"),
    ],
)
def test_a_plan_that_is_none_is_refused(history, also, code):
    given(CASE, *history).when(plan, **also).then_refused(code)


# a report that arrived on paper


def recorded(on, *, in_time):
    return domain.RemediationReported(
        case_id="RC-08",
        inspection_id="I-2023-HN-07",
        agency_id="hn-tan-hoi",
        reported_on=on,
        summary="Đã cập nhật",
        entered_on=date(2023, 7, 10),
        entered_by="hong-ngu-noi-vu",
        document_number="15/BC-UBND",
        in_time=in_time,
    )


@pytest.mark.capability("C24")
def test_a_report_on_paper_holds_from_the_day_it_arrived():
    given(CASE, ISSUED).when(record).then(recorded(date(2023, 7, 3), in_time=True))
    given(CASE, ISSUED).when(record, reported_on=date(2023, 7, 8)).then(
        recorded(date(2023, 7, 8), in_time=False)
    )


def test_what_arrived_in_time_takes_back_what_was_missed_since():
    late = CASE.fold([ISSUED, OVERDUE])
    [entered] = record(late)

    assert CASE.fold([ISSUED, OVERDUE, entered]).passed == frozenset()
    _, closed = domain.verify(CASE.fold([ISSUED, OVERDUE, entered]), **VERIFY)
    assert not closed.late


def test_the_same_report_entered_again_is_ignored():
    once = recorded(date(2023, 7, 3), in_time=True)

    given(CASE, ISSUED, once).when(record).then_nothing()


@pytest.mark.parametrize(
    ("history", "also", "code"),
    [
        ([], {}, "unknown-case"),
        ([ISSUED], {"by_agency": "hn-tan-hoi"}, "reporter-is-the-unit"),
        ([ISSUED], {"reported_on": date(2023, 7, 11)}, "reported-later"),
        ([ISSUED], {"reported_on": date(2023, 6, 4)}, "reported-too-early"),
        ([*ENDED, REOPENED], {}, "reported-too-early"),
        (ENDED, {"summary": "khác"}, "case-closed"),
    ],
)
def test_a_report_on_paper_that_cannot_be_is_refused(history, also, code):
    given(CASE, *history).when(record, **also).then_refused(code)


def test_a_verification_may_be_entered_later_than_it_was_made():
    verified, closed = domain.verify(
        CASE.fold([ISSUED, REPORTED]), **VERIFY, verified_on=date(2023, 7, 4)
    )

    assert (verified.verified_on, verified.entered_on) == (
        date(2023, 7, 4),
        date(2023, 7, 12),
    )
    assert closed.closed_on == date(2023, 7, 4)


@pytest.mark.parametrize("day", [date(2023, 6, 29), date(2023, 7, 13)])
def test_nothing_is_verified_before_its_report_or_tomorrow(day):
    given(CASE, ISSUED, REPORTED).when(
        domain.verify, **VERIFY, verified_on=day
    ).then_refused("verified-out-of-order")


# a rejection, where the plan counts anew


def test_where_the_plan_says_so_a_rejection_begins_a_new_term():
    anew = replace(ISSUED, policy=replace(POLICY, rejection_restores=False))
    [rejected] = domain.reject(
        CASE.fold([anew, REPORTED]),
        by_agency="hong-ngu-noi-vu",
        at=hanoi(2023, 7, 20, 9),
        reason="Chưa đạt",
        calendar=CALENDAR,
    )

    assert rejected.terms.effective_due_on == date(2023, 8, 21)
    case = CASE.fold([anew, REPORTED, rejected])
    assert (case.terms, case.armed) == (rejected.terms, rejected.rungs)
    assert case.start == date(2023, 7, 20)


# reopened


def test_a_closed_case_is_opened_again_on_a_new_date():
    given(CASE, *ENDED).when(reopen).then(REOPENED)

    case = CASE.fold([*ENDED, REOPENED])
    assert (case.closed, case.waiting, case.terms) == (False, None, REOPENED.terms)


def test_a_waived_case_is_opened_again():
    given(CASE, ISSUED, WAIVED).when(reopen).then(REOPENED)


def test_opened_again_by_a_date_of_its_own():
    rule = domain.DueRule(kind="END_OF_MONTH", year=2023, month=10)
    [reopened] = reopen(CASE.fold(ENDED), due_rule=rule)

    assert reopened.terms.due_on == date(2023, 10, 31)


def test_the_same_reopening_again_is_ignored():
    given(CASE, *ENDED, REOPENED).when(reopen).then_nothing()


@pytest.mark.parametrize(
    ("history", "also", "code"),
    [
        ([], {}, "unknown-case"),
        ([ISSUED], {}, "case-not-closed"),
        ([*ENDED, REOPENED], {"reason": "khác"}, "case-not-closed"),
        (ENDED, {"by_agency": "hn-tan-hoi"}, "reopener-is-the-unit"),
        (
            ENDED,
            {"due_rule": domain.DueRule(kind="BY_DATE", on=date(2023, 8, 1))},
            "due-before-reopening",
        ),
    ],
)
def test_what_cannot_be_opened_again_is_refused(history, also, code):
    given(CASE, *history).when(reopen, **also).then_refused(code)


def test_what_was_reopened_closes_again_and_both_closings_are_told():
    """A reopening that erased the first closing would rewrite history (T17)."""
    again = replace(REPORTED, reported_on=date(2023, 9, 20))
    history = [*ENDED, REOPENED, again]
    events = domain.verify(
        CASE.fold(history), by_agency=AUTHORITY, on=date(2023, 9, 25)
    )

    closings = [
        e.closed_on
        for e in [*history, *events]
        if isinstance(e, domain.RemediationClosed)
    ]
    assert closings == [date(2023, 7, 12), date(2023, 9, 25)]


# waived


def test_the_authority_no_longer_asks_for_it():
    given(CASE, ISSUED).when(waive).then(WAIVED)

    case = CASE.fold([ISSUED, WAIVED])
    assert (case.ended, case.armed) == (domain.Ended.WAIVED, ())


def test_waived_again_is_ignored():
    given(CASE, ISSUED, WAIVED).when(waive).then_nothing()


@pytest.mark.parametrize(
    ("history", "also", "code"),
    [
        ([], {}, "unknown-case"),
        ([ISSUED], {"by_agency": "hn-tan-hoi"}, "waiver-is-the-units"),
        (ENDED, {}, "case-closed"),
        ([ISSUED, WAIVED], {"reason": "khác"}, "case-closed"),
    ],
)
def test_what_cannot_be_waived_is_refused(history, also, code):
    given(CASE, *history).when(waive, **also).then_refused(code)


# into another year's plan


@pytest.mark.seed("1.17", "4.13")
@pytest.mark.capability("C20")
def test_an_open_case_goes_into_the_next_plan_and_its_date_stays():
    given(CASE, ISSUED, OVERDUE).when(carry).then(CARRIED)

    case = CASE.fold([ISSUED, OVERDUE, CARRIED])
    assert (case.terms, case.closed) == (ISSUED.terms, False)
    assert domain.plan_of(case) == "KH-2024-HN"


@pytest.mark.parametrize(
    "history",
    [ENDED, (ISSUED, WAIVED), (ISSUED, CARRIED)],
    ids=["closed", "waived", "twice"],
)
def test_what_has_ended_or_went_before_stays(history):
    given(CASE, *history).when(carry).then_nothing()


def test_a_case_of_another_plan_stays():
    given(CASE, ISSUED).when(carry, from_plan_id="KH-2022-HN").then_nothing()


def test_what_was_carried_over_goes_on_to_the_year_after():
    further = replace(
        CARRIED, from_plan_id="KH-2024-HN", to_plan_id="KH-2025-HN", year=2025
    )

    given(CASE, ISSUED, CARRIED).when(
        carry, from_plan_id="KH-2024-HN", to_plan_id="KH-2025-HN", year=2025
    ).then(further)


def test_a_case_that_is_not_there_is_not_carried():
    given(CASE).when(carry).then_refused("unknown-case")
