"""What a conclusion asks of a higher level: once, and answered by whom it asks."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.remediation import domain
from services.remediation.handlers import UPWARD
from tests.remediation.examples import CALENDAR, hanoi
from tests.remediation.turns import ANSWERED, SHIFTED
from tests.remediation.turns import UPWARD as ASKED

ask = partial(domain.ask_upward, words=ASKED, policy=domain.Policy(), calendar=CALENDAR)
answer = partial(
    domain.answer_upward,
    by_agency="dong-thap",
    on=date(2023, 8, 1),
    text=ANSWERED.text,
    document_number="321/UBND-KSTTHC",
)


@pytest.mark.seed("3.4")
@pytest.mark.capability("C18")
def test_a_higher_level_is_asked_once():
    given(UPWARD).when(ask).then(ASKED)
    given(UPWARD, ASKED).when(ask).then_nothing()
    given(UPWARD, ASKED).when(ask, words=replace(ASKED, text="khác")).then_refused(
        "recommendation-issued-otherwise"
    )


@pytest.mark.seed("3.4")
def test_it_is_answered_once():
    given(UPWARD, ASKED).when(answer).then(ANSWERED)
    given(UPWARD, ASKED, ANSWERED).when(answer).then_nothing()


@pytest.mark.parametrize(
    ("history", "also", "code"),
    [
        ([], {}, "unknown-recommendation"),
        ([ASKED], {"by_agency": "hong-ngu"}, "not-the-addressee"),
        ([ASKED, ANSWERED], {"text": "khác"}, "answered-otherwise"),
    ],
)
def test_an_answer_that_is_none_is_refused(history, also, code):
    given(UPWARD, *history).when(answer, **also).then_refused(code)


# by when

BY_SUMMER = replace(ASKED, due_rule=domain.DueRule(kind="DAYS", n=30, unit="calendar"))
DATED = replace(
    BY_SUMMER,
    due=domain.AnswerDue(
        due_on=date(2023, 7, 5),
        effective_due_on=date(2023, 7, 5),
        overdue_from=date(2023, 7, 6),
        calendar_version=CALENDAR.version,
    ),
)
LATE = domain.UpwardRecommendationOverdue(
    recommendation_id="KN-1",
    inspection_id="I-2023-HN-07",
    plan_id="KH-2023-HN",
    agency_id="hn-tan-hoi",
    agency_name=ASKED.agency_name,
    addressee="dong-thap",
    text=ASKED.text,
    due=DATED.due,
)
MIDNIGHT = hanoi(2023, 7, 6)
fall_due = partial(domain.mark_upward_overdue, at=MIDNIGHT)


@pytest.mark.seed("3.4")
@pytest.mark.capability("C18")
def test_where_a_day_is_named_it_is_counted_once_and_not_by_a_later_calendar():
    given(UPWARD).when(ask, words=BY_SUMMER).then(DATED)
    given(UPWARD, DATED).when(ask, words=BY_SUMMER).then_nothing()
    given(UPWARD, DATED).when(ask, words=BY_SUMMER, calendar=SHIFTED).then_nothing()


@pytest.mark.parametrize("kind", ["NONE", None])
def test_without_a_day_nobody_above_is_late(kind):
    rule = domain.DueRule(kind=kind) if kind else None
    asked = replace(ASKED, due_rule=rule)

    given(UPWARD).when(ask, words=asked).then(asked)
    given(UPWARD, asked).when(fall_due).then_nothing()


@pytest.mark.capability("C18")
def test_an_answer_that_does_not_come_is_overdue_once_and_not_before_its_day_passed():
    before = hanoi(2023, 7, 5, 23)

    given(UPWARD, DATED).when(fall_due, at=before).then_nothing()
    given(UPWARD, DATED).when(fall_due).then(LATE)
    given(UPWARD, DATED, LATE).when(fall_due).then_nothing()


def test_an_answer_takes_the_deadline_back():
    given(UPWARD, DATED, ANSWERED).when(fall_due).then_nothing()
    given(UPWARD).when(fall_due).then_nothing()


def test_a_late_answer_is_an_answer():
    given(UPWARD, DATED, LATE).when(answer).then(ANSWERED)
