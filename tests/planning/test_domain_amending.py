"""An issued plan is changed by a document only, moved in its tentative days."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given as all_of
from hypothesis import strategies as st

from services.chassis.testing import given
from services.planning import domain
from services.planning.domain import amending, carrying, plan
from services.planning.handlers import PLAN
from tests.planning.change_examples import (
    AMENDED,
    CANCELLED,
    CARRIED_IN,
    IMPORTED,
    LATER,
    NOTICE_OVERDUE,
    NOTIFIED,
    TARGET_RESCHEDULED,
    TWO_IN_EFFECT,
    UNPLANNED,
    WITHDRAWN,
)
from tests.planning.examples import (
    COMMUNES,
    DRAFTED,
    ISSUED,
    NOI_VU,
    PLAN_IN_EFFECT,
    QUARTER,
    REVERSED,
    ROUND,
    ROUND_SCHEDULED,
    STORY,
    UNITS,
    VISITED,
    unit,
)

BY_ID = {u.agency_id: u for u in UNITS}
NUMBER = "70/KH-UBND"
ASKED = amending.Amendment(
    document_number=NUMBER,
    reason=AMENDED.reason,
    amended_on=AMENDED.amended_on,
    asked=AMENDED.asked,
)
FIRST, SECOND, THIRD = (entry.agency_id for entry in COMMUNES[:3])
SWAP = replace(
    ASKED,
    withdraw=(amending.Withdrawal(agency_id=FIRST, reason="Sắp xếp lại trụ sở"),),
    add=(amending.Addition(agency_id=THIRD, window=QUARTER),),
)
BARE = replace(AMENDED, quotas=None)
NOI_VU_UNIT = unit(NOI_VU)
DUE = plan.NoticeDue(
    due_on=date(2023, 4, 21),
    overdue_from=date(2023, 4, 22),
    calendar_version="2026.1",
)
NOTICED = (*PLAN_IN_EFFECT[:-1], replace(ISSUED, notice_due=DUE))


def amend(history, amendment, units=BY_ID):
    return given(PLAN, *history).when(amending.amend, amendment=amendment, units=units)


def test_an_amendment_withdraws_and_adds_each_as_its_own_event():
    withdrawn = replace(
        WITHDRAWN, agency_id=FIRST, inspection_id=None, reason="Sắp xếp lại trụ sở"
    )
    added = plan.TargetAdded(
        plan_id="KH-2023-HN",
        agency_id=THIRD,
        name=COMMUNES[2].name,
        kind=COMMUNES[2].kind,
        window=QUARTER,
        document_number=NUMBER,
    )

    amend(TWO_IN_EFFECT, SWAP).then(BARE, withdrawn, added)


def test_the_same_amendment_again_is_ignored():
    amend((*TWO_IN_EFFECT, BARE), replace(ASKED, asked=BARE.asked)).then_nothing()


def test_a_document_amends_once():
    other = replace(SWAP, asked="1" * 64)

    amend((*TWO_IN_EFFECT, BARE), other).then_refused("plan-amended-otherwise")


@pytest.mark.seed("0.4")
def test_one_unit_more_than_the_plan_says_is_not_added_without_another_quota():
    more = replace(ASKED, add=SWAP.add)
    three = replace(more, quotas=AMENDED.quotas)

    amend(TWO_IN_EFFECT, more).then_refused("quota-unmet")
    events = amending.amend(PLAN.fold(TWO_IN_EFFECT), amendment=three, units=BY_ID)
    assert events[0].quotas[0].quota.n == 3


def test_a_withdrawal_that_leaves_a_quota_unmet_is_refused():
    amend(TWO_IN_EFFECT, replace(ASKED, withdraw=SWAP.withdraw)).then_refused(
        "quota-unmet"
    )


def test_the_inspection_of_a_withdrawn_unit_is_named_and_no_longer_counts():
    withdraw = (amending.Withdrawal(agency_id=FIRST, reason="Chia tách"),)
    half = replace(
        AMENDED.quotas[0], quota=domain.Quota(kind="COMMUNE", rule="AT_LEAST", n=1)
    )
    asked = replace(ASKED, withdraw=withdraw, quotas=(half,))
    before = PLAN.fold(ROUND_SCHEDULED)

    events = amending.amend(before, amendment=asked, units={})
    after = before
    for event in events:
        after = PLAN.evolve(after, event)

    assert events[1].inspection_id == "I-2023-HN-01"
    assert FIRST not in after.progress()
    assert domain.count_visit(after, counted=VISITED[0])[0] == VISITED[0]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (ASKED, "amendment-empty"),
        (
            replace(ASKED, withdraw=(amending.Withdrawal(agency_id="x", reason="x"),)),
            "not-a-target",
        ),
        (
            replace(ASKED, add=(amending.Addition(agency_id="x", window=QUARTER),)),
            "unknown-agency",
        ),
        (
            replace(ASKED, add=(amending.Addition(agency_id=FIRST, window=QUARTER),)),
            "unit-added-otherwise",
        ),
        (
            replace(ASKED, add=(amending.Addition(agency_id=THIRD, window=REVERSED),)),
            "window-reversed",
        ),
        (
            replace(
                SWAP,
                reschedule=(amending.Move(agency_id=FIRST, window=LATER),),
            ),
            "amendment-contradicts-itself",
        ),
    ],
)
def test_an_amendment_that_cannot_be_is_refused(asked, code):
    amend(TWO_IN_EFFECT, asked).then_refused(code)


def test_a_unit_that_does_not_exist_then_is_not_added():
    after = domain.Window(start=date(2025, 7, 1), end=date(2025, 7, 31))
    asked = replace(ASKED, add=(amending.Addition(agency_id=THIRD, window=after),))

    amend(TWO_IN_EFFECT, asked).then_refused("target-not-active")


def test_a_unit_that_was_inspected_is_not_withdrawn():
    withdraw = (amending.Withdrawal(agency_id=FIRST, reason="x"),)

    amend(
        (*ROUND_SCHEDULED, VISITED[0]), replace(ASKED, withdraw=withdraw)
    ).then_refused("target-visited")


def test_only_an_issued_plan_is_amended():
    amend((), SWAP).then_refused("unknown-plan")
    amend((DRAFTED,), SWAP).then_refused("plan-not-issued")
    amend(STORY, SWAP).then_refused("plan-over")


@pytest.mark.seed("0.7")
def test_an_amendment_moves_a_unit_beyond_its_tentative_days():
    move = amending.Move(agency_id="hn-an-loc", window=LATER)
    moved = replace(TARGET_RESCHEDULED, reason=AMENDED.reason)

    amend(PLAN_IN_EFFECT, replace(ASKED, reschedule=(move,))).then(BARE, moved)


def reschedule(history, window=ROUND, agency_id="hn-an-loc"):
    return given(PLAN, *history).when(
        amending.reschedule_target,
        agency_id=agency_id,
        window=window,
        reason="Trùng lịch",
    )


@pytest.mark.seed("0.7")
def test_a_planner_moves_a_unit_inside_its_tentative_days():
    moved = replace(
        TARGET_RESCHEDULED,
        window=ROUND,
        reason="Trùng lịch",
        slipped=False,
        document_number=None,
    )

    reschedule(PLAN_IN_EFFECT).then(moved)
    reschedule((*PLAN_IN_EFFECT, moved)).then_nothing()
    back = replace(moved, before=ROUND, window=QUARTER, slipped=True)
    reschedule((*PLAN_IN_EFFECT, moved), QUARTER).then(back)


def test_a_planner_does_not_move_a_unit_out_of_its_days():
    set_ = replace(ISSUED, quotas=())
    bound = (
        DRAFTED,
        plan.UnitAdded(
            plan_id="KH-2023-HN",
            agency_id="hn-an-loc",
            name="",
            kind="PHUONG",
            window=ROUND,
        ),
        set_,
    )
    inside = replace(ROUND, end=date(2023, 5, 12))

    reschedule(PLAN_IN_EFFECT, LATER).then_refused("outside-tentative-window")
    reschedule(bound, inside).then_refused("window-not-tentative")
    reschedule(PLAN_IN_EFFECT, REVERSED).then_refused("window-reversed")
    reschedule(PLAN_IN_EFFECT, ROUND, "x").then_refused("not-a-target")


def unplanned(history, unit_=NOI_VU_UNIT, asked=UNPLANNED):
    return given(PLAN, *history).when(
        amending.add_unplanned,
        unplanned=replace(asked, name="", kind=""),
        unit=unit_,
    )


@pytest.mark.seed("0.14")
def test_a_unit_other_than_those_listed_is_inspected_too():
    unplanned(PLAN_IN_EFFECT).then(UNPLANNED)
    unplanned((*PLAN_IN_EFFECT, UNPLANNED)).then_nothing()


@pytest.mark.seed("0.14")
def test_an_unplanned_unit_counts_for_no_quota():
    before, after = PLAN.fold(PLAN_IN_EFFECT), PLAN.fold((*PLAN_IN_EFFECT, UNPLANNED))

    assert len(after.targets) == 8
    assert after.listed() == before.listed()


def test_an_unplanned_unit_is_one_that_exists_and_is_not_listed():
    unplanned(PLAN_IN_EFFECT, None).then_refused("unknown-agency")
    listed = replace(UNPLANNED, agency_id="hn-an-loc")
    unplanned(PLAN_IN_EFFECT, BY_ID["hn-an-loc"], listed).then_refused(
        "unit-added-otherwise"
    )
    after = domain.Window(start=date(2025, 7, 1), end=date(2025, 7, 31))
    unplanned(PLAN_IN_EFFECT, asked=replace(UNPLANNED, window=after)).then_refused(
        "target-not-active"
    )
    unplanned((DRAFTED,)).then_refused("plan-not-issued")


def test_a_plan_is_cancelled_once():
    cancel = partial(amending.cancel, cancelled=CANCELLED)

    given(PLAN, *PLAN_IN_EFFECT).when(cancel).then(CANCELLED)
    given(PLAN, *PLAN_IN_EFFECT, CANCELLED).when(cancel).then_nothing()
    given(PLAN, *STORY).when(cancel).then_refused("plan-over")


@pytest.mark.seed("0.14")
def test_a_plan_is_sent_to_all_that_it_names():
    sent = partial(amending.notify, on=date(2023, 4, 21), recipients=())

    [event] = sent(PLAN.fold(NOTICED))

    assert set(event.recipients) == {"hong-ngu-noi-vu", "hong-ngu-vp", *BY_ID}
    assert not event.late
    given(PLAN, *NOTICED, event).when(sent).then_nothing()
    given(PLAN, DRAFTED).when(sent).then_refused("plan-not-issued")


def test_a_plan_sent_after_the_next_working_day_is_sent_late():
    late = partial(
        amending.notify, on=date(2023, 4, 24), recipients=NOTIFIED.recipients
    )
    expected = replace(NOTIFIED, notified_on=date(2023, 4, 24), late=True)

    given(PLAN, *NOTICED).when(late).then(expected)
    given(PLAN, *NOTICED).when(amending.notice_overdue).then(NOTICE_OVERDUE)
    given(PLAN, *NOTICED, NOTIFIED).when(amending.notice_overdue).then_nothing()
    given(PLAN, *NOTICED, NOTICE_OVERDUE).when(amending.notice_overdue).then_nothing()
    given(PLAN).when(amending.notice_overdue).then_nothing()


@pytest.mark.seed("0.13")
@pytest.mark.seed("1.16")
@pytest.mark.seed("1.17")
def test_shortcomings_of_an_index_are_taken_over_once():
    again = partial(carrying.import_shortcomings, imported=[IMPORTED])
    other = partial(
        carrying.import_shortcomings, imported=[replace(IMPORTED, text="khác")]
    )
    twice = partial(carrying.import_shortcomings, imported=[IMPORTED, IMPORTED])

    given(PLAN, DRAFTED).when(again).then(IMPORTED)
    given(PLAN, DRAFTED, IMPORTED).when(again).then_nothing()
    given(PLAN, DRAFTED, IMPORTED).when(other).then_refused(
        "shortcoming-imported-otherwise"
    )
    given(PLAN, DRAFTED).when(twice).then_refused("shortcoming-named-twice")
    given(PLAN).when(again).then_refused("unknown-plan")
    given(PLAN, *PLAN_IN_EFFECT, CANCELLED).when(again).then_refused("plan-over")


@pytest.mark.seed("1.17")
def test_an_open_case_of_an_earlier_plan_is_taken_over_once():
    carry = partial(carrying.carry_in, item=CARRIED_IN)

    given(PLAN, DRAFTED).when(carry).then(CARRIED_IN)
    given(PLAN, DRAFTED, CARRIED_IN).when(carry).then_nothing()
    given(PLAN).when(carry).then_refused("unknown-plan")


requests = st.one_of(
    st.builds(
        lambda agency_id: (
            lambda p: amending.reschedule_target(
                p, agency_id=agency_id, window=ROUND, reason="x"
            )
        ),
        st.sampled_from(sorted(BY_ID)),
    ),
    st.just(lambda p: amending.notify(p, on=date(2023, 4, 21), recipients=())),
    st.just(lambda p: amending.cancel(p, cancelled=CANCELLED)),
    st.just(
        lambda p: amending.add_unplanned(p, unplanned=UNPLANNED, unit=unit(NOI_VU))
    ),
    st.builds(
        lambda agency_id: (
            lambda p: amending.amend(
                p,
                amendment=replace(
                    ASKED,
                    withdraw=(amending.Withdrawal(agency_id=agency_id, reason="x"),),
                    quotas=(),
                ),
                units=BY_ID,
            )
        ),
        st.sampled_from(sorted(BY_ID)),
    ),
)


@all_of(st.lists(requests, max_size=8))
def test_a_target_leaves_a_plan_by_amendment_only(all_requests):
    now = PLAN.fold(PLAN_IN_EFFECT)
    for request in all_requests:
        before = set(now.targets)
        try:
            events = request(now)
        except domain.PlanRefused:
            continue
        for event in events:
            now = PLAN.evolve(now, event)
        gone = before - set(now.targets)
        withdrawn = {e.agency_id for e in events if isinstance(e, plan.TargetWithdrawn)}
        assert gone == withdrawn
        assert not gone or any(isinstance(e, plan.PlanAmended) for e in events)
