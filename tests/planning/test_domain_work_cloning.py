"""A programme's next year: what is repeated, what is carried over."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning.domain import work
from services.planning.handlers.work import WORK_PROGRAMME
from tests.planning.work_examples import (
    CALENDAR,
    CARRIED,
    CHECK,
    COMPLETED,
    DRAFTED,
    EXTENDED,
    FORWARD,
    IN_EFFECT,
    NEXT,
    NEXT_TITLE,
    OPEN_DUE,
    OVERDUE,
    PROGRAMME,
)


def earlier(*history):
    return WORK_PROGRAMME.fold(history)


WISH = work.Wish(
    programme_id=NEXT, year=2020, title=NEXT_TITLE, repeat=True, open_due=OPEN_DUE
)
CLONED = replace(
    DRAFTED,
    programme_id=NEXT,
    title=NEXT_TITLE,
    year=2020,
    derived_from=PROGRAMME,
    drafted_on=date(2019, 12, 27),
)
CHECKED = replace(COMPLETED, item_id="11.1", by_agency="soc-trang-vp-ubnd")
clone = partial(
    work.clone,
    source=earlier(*IN_EFFECT, OVERDUE, CHECKED),
    wish=WISH,
    calendar=CALENDAR,
    on=date(2019, 12, 27),
)


@pytest.mark.seed("4.13")
@pytest.mark.capability("C20")
def test_next_year_repeats_what_was_done_and_carries_over_what_was_left():
    again = replace(
        CHECK, due_rule={"kind": "end_of_quarter", "year": 2020, "quarter": 3}
    )
    repeated = work.WorkItemAdded(programme_id=NEXT, item=again)

    given(WORK_PROGRAMME).when(clone).then(CLONED, repeated, CARRIED)


def test_next_year_need_not_repeat_what_was_done():
    only_open = replace(WISH, repeat=False)

    given(WORK_PROGRAMME).when(clone, wish=only_open).then(CLONED, CARRIED)


def test_an_extension_is_of_one_year_the_next_takes_the_first_rule_over():
    extended = earlier(*IN_EFFECT, EXTENDED, COMPLETED)
    [_, again, *_] = clone(WORK_PROGRAMME.fold(()), source=extended)

    assert again.item.due_rule == {"kind": "end_of_month", "year": 2020, "month": 6}


def test_cloning_again_is_ignored():
    given(WORK_PROGRAMME, CLONED).when(clone).then_nothing()


@pytest.mark.parametrize(
    ("history", "change", "code"),
    [
        ((), {"source": earlier()}, "unknown-programme"),
        ((), {"source": earlier(DRAFTED)}, "programme-not-issued"),
        ((), {"wish": replace(WISH, year=2019)}, "clone-not-later"),
        ((), {"wish": replace(WISH, open_due=None)}, "carry-over-due-missing"),
        (
            (CLONED,),
            {"wish": replace(WISH, title="Khác")},
            "programme-drafted-otherwise",
        ),
    ],
)
def test_a_clone_is_refused(history, change, code):
    given(WORK_PROGRAMME, *history).when(clone, **change).then_refused(code)


def test_a_carried_item_is_assigned_with_the_next_programme_and_says_from_where():
    issue_next = partial(
        work.issue,
        document_number="01/KH-UBND",
        on=date(2020, 1, 6),
        calendar=CALENDAR,
    )
    history = earlier(CLONED, CARRIED)

    events = issue_next(history)

    assert events[1].carried_from == PROGRAMME
    assert events[1].due.effective_due_on == date(2020, 3, 31)


@pytest.mark.parametrize(
    ("rule", "moved"),
    [
        ({"kind": "end_of_year", "year": 2019}, {"kind": "end_of_year", "year": 2020}),
        (
            {"kind": "by_date", "date": "2019-06-30"},
            {"kind": "by_date", "date": "2020-06-30"},
        ),
        ({"kind": "working_days", "n": 15}, {"kind": "working_days", "n": 15}),
    ],
)
def test_a_rule_moves_with_the_year(rule, moved):
    assert work.moved(rule, 1) == moved


def test_a_leap_day_becomes_the_last_day_of_its_month():
    leap = {"kind": "by_date", "date": "2020-02-29"}

    assert work.moved(leap, 1) == {"kind": "by_date", "date": "2021-02-28"}


def test_what_goes_on_elsewhere_is_no_longer_waited_for_here():
    carry = partial(
        work.carry_forward,
        item_id="9.1",
        to_programme_id=NEXT,
        on=date(2019, 12, 27),
    )

    given(WORK_PROGRAMME, *IN_EFFECT).when(carry).then(FORWARD)
    given(WORK_PROGRAMME, *IN_EFFECT, FORWARD).when(carry).then_nothing()
    given(WORK_PROGRAMME, *IN_EFFECT, COMPLETED).when(carry).then_nothing()


def test_a_work_item_id_names_programme_and_item():
    named = work.work_item_id("CT:2019", "9.1")

    assert work.parted(named) == ("CT:2019", "9.1")
