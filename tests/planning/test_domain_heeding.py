"""What the field decides about visits, and what its plan makes of it."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from contracts.inspection import (
    InspectionCancelled,
    InspectionPostponed,
    UnitReportReceived,
)
from services.chassis.journal import Append
from services.chassis.testing import given
from services.planning import domain
from services.planning.domain import counting, heeding, plan
from services.planning.handlers.aggregates import PLAN
from services.planning.subscriptions import ON
from tests.planning.change_examples import VISIT_CALLED_OFF, VISIT_RESCHEDULED
from tests.planning.examples import (
    ORDERED,
    PLAN_IN_EFFECT,
    QUARTER,
    ROUND_SCHEDULED,
    VISITED,
)

ID, PLAN_ID = "I-2023-HN-01", "KH-2023-HN"
delay = partial(
    heeding.heed_delay,
    inspection_id=ID,
    planned_on=VISIT_RESCHEDULED.planned_on,
    reason=VISIT_RESCHEDULED.reason,
)
end = partial(heeding.heed_end, inspection_id=ID, reason=VISIT_CALLED_OFF.reason)


def test_the_plan_takes_another_day_over_once():
    given(PLAN, *ROUND_SCHEDULED).when(delay).then(VISIT_RESCHEDULED)
    given(PLAN, *ROUND_SCHEDULED, VISIT_RESCHEDULED).when(delay).then_nothing()


def test_another_day_may_lie_beyond_the_round():
    beyond = date(2023, 6, 30)

    given(PLAN, *ROUND_SCHEDULED).when(delay, planned_on=beyond).then(
        replace(VISIT_RESCHEDULED, planned_on=beyond)
    )


def test_a_visit_that_is_off_lets_its_unit_wait_for_another():
    given(PLAN, *ROUND_SCHEDULED).when(end).then(VISIT_CALLED_OFF)
    given(PLAN, *ROUND_SCHEDULED, VISIT_CALLED_OFF).when(end).then_nothing()
    given(PLAN, *ROUND_SCHEDULED, VISIT_CALLED_OFF).when(delay).then_nothing()

    plan = PLAN.fold([*ROUND_SCHEDULED, VISIT_CALLED_OFF])
    assert VISIT_CALLED_OFF.agency_id in plan.targets
    assert plan.visit_to(VISIT_CALLED_OFF.agency_id) is None


def test_what_has_been_or_was_never_ordered_stays_as_it_is():
    for verb in (delay, end):
        given(PLAN, *ROUND_SCHEDULED, *VISITED).when(verb).then_nothing()
        given(PLAN, *PLAN_IN_EFFECT).when(verb).then_nothing()
        given(PLAN).when(verb).then_nothing()


async def test_both_are_heard_of_from_inspection(journal):
    named = {
        "inspection_id": ID,
        "plan_id": PLAN_ID,
        "round_id": "R-2023-HN",
        "agency_id": VISIT_CALLED_OFF.agency_id,
        "agency_name": "Ủy ban nhân dân phường An Lộc",
    }
    stream = PLAN.stream(PLAN_ID)
    await journal.append(Append(stream=stream, expected=0, events=ROUND_SCHEDULED))
    put_off = InspectionPostponed(
        **named,
        reason=VISIT_RESCHEDULED.reason,
        planned_before=VISIT_RESCHEDULED.before,
        planned_on=VISIT_RESCHEDULED.planned_on,
        postponed_on=VISIT_RESCHEDULED.before,
    )
    off = InspectionCancelled(
        **named,
        basis="PLANNED",
        reason=VISIT_CALLED_OFF.reason,
        cancelled_on=VISIT_RESCHEDULED.before,
    )

    for event in (put_off, off):
        await ON[type(event)](event, journal)

    written = await journal.read(stream)
    assert [r.event for r in written[-2:]] == [VISIT_RESCHEDULED, VISIT_CALLED_OFF]


AT_THE_DESK = tuple(
    replace(event, mode="INDIRECT") if event == ORDERED[0] else event
    for event in ROUND_SCHEDULED
)
REPORTED = plan.ReportCounted(
    plan_id=PLAN_ID,
    inspection_id=ID,
    agency_id=ORDERED[0].agency_id,
    received_on=date(2023, 5, 8),
)
report = partial(
    heeding.heed_report, inspection_id=ID, received_on=REPORTED.received_on
)


def test_the_report_of_a_desk_inspection_is_taken_over_once():
    given(PLAN, *AT_THE_DESK).when(report).then(REPORTED)
    given(PLAN, *AT_THE_DESK, REPORTED).when(report).then_nothing()
    for history in (ROUND_SCHEDULED, PLAN_IN_EFFECT, ()):
        given(PLAN, *history).when(report).then_nothing()


def test_a_desk_inspection_whose_report_came_in_its_days_has_not_missed_them():
    day = QUARTER.end + timedelta(days=1)
    miss = partial(counting.miss_windows, on=day)

    before = miss(PLAN.fold(AT_THE_DESK))
    after = miss(PLAN.fold([*AT_THE_DESK, REPORTED]))

    assert len(before) == 7
    assert {e.agency_id for e in before} - {e.agency_id for e in after} == {
        ORDERED[0].agency_id
    }


def test_a_report_covers_no_unit():
    known = PLAN.fold([*AT_THE_DESK, REPORTED])

    assert domain.coverage(known.progress().values()).covered == 0


async def test_only_a_report_that_stands_for_a_visit_is_heard_of(journal):
    stream = PLAN.stream(PLAN_ID)
    await journal.append(Append(stream=stream, expected=0, events=AT_THE_DESK))
    told = UnitReportReceived(
        inspection_id=ID,
        plan_id=PLAN_ID,
        round_id="R-2023-HN",
        agency_id=ORDERED[0].agency_id,
        mode="DIRECT",
        document_number="12/BC-UBND",
        sha256="a" * 64,
        received_on=REPORTED.received_on,
    )

    for mode in ("DIRECT", "INDIRECT"):
        event = told.model_copy(update={"mode": mode})
        await ON[UnitReportReceived](event, journal)

    written = await journal.read(stream)
    assert [r.event for r in written[len(AT_THE_DESK) :]] == [REPORTED]
