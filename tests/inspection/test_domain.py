"""Rules of the visit: ordered, told, begun, assessed, ended."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from services.chassis.context import HANOI
from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import INSPECTION
from tests.inspection.examples import (
    ARRIVAL,
    ASSESSED,
    AT_THE_UNIT,
    CALENDAR,
    COMPLETED,
    EARLIER,
    LOOKED_AT_AGAIN,
    NONE_LATE,
    NONE_OVERDUE,
    NOTED,
    NOTIFIED,
    ONLINE,
    PERSON,
    PLAN_ON_TIME,
    PLANNED,
    RAISED,
    STARTED,
    TERMS,
    UNHASHED,
    VISIT_DAY,
    VISITED,
)

plan = partial(domain.plan, inspection_id="I-2023-HN-07", terms=TERMS)
notify = partial(
    domain.notify_unit,
    outline=NOTIFIED.outline,
    on=NOTIFIED.notified_on,
    calendar=CALENDAR,
)
start = partial(domain.start_visit, at=ARRIVAL, site=STARTED.site, by=PERSON)
assess = partial(domain.assess_content, assessment=PLAN_ON_TIME, by=PERSON)
record = partial(domain.record_metric, metric=NONE_OVERDUE)
look_again = partial(domain.assess_carried_over, item=EARLIER)
complete = partial(domain.complete_visit, points=COMPLETED.points)
note = partial(domain.note_practice, practice_id="GP-1")


@pytest.mark.seed("2.3")
def test_an_ordered_inspection_is_taken_up_with_both_programmes():
    given(INSPECTION).when(plan).then(PLANNED)
    assert PLANNED.terms.programmes == ("PAR", "TTHC_CONTROL")


def test_an_order_heard_twice_is_taken_up_once():
    given(INSPECTION, PLANNED).when(plan).then_nothing()


def test_an_inspection_is_not_ordered_twice_on_other_terms():
    other = replace(TERMS, agency_id="hn-binh-thanh")

    given(INSPECTION, PLANNED).when(plan, terms=other).then_refused(
        "inspection-planned-otherwise"
    )


@pytest.mark.parametrize(
    "verb", [notify, start, assess, record, look_again, complete, note]
)
def test_nothing_is_done_in_an_inspection_that_was_never_ordered(verb):
    given(INSPECTION).when(verb).then_refused("unknown-inspection")


def test_the_unit_is_told_of_its_inspection():
    given(INSPECTION, PLANNED).when(notify).then(NOTIFIED)


def test_the_unit_is_told_once():
    later = NOTIFIED.notified_on + timedelta(days=1)

    given(INSPECTION, PLANNED, NOTIFIED).when(notify, on=later).then_nothing()


def test_the_unit_is_not_told_of_another_outline():
    given(INSPECTION, PLANNED, NOTIFIED).when(notify, outline=None).then_refused(
        "unit-notified-otherwise"
    )


def test_a_unit_where_the_team_has_arrived_is_not_told_any_more():
    given(INSPECTION, PLANNED, STARTED).when(notify).then_refused("visit-started")


def test_the_team_arrives_in_the_window():
    given(INSPECTION, PLANNED, NOTIFIED).when(start).then(STARTED)


@pytest.mark.seed("2.2")
def test_the_first_day_of_the_round_belongs_to_it():
    first = datetime(2023, 5, 9, 0, 0, tzinfo=HANOI)

    given(INSPECTION, PLANNED).when(start, at=first).then(
        replace(STARTED, started_at=first)
    )


@pytest.mark.seed("2.2")
def test_the_team_does_not_arrive_before_the_window():
    before = datetime(2023, 5, 8, 23, 59, tzinfo=HANOI)

    given(INSPECTION, PLANNED).when(start, at=before).then_refused(
        "visit-before-window"
    )


def test_the_team_arrives_once():
    later = ARRIVAL + timedelta(hours=1)

    given(INSPECTION, *AT_THE_UNIT).when(start, at=later).then_nothing()


def test_a_visit_does_not_start_elsewhere():
    given(INSPECTION, *AT_THE_UNIT).when(start, site="Hội trường").then_refused(
        "visit-started-otherwise"
    )


@pytest.mark.seed("2.6")
def test_a_strength_is_assessed_with_its_evidence():
    given(INSPECTION, *AT_THE_UNIT).when(assess).then(ASSESSED)
    assert PLAN_ON_TIME.strength


@pytest.mark.seed("2.11")
@pytest.mark.parametrize("item", ["PUBLIC_FINANCE", "CIVIL_SERVICE"])
def test_reform_beyond_procedures_is_assessed(item):
    good = domain.Assessment(item=item, rating="GOOD", strength=True)

    given(INSPECTION, *AT_THE_UNIT).when(assess, assessment=good).then(
        replace(ASSESSED, assessment=good)
    )


def test_the_same_assessment_again_is_ignored():
    given(INSPECTION, *VISITED).when(assess).then_nothing()


def test_assessing_anew_replaces():
    fair = replace(PLAN_ON_TIME, rating="FAIR")
    anew = replace(ASSESSED, assessment=fair)

    given(INSPECTION, *AT_THE_UNIT, ASSESSED).when(assess, assessment=fair).then(anew)
    given(INSPECTION, *AT_THE_UNIT, ASSESSED, anew).when(assess).then(ASSESSED)


def test_what_the_plan_does_not_inspect_is_not_assessed():
    other = replace(PLAN_ON_TIME, item="IMPACT_ASSESSMENT")

    given(INSPECTION, *AT_THE_UNIT).when(assess, assessment=other).then_refused(
        "item-not-in-plan"
    )


@pytest.mark.parametrize("verb", [assess, record, look_again, complete])
def test_nothing_is_seen_before_the_team_arrives(verb):
    given(INSPECTION, PLANNED, NOTIFIED).when(verb).then_refused("visit-not-started")


@pytest.mark.parametrize(
    "verb",
    [
        partial(assess, assessment=replace(PLAN_ON_TIME, rating="WEAK")),
        partial(record, metric=ONLINE),
        look_again,
        partial(complete, points=()),
    ],
)
def test_nothing_is_seen_after_the_visit(verb):
    given(INSPECTION, *VISITED).when(verb).then_refused("visit-completed")


def test_evidence_of_an_assessment_has_the_hash_of_its_file():
    bare = replace(PLAN_ON_TIME, evidence=(UNHASHED,))

    given(INSPECTION, *AT_THE_UNIT).when(assess, assessment=bare).then_refused(
        "evidence-without-hash"
    )


@pytest.mark.seed("2.8")
@pytest.mark.parametrize("code", ["OVERDUE_OPEN", "FINISHED_LATE"])
def test_open_overdue_and_finished_late_are_figures_of_their_own(code):
    zero = replace(NONE_OVERDUE, code=code)

    given(INSPECTION, *AT_THE_UNIT).when(record, metric=zero).then(
        replace(NONE_LATE, metric=zero)
    )


@pytest.mark.seed("2.9")
@pytest.mark.parametrize(
    "code", ["ONLINE_DOSSIERS", "ONLINE_PAID", "DIGITISED", "E_DOCUMENTS", "E_COPIES"]
)
def test_a_percentage_keeps_its_terms(code):
    figure = replace(ONLINE, code=code)

    given(INSPECTION, *AT_THE_UNIT).when(record, metric=figure).then(
        replace(NONE_LATE, metric=figure)
    )


@pytest.mark.seed("2.10")
def test_late_tasks_name_the_system_they_were_read_from():
    tasks = replace(NONE_OVERDUE, code="LATE_TASKS", source_system="giao-viec")

    given(INSPECTION, *AT_THE_UNIT).when(record, metric=tasks).then(
        replace(NONE_LATE, metric=tasks)
    )


def test_the_same_figure_again_is_ignored():
    given(INSPECTION, *AT_THE_UNIT, NONE_LATE).when(record).then_nothing()


def test_a_corrected_figure_replaces():
    corrected = replace(NONE_OVERDUE, numerator=1)
    again = replace(NONE_LATE, metric=corrected)

    given(INSPECTION, *AT_THE_UNIT, NONE_LATE).when(record, metric=corrected).then(
        again
    )


@pytest.mark.parametrize(
    ("numerator", "denominator", "code"),
    [
        (-1, None, "metric-negative"),
        (0, -1, "metric-negative"),
        (499, 498, "numerator-above-denominator"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(numerator, denominator, code):
    figure = replace(ONLINE, numerator=numerator, denominator=denominator)

    given(INSPECTION, *AT_THE_UNIT).when(record, metric=figure).then_refused(code)


@pytest.mark.seed("2.12")
def test_an_item_of_earlier_inspections_is_looked_at_again():
    given(INSPECTION, *AT_THE_UNIT).when(look_again).then(LOOKED_AT_AGAIN)


def test_the_same_look_at_an_earlier_item_is_ignored():
    given(INSPECTION, *AT_THE_UNIT, LOOKED_AT_AGAIN).when(look_again).then_nothing()


def test_a_practice_that_the_unit_follows_is_noted_once():
    given(INSPECTION, PLANNED).when(note).then(NOTED)
    given(INSPECTION, PLANNED, NOTED).when(note).then_nothing()


@pytest.mark.seed("2.5")
def test_a_completed_visit_says_what_it_saw():
    given(INSPECTION, *AT_THE_UNIT, ASSESSED, NONE_LATE, RAISED, NOTED).when(
        complete
    ).then(COMPLETED)


def test_a_visit_is_completed_once():
    given(INSPECTION, *VISITED).when(complete).then_nothing()


def test_a_visit_that_assessed_nothing_is_not_completed():
    given(INSPECTION, *AT_THE_UNIT, NONE_LATE, RAISED).when(complete).then_refused(
        "nothing-assessed"
    )


def test_a_visit_counts_for_the_day_on_which_it_started():
    assert COMPLETED.visited_on == VISIT_DAY == date(2023, 5, 22)
