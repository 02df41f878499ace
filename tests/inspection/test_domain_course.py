"""Rules of what comes in between: put off, called off, refused, another point."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import INSPECTION, ROUND
from tests.inspection.examples import (
    ALL_SEEN,
    ARRIVAL,
    AT_THE_UNIT,
    BINH_THANH_SEEN,
    CALENDAR,
    COMPLETED,
    CONCLUDED,
    ENDED,
    NOTIFIED,
    PERSON,
    PLANNED,
    ROUND_END,
    ROUND_OVER,
    ROUND_PLANNED,
    STARTED,
    TERMS,
    VISIT_DAY,
    VISITED,
)
from tests.inspection.examples_course import (
    AT_THE_COUNTER,
    CANCELLED,
    DESK,
    DESK_REPORT,
    DROPPED,
    ID,
    NOON,
    OBSTRUCTED,
    ORDERED,
    PLANNED_ON,
    POSTPONED,
    ROUND_ID,
)

postpone = partial(
    domain.postpone,
    reason="RAIN",
    planned_on=POSTPONED.planned_on,
    remark=POSTPONED.remark,
    on=PLANNED_ON,
)
cancel = partial(domain.cancel, reason=CANCELLED.reason, on=CANCELLED.cancelled_on)
refuse = partial(
    domain.refuse_visit,
    reason=OBSTRUCTED.reason,
    witness_ref="p-05",
    at=ARRIVAL,
    by=PERSON,
)
be_at = partial(domain.visit_point, point="Bộ phận Một cửa", at=ARRIVAL, by=PERSON)
drop = partial(domain.drop, round_id=ROUND_ID, inspection_id=ID)
end = partial(domain.end_round, ended_on=None, today=ROUND_END)
notify = partial(domain.notify_unit, outline=NOTIFIED.outline, calendar=CALENDAR)


@pytest.mark.parametrize("verb", [postpone, cancel, refuse, be_at])
def test_nothing_comes_in_between_where_nothing_was_ordered(verb):
    given(INSPECTION).when(verb).then_refused("unknown-inspection")


def test_an_inspection_is_put_off_with_the_reason():
    given(INSPECTION, PLANNED).when(postpone).then(POSTPONED)


def test_the_same_delay_again_is_ignored():
    given(INSPECTION, PLANNED, POSTPONED).when(postpone).then_nothing()


def test_it_may_be_put_off_again_for_another_reason():
    later = date(2023, 5, 30)

    given(INSPECTION, PLANNED, POSTPONED).when(
        postpone, reason="ILLNESS", planned_on=later, remark=None
    ).then(
        replace(
            POSTPONED,
            reason="ILLNESS",
            planned_before=POSTPONED.planned_on,
            planned_on=later,
            remark=None,
        )
    )


@pytest.mark.parametrize(
    ("planned_on", "code"),
    [
        (PLANNED_ON - timedelta(days=1), "postponed-into-past"),
        (PLANNED_ON, "postponed-to-same-day"),
    ],
)
def test_it_is_put_off_to_another_day_to_come(planned_on, code):
    given(INSPECTION, PLANNED).when(postpone, planned_on=planned_on).then_refused(code)


@pytest.mark.parametrize("verb", [postpone, cancel])
def test_what_has_begun_is_neither_put_off_nor_called_off(verb):
    given(INSPECTION, *AT_THE_UNIT).when(verb).then_refused("visit-started")
    desk = [it for it in ROUND_OVER if it not in AT_THE_UNIT]
    given(INSPECTION, DESK, *desk, CONCLUDED).when(verb).then_refused(
        "already-concluded"
    )


def test_an_inspection_is_called_off_once():
    given(INSPECTION, PLANNED).when(cancel).then(CANCELLED)
    given(INSPECTION, PLANNED, CANCELLED).when(cancel).then_nothing()
    given(INSPECTION, PLANNED, CANCELLED).when(cancel, reason="Mưa").then_refused(
        "inspection-cancelled"
    )


@pytest.mark.parametrize(
    "verb",
    [
        postpone,
        refuse,
        be_at,
        partial(notify, on=VISIT_DAY),
        partial(domain.start_visit, at=ARRIVAL, site=None, by=PERSON),
    ],
)
def test_nothing_is_done_in_an_inspection_that_was_called_off(verb):
    given(INSPECTION, PLANNED, CANCELLED).when(verb).then_refused(
        "inspection-cancelled"
    )


def test_a_new_day_of_the_plan_is_taken_over_unless_it_comes_too_late():
    heed = partial(
        domain.heed_new_day,
        reason="RAIN",
        planned_on=POSTPONED.planned_on,
        on=PLANNED_ON,
    )

    given(INSPECTION, PLANNED).when(heed).then(replace(POSTPONED, remark=None))
    given(INSPECTION, PLANNED, POSTPONED).when(heed).then_nothing()
    given(INSPECTION, *AT_THE_UNIT).when(heed).then_nothing()
    given(INSPECTION, PLANNED, CANCELLED).when(heed).then_nothing()
    given(INSPECTION).when(heed).then_refused("unknown-inspection")


def test_what_left_the_plan_is_called_off_unless_it_comes_too_late():
    heed = partial(
        domain.heed_withdrawal, reason=CANCELLED.reason, on=CANCELLED.cancelled_on
    )

    given(INSPECTION, PLANNED).when(heed).then(CANCELLED)
    given(INSPECTION, PLANNED, CANCELLED).when(heed).then_nothing()
    given(INSPECTION, *AT_THE_UNIT).when(heed).then_nothing()
    given(INSPECTION, DESK, DESK_REPORT).when(heed).then_nothing()
    given(INSPECTION, DESK).when(heed).then(CANCELLED)
    given(INSPECTION).when(heed).then_refused("unknown-inspection")


@pytest.mark.seed("1.10")
def test_what_nobody_knows_of_is_put_off_and_called_off_in_silence():
    [put_off] = domain.postpone(
        INSPECTION.fold([ORDERED]),
        reason="RAIN",
        planned_on=date(2023, 5, 20),
        remark=None,
        on=date(2023, 5, 10),
    )
    [off] = domain.cancel(
        INSPECTION.fold([ORDERED]), reason="Đủ kết quả", on=date(2023, 5, 10)
    )

    assert put_off.restricted
    assert off.restricted


@pytest.mark.seed("1.6")
def test_a_unit_that_does_not_let_the_team_work_is_on_record_and_may_let_it_later():
    given(INSPECTION, PLANNED).when(refuse).then(OBSTRUCTED)
    given(INSPECTION, PLANNED, OBSTRUCTED).when(refuse).then_nothing()
    given(INSPECTION, PLANNED, OBSTRUCTED).when(
        domain.start_visit, at=NOON, site=None, by=PERSON
    ).then(replace(STARTED, started_at=NOON, site=None))


def test_a_visit_that_is_over_or_has_no_day_yet_is_not_refused():
    given(INSPECTION, *VISITED).when(refuse).then_refused("visit-completed")
    early = ARRIVAL - timedelta(days=30)
    given(INSPECTION, PLANNED).when(refuse, at=early).then_refused(
        "visit-before-window"
    )
    given(INSPECTION, DESK).when(refuse).then_refused("desk-inspection-has-no-visit")


@pytest.mark.capability("C10")
@pytest.mark.seed("3.12", "0.9")
def test_the_points_that_the_team_was_at_are_the_visit_s():
    given(INSPECTION, *AT_THE_UNIT).when(be_at).then(AT_THE_COUNTER)
    given(INSPECTION, *AT_THE_UNIT, AT_THE_COUNTER).when(be_at).then_nothing()
    given(INSPECTION, PLANNED).when(be_at).then_refused("visit-not-started")

    given(INSPECTION, *VISITED[:-1], AT_THE_COUNTER).when(
        domain.complete_visit, points=()
    ).then(COMPLETED)


@pytest.mark.capability("C9")
@pytest.mark.seed("0.14")
@pytest.mark.parametrize(
    ("told_on", "short"), [(date(2023, 5, 11), False), (date(2023, 5, 12), True)]
)
def test_a_late_notice_is_a_short_one_and_the_visit_stands(told_on, short):
    [notified] = notify(INSPECTION.fold([PLANNED]), on=told_on)

    assert notified.notice_due_on == date(2023, 5, 11)
    assert notified.short_notice is short


def test_a_plan_may_ask_for_another_notice_or_none():
    none = replace(TERMS, visit_policy=domain.VisitPolicy(notice_working_days=0))
    [notified] = notify(
        INSPECTION.fold([replace(PLANNED, terms=none)]), on=date(2023, 5, 22)
    )

    assert (notified.notice_due_on, notified.short_notice) == (PLANNED_ON, False)


def test_a_notice_of_what_was_put_off_names_the_new_day():
    [notified] = notify(INSPECTION.fold([PLANNED, POSTPONED]), on=date(2023, 5, 22))

    assert notified.planned_on == POSTPONED.planned_on


def test_a_round_does_not_wait_for_what_was_called_off():
    given(ROUND, *ALL_SEEN[:-1]).when(end).then_refused("visit-outstanding")
    given(ROUND, *ALL_SEEN[:-1]).when(drop, planned_on=None).then(DROPPED)
    given(ROUND, *ALL_SEEN[:-1], DROPPED).when(end).then(
        replace(ENDED, inspection_ids=("I-2023-HN-06",))
    )
    given(ROUND, *ALL_SEEN[:-1], DROPPED).when(drop, planned_on=None).then_nothing()


def test_a_round_waits_for_what_was_put_off_within_it_only():
    inside, beyond = ROUND_PLANNED.window.end, date(2023, 6, 1)

    given(ROUND, *ALL_SEEN[:-1]).when(drop, planned_on=inside).then_nothing()
    given(ROUND, *ALL_SEEN[:-1]).when(drop, planned_on=beyond).then(
        replace(DROPPED, why="POSTPONED")
    )
    given(ROUND, *ALL_SEEN).when(drop, planned_on=beyond).then_nothing()


def test_a_round_in_which_nothing_took_place_has_no_end():
    both = replace(DROPPED, inspection_id=BINH_THANH_SEEN.inspection_id)

    given(ROUND, *ALL_SEEN[:3], DROPPED, both).when(end).then_refused(
        "round-without-visit"
    )


def test_a_visit_after_the_end_of_its_round_is_counted_as_such():
    given(ROUND, *ALL_SEEN[:-1], DROPPED, ENDED).when(
        domain.count_visit,
        round_id=ROUND_ID,
        inspection_id=ID,
        visited_on=date(2023, 6, 1),
    ).then(
        domain.VisitCounted(
            round_id=ROUND_ID,
            inspection_id=ID,
            visited_on=date(2023, 6, 1),
            after_end=True,
        )
    )
