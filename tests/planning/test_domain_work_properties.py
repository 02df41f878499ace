"""What holds of work programmes whatever is asked of them, in whatever order."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from hypothesis import given as forall
from hypothesis import strategies as st

from services.planning.domain import work
from services.planning.handlers.work import WORK_PROGRAMME
from tests.planning.work_examples import (
    CALENDAR,
    CHECK,
    COMPLETED,
    DRAFTED,
    GROUPS,
    IN_EFFECT,
    ISSUED_ON,
    NEXT,
    UNITS,
)

DAY = timedelta(days=1)
ITEMS = ("9.1", "11.1")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["complete", "extend", "urge", "remind", "pass"]),
        st.sampled_from(ITEMS),
        st.integers(min_value=0, max_value=60),
    ),
    max_size=12,
)


def verb(act, item_id, on):
    """Return what is asked on a day; time passes on every day."""
    match act:
        case "complete":
            done = replace(COMPLETED, item_id=item_id, completed_on=on)
            done = replace(done, by_agency="soc-trang")
            return partial(work.complete_item, completed=done)
        case "extend":
            rule = {"kind": "working_days", "n": 10}
            words = {"reason": "Lý do", "approved_by": "soc-trang", "rule": rule}
            return partial(
                work.extend_item, item_id=item_id, calendar=CALENDAR, on=on, **words
            )
        case "urge":
            return partial(work.urge_item, item_id=item_id, text="Đôn đốc", on=on)
        case "remind":
            return partial(work.remind_items, on=on)
        case _:
            return partial(work.mark_items_overdue, on=on)


def played(acts):
    """Return all events of a programme on which these acts are tried, day by day."""
    history, on = list(IN_EFFECT), ISSUED_ON + DAY
    for act, item_id, days in acts:
        on += days * DAY
        for ask in (verb(act, item_id, on), partial(work.mark_items_overdue, on=on)):
            try:
                history += ask(WORK_PROGRAMME.fold(history))
            except work.WorkRefused:
                continue
    return history, on


@forall(acts=ACTS)
def test_an_item_is_overdue_if_and_only_if_it_is_open_past_its_day(acts):
    history, on = played(acts)
    programme = WORK_PROGRAMME.fold(history)

    for state in programme.items.values():
        past = state.waited_for and state.due.missed_on(on)
        assert not past or state.overdue
        if state.overdue and state.waited_for:
            assert state.due.overdue_from <= on


@forall(acts=ACTS)
def test_an_item_is_overdue_once_for_each_due_day_and_never_after_it_is_done(acts):
    history, _ = played(acts)
    seen, done = set(), set()
    for event in history:
        if isinstance(event, work.WorkItemCompleted):
            done.add(event.item_id)
        if isinstance(event, work.WorkItemOverdue):
            key = (event.item_id, event.due)
            assert key not in seen
            assert event.item_id not in done
            seen.add(key)


@forall(acts=ACTS)
def test_levels_of_urging_rise_by_one(acts):
    history, _ = played(acts)
    for item_id in ITEMS:
        levels = [
            event.level
            for event in history
            if isinstance(event, work.WorkItemOverdue | work.WorkItemUrged)
            and event.item_id == item_id
        ]
        assert levels == list(range(1, len(levels) + 1))


@forall(acts=ACTS, repeat=st.booleans())
def test_every_item_that_is_left_goes_on_next_year_and_none_twice(acts, repeat):
    history, _ = played(acts)
    source = WORK_PROGRAMME.fold(history)
    wish = work.Wish(
        programme_id=NEXT,
        year=2020,
        title="2020",
        repeat=repeat,
        open_due={"kind": "end_of_year", "year": 2020},
    )
    [drafted, *items] = work.clone(
        work.WorkProgramme(),
        source=source,
        wish=wish,
        calendar=CALENDAR,
        on=date(2019, 12, 27),
    )
    carried = {e.item.item_id for e in items if isinstance(e, work.WorkItemCarriedOver)}
    names = [e.item.item_id for e in items]

    assert drafted.groups == DRAFTED.groups
    assert carried == {k for k, state in source.items.items() if state.waited_for}
    assert len(set(names)) == len(names)
    assert not repeat or set(names) == set(source.items)


@forall(
    codes=st.lists(st.sampled_from([code for code, _ in GROUPS]), unique=True),
    groups=st.lists(
        st.sampled_from([g.code for g in DRAFTED.groups]), unique=True, min_size=1
    ),
)
def test_an_item_stands_under_a_group_of_its_programme(codes, groups):
    chosen = tuple(
        replace(group, number=n)
        for n, group in enumerate(
            (g for g in DRAFTED.groups if g.code in groups), start=1
        )
    )
    history = [replace(DRAFTED, groups=chosen)]
    for code in codes:
        item = replace(CHECK, item_id=code, group=code)
        with suppress(work.WorkRefused):
            history += work.add_item(
                WORK_PROGRAMME.fold(history),
                item=item,
                units=UNITS,
                on=DRAFTED.drafted_on,
            )
    placed = {event.item.group for event in history[1:]}

    assert placed == set(codes) & set(groups)
