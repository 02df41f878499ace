"""Rules of work programmes: drafting, issuing, items, what becomes of them."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning.domain import work
from services.planning.handlers.work import WORK_PROGRAMME
from tests.planning.work_examples import (
    ADDED,
    ASSIGNED,
    CALENDAR,
    CHECK,
    CHECK_ADDED,
    CHECK_ASSIGNED,
    COMPLETED,
    DEATHS,
    DRAFTED,
    EXTENDED,
    FORWARD,
    IN_EFFECT,
    ISSUED,
    ISSUED_ON,
    OVERDUE,
    REMINDED,
    SPAWNED,
    UNITS,
    URGED,
)

draft = partial(work.draft, drafted=DRAFTED, units=UNITS)
add = partial(work.add_item, item=DEATHS, units=UNITS, on=DRAFTED.drafted_on)
issue = partial(
    work.issue, document_number="01/KH-UBND", on=ISSUED_ON, calendar=CALENDAR
)
assign = partial(work.assign_item, units=UNITS, calendar=CALENDAR, on=ISSUED_ON)
complete = partial(
    work.complete_item, completed=replace(COMPLETED, group="", owner_agency="")
)
extend = partial(
    work.extend_item,
    item_id="9.1",
    reason=EXTENDED.reason,
    approved_by="soc-trang",
    rule=EXTENDED.due_rule,
    calendar=CALENDAR,
    on=EXTENDED.extended_on,
)
urge = partial(work.urge_item, item_id="9.1", text=URGED.text, on=URGED.urged_on)
spawn = partial(
    work.spawn_plan,
    item_id="11.1",
    plan_id="KH-2019-ST",
    document_number="40/KH-UBND",
    on=SPAWNED.spawned_on,
)
NEW_ITEM = replace(CHECK, item_id="11.2")
EMPTY = (DRAFTED, ISSUED)


@pytest.mark.seed("4.1", "4.4")
@pytest.mark.capability("C1")
def test_a_programme_is_drafted_with_its_thirteen_groups_in_order():
    assert [group.number for group in DRAFTED.groups] == list(range(1, 14))

    given(WORK_PROGRAMME).when(draft).then(DRAFTED)


@pytest.mark.parametrize("groups", [1, 7, 20])
def test_a_programme_of_another_size_is_data(groups):
    some = tuple(
        work.WorkGroup(number=n, code=f"G{n}", title=f"Nhóm {n}")
        for n in range(1, groups + 1)
    )
    other = replace(DRAFTED, groups=some)

    given(WORK_PROGRAMME).when(draft, drafted=other).then(other)


def test_drafting_the_same_again_is_ignored():
    later = replace(DRAFTED, drafted_on=date(2018, 12, 21))

    given(WORK_PROGRAMME, DRAFTED).when(draft, drafted=later).then_nothing()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"groups": ()}, "programme-without-groups"),
        ({"groups": (*DRAFTED.groups, DRAFTED.groups[0])}, "group-named-twice"),
        ({"issuer": "nobody"}, "unknown-agency"),
        ({"monitor_agency": "nobody"}, "unknown-agency"),
        ({"drafted_on": date(2026, 1, 5)}, "agency-not-active"),
    ],
)
def test_a_draft_is_refused(change, code):
    bad = replace(DRAFTED, **change)

    given(WORK_PROGRAMME).when(draft, drafted=bad).then_refused(code)


def test_a_programme_is_not_drafted_differently():
    other = replace(DRAFTED, year=2020)
    scene = given(WORK_PROGRAMME, DRAFTED).when(draft, drafted=other)

    scene.then_refused("programme-drafted-otherwise")


@pytest.mark.seed("4.2", "4.5", "4.6")
def test_an_item_is_added_with_its_head_its_owner_and_odd_codes_are_only_noted():
    bare = replace(DEATHS, owner_name="", unrecognised=(), content_code="")

    given(WORK_PROGRAMME, DRAFTED).when(add, item=bare).then(ADDED)


def test_adding_the_same_again_is_ignored():
    given(WORK_PROGRAMME, DRAFTED, ADDED).when(add).then_nothing()
    given(WORK_PROGRAMME, *IN_EFFECT).when(add).then_nothing()


@pytest.mark.parametrize(
    ("history", "change", "code"),
    [
        ((), {}, "unknown-programme"),
        ((DRAFTED,), {"group": "NONE"}, "unknown-group"),
        ((DRAFTED,), {"owner_agency": "nobody"}, "unknown-agency"),
        ((DRAFTED,), {"coordinating_agencies": ("nobody",)}, "unknown-agency"),
        ((DRAFTED, ADDED), {"title": "Khác"}, "item-added-otherwise"),
        (EMPTY, {}, "programme-not-draft"),
    ],
)
def test_an_item_is_refused(history, change, code):
    bad = replace(DEATHS, **change)

    given(WORK_PROGRAMME, *history).when(add, item=bad).then_refused(code)


def test_the_head_who_answers_is_of_an_agency_that_exists():
    head = replace(DEATHS.accountable_head, agency_id="nobody")
    bad = replace(DEATHS, accountable_head=head)

    given(WORK_PROGRAMME, DRAFTED).when(add, item=bad).then_refused("unknown-agency")


@pytest.mark.seed("4.1")
def test_issuing_assigns_every_item_and_counts_its_days():
    drawn_up = (DRAFTED, ADDED, CHECK_ADDED)

    given(WORK_PROGRAMME, *drawn_up).when(issue).then(ISSUED, ASSIGNED, CHECK_ASSIGNED)


def test_issuing_again_under_the_same_number_is_ignored():
    given(WORK_PROGRAMME, *IN_EFFECT).when(issue).then_nothing()


@pytest.mark.parametrize(
    ("history", "change", "code"),
    [
        ((), {}, "unknown-programme"),
        ((DRAFTED,), {}, "programme-without-items"),
        (IN_EFFECT, {"document_number": "02/KH-UBND"}, "programme-not-draft"),
        ((DRAFTED, ADDED), {"on": date(2019, 7, 2)}, "item-due-already"),
    ],
)
def test_a_programme_is_not_issued(history, change, code):
    given(WORK_PROGRAMME, *history).when(issue, **change).then_refused(code)


def test_what_comes_after_the_issue_is_assigned():
    asked = replace(NEW_ITEM, owner_name="")
    given(WORK_PROGRAMME, *IN_EFFECT).when(assign, item=asked).then(
        replace(CHECK_ASSIGNED, item=NEW_ITEM)
    )


def test_assigning_the_same_again_is_ignored_even_after_an_extension():
    history = (*IN_EFFECT, EXTENDED)

    given(WORK_PROGRAMME, *history).when(assign, item=DEATHS).then_nothing()


@pytest.mark.parametrize(
    ("history", "item", "code"),
    [
        ((), NEW_ITEM, "unknown-programme"),
        ((DRAFTED,), NEW_ITEM, "programme-not-issued"),
        (IN_EFFECT, replace(DEATHS, title="Khác"), "item-assigned-otherwise"),
        (IN_EFFECT, replace(NEW_ITEM, group="NONE"), "unknown-group"),
    ],
)
def test_an_assignment_is_refused(history, item, code):
    given(WORK_PROGRAMME, *history).when(assign, item=item).then_refused(code)


def test_an_item_is_done_late_when_its_day_went_by():
    given(WORK_PROGRAMME, *IN_EFFECT, OVERDUE).when(complete).then(COMPLETED)


def test_an_item_is_done_in_time_on_its_last_day():
    on = replace(COMPLETED, completed_on=date(2019, 7, 1), late=False)

    given(WORK_PROGRAMME, *IN_EFFECT).when(complete, completed=on).then(on)


def test_the_monitor_may_record_what_the_owner_did():
    on = replace(COMPLETED, by_agency="soc-trang-vp-ubnd")

    given(WORK_PROGRAMME, *IN_EFFECT).when(complete, completed=on).then(on)


def test_completing_the_same_again_is_ignored_whoever_says_so():
    again = replace(COMPLETED, by_agency="soc-trang")
    scene = given(WORK_PROGRAMME, *IN_EFFECT, COMPLETED)

    scene.when(complete, completed=again).then_nothing()


@pytest.mark.parametrize(
    ("history", "change", "code"),
    [
        ((DRAFTED, ADDED), {}, "programme-not-issued"),
        (IN_EFFECT, {"item_id": "99"}, "unknown-work-item"),
        (IN_EFFECT, {"by_agency": "soc-trang-so-y-te"}, "not-your-item"),
        ((*IN_EFFECT, COMPLETED), {"product": "Khác"}, "item-completed-otherwise"),
        ((*IN_EFFECT, FORWARD), {}, "item-carried-over"),
    ],
)
def test_a_completion_is_refused(history, change, code):
    said = replace(COMPLETED, **change)

    given(WORK_PROGRAMME, *history).when(complete, completed=said).then_refused(code)


def test_an_extension_counts_from_the_present_due_day_and_keeps_it():
    given(WORK_PROGRAMME, *IN_EFFECT).when(extend).then(EXTENDED)


def test_the_same_extension_again_is_ignored_and_another_day_gives_more():
    given(WORK_PROGRAMME, *IN_EFFECT, EXTENDED).when(extend).then_nothing()
    later = extend(WORK_PROGRAMME.fold((*IN_EFFECT, EXTENDED)), on=date(2019, 7, 20))

    assert later[0].previous == EXTENDED.due
    assert later[0].due.effective_due_on == date(2019, 8, 30)


@pytest.mark.parametrize(
    ("history", "change", "code"),
    [
        (IN_EFFECT, {"item_id": "99"}, "unknown-work-item"),
        (
            IN_EFFECT,
            {"rule": {"kind": "by_date", "date": "2019-06-20"}},
            "extension-not-later",
        ),
        ((*IN_EFFECT, COMPLETED), {}, "item-completed"),
        ((*IN_EFFECT, FORWARD), {}, "item-carried-over"),
    ],
)
def test_an_extension_is_refused(history, change, code):
    given(WORK_PROGRAMME, *history).when(extend, **change).then_refused(code)


@pytest.mark.seed("4.10")
@pytest.mark.capability("C22")
def test_an_open_item_is_urged_before_its_day_too():
    given(WORK_PROGRAMME, *IN_EFFECT).when(urge).then(URGED)


def test_urging_twice_the_same_on_one_day_is_ignored_and_again_later_is_a_level_more():
    given(WORK_PROGRAMME, *IN_EFFECT, URGED).when(urge).then_nothing()
    later = replace(URGED, urged_on=date(2019, 6, 10), level=2)
    given(WORK_PROGRAMME, *IN_EFFECT, URGED).when(urge, on=later.urged_on).then(later)


@pytest.mark.parametrize(
    ("history", "code"),
    [
        ((DRAFTED, ADDED), "programme-not-issued"),
        ((*IN_EFFECT, COMPLETED), "item-completed"),
        ((*IN_EFFECT, FORWARD), "item-carried-over"),
    ],
)
def test_an_urging_is_refused(history, code):
    given(WORK_PROGRAMME, *history).when(urge).then_refused(code)


def test_a_reminder_comes_once_on_its_day_and_not_for_what_is_done():
    remind = partial(work.remind_items, on=ASSIGNED.remind_on)

    given(WORK_PROGRAMME, *IN_EFFECT).when(remind).then(REMINDED)
    given(WORK_PROGRAMME, *IN_EFFECT, REMINDED).when(remind).then_nothing()
    given(WORK_PROGRAMME, *IN_EFFECT, COMPLETED).when(remind).then_nothing()
    early = partial(work.remind_items, on=date(2019, 6, 23))
    given(WORK_PROGRAMME, *IN_EFFECT).when(early).then_nothing()


@pytest.mark.seed("4.4")
def test_an_item_is_overdue_from_the_day_after_its_last_one_once():
    overdue = partial(work.mark_items_overdue, on=date(2019, 7, 2))

    given(WORK_PROGRAMME, *IN_EFFECT).when(overdue).then(OVERDUE)
    given(WORK_PROGRAMME, *IN_EFFECT, OVERDUE).when(overdue).then_nothing()
    on_the_day = partial(work.mark_items_overdue, on=date(2019, 7, 1))
    given(WORK_PROGRAMME, *IN_EFFECT).when(on_the_day).then_nothing()


@pytest.mark.parametrize("ending", [COMPLETED, EXTENDED, FORWARD])
def test_what_is_done_extended_or_carried_on_is_not_overdue(ending):
    overdue = partial(work.mark_items_overdue, on=date(2019, 7, 2))

    given(WORK_PROGRAMME, *IN_EFFECT, ending).when(overdue).then_nothing()


def test_an_overdue_item_that_is_extended_may_be_overdue_again():
    history = (*IN_EFFECT, OVERDUE, EXTENDED)
    overdue = partial(work.mark_items_overdue, on=EXTENDED.due.overdue_from)

    given(WORK_PROGRAMME, *history).when(overdue).then(
        replace(OVERDUE, due=EXTENDED.due, level=2)
    )


@pytest.mark.seed("4.8")
def test_a_plan_is_noted_at_the_item_that_it_carries_out_once():
    given(WORK_PROGRAMME, *IN_EFFECT).when(spawn).then(SPAWNED)
    given(WORK_PROGRAMME, *IN_EFFECT, SPAWNED).when(spawn).then_nothing()
    given(WORK_PROGRAMME, DRAFTED).when(spawn).then_refused("programme-not-issued")
