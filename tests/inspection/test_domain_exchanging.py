"""Rules between unit and team: reports, data, guidance, explanations; the desk."""

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
    ASSESSED,
    AT_THE_UNIT,
    CALENDAR,
    CLOCK,
    CONCLUDED,
    DUE,
    FILE,
    ISSUE_DAY,
    PERSON,
    PLAN_ON_TIME,
    PLANNED,
    RAISED,
    REMEDY,
    ROUND_END,
    ROUND_OVER,
    SIGNED,
    VISIT_DAY,
    VISITED,
    WITHDRAWN,
)
from tests.inspection.examples_course import (
    AT_THE_DESK,
    CONFIRMED,
    DATA,
    DESK,
    DESK_REPORT,
    EXPLAINED,
    EXPLAINING,
    GUIDED,
    ID,
    MONITORED,
    ORDERED,
    PATIENT,
    PLANNED_ON,
    POSTPONED,
    REPORT,
    REPORT_COUNTED,
    ROUND_ID,
    SURPRISE,
)

receive = partial(
    domain.receive_report,
    document_number="45/BC-UBND",
    sha256=FILE,
    received_on=None,
    today=REPORT.received_on,
    calendar=CALENDAR,
)
attach = partial(
    domain.attach_monitoring_data,
    source_system="bo-chi-so-766",
    data=DATA,
    period="2023-Q1",
    summary=MONITORED.summary,
    on=PLANNED_ON,
)
guide = partial(
    domain.give_guidance,
    guidance_id="G-1",
    text=GUIDED.text,
    item="PUBLICATION",
    to_roles=("ONE_STOP_OFFICER",),
    on=VISIT_DAY,
    by=PERSON,
)
explain = partial(
    domain.explain,
    explanation_id="GT-1",
    finding_ids=("F-07-1",),
    text=EXPLAINED.text,
    evidence=(),
    document_number="50/GT-UBND",
    on=EXPLAINED.submitted_on,
)
confirm = partial(
    domain.confirm_finding,
    finding_id="F-07-1",
    remark=CONFIRMED.remark,
    on=CONFIRMED.confirmed_on,
)
conclude = partial(
    domain.issue_conclusion,
    document_number="67/TB-UBND",
    recommendations=(REMEDY,),
    no_action=(),
    issued_on=None,
    today=ISSUE_DAY,
)
assess = partial(domain.assess_content, assessment=PLAN_ON_TIME, by=PERSON)
CONCLUDED_DESK = (*AT_THE_DESK, ASSESSED, RAISED, CLOCK)


@pytest.mark.parametrize("verb", [receive, attach, guide, explain, confirm])
def test_nothing_is_exchanged_where_nothing_was_ordered(verb):
    given(INSPECTION).when(verb).then_refused("unknown-inspection")


@pytest.mark.capability("C9")
def test_the_unit_s_report_comes_some_working_days_before_the_visit():
    given(INSPECTION, PLANNED).when(receive).then(REPORT)
    given(INSPECTION, PLANNED, REPORT).when(receive).then_nothing()


def test_a_late_report_is_taken_and_said_to_be_late():
    late = REPORT.received_on + timedelta(days=1)

    given(INSPECTION, PLANNED).when(receive, today=late).then(
        replace(REPORT, received_on=late, late=True)
    )


def test_a_visit_that_was_put_off_gives_the_report_time():
    [report] = receive(INSPECTION.fold([PLANNED, POSTPONED]), today=date(2023, 5, 19))

    assert (report.due_on, report.late) == (date(2023, 5, 19), False)


@pytest.mark.parametrize(
    ("history", "change", "code"),
    [
        ((PLANNED,), {"sha256": "0"}, "evidence-without-hash"),
        ((PLANNED,), {"received_on": date(2023, 5, 19)}, "report-in-future"),
        ((PLANNED, REPORT), {"document_number": "46"}, "report-received-otherwise"),
        ((ORDERED,), {}, "unannounced-without-report"),
    ],
)
def test_a_report_is_one_document_of_a_unit_that_knows(history, change, code):
    given(INSPECTION, *history).when(receive, **change).then_refused(code)


@pytest.mark.seed("1.10")
def test_a_unit_that_was_surprised_may_report_afterwards():
    [report] = receive(INSPECTION.fold([ORDERED, SURPRISE]), today=VISIT_DAY)

    assert (report.due_on, report.late, report.before_visit) == (None, False, False)


@pytest.mark.seed("3.13")
def test_at_the_desk_report_and_monitoring_data_stand_for_a_visit():
    given(INSPECTION, DESK).when(receive, today=PLANNED_ON).then(DESK_REPORT)
    given(INSPECTION, DESK, DESK_REPORT).when(attach).then(MONITORED)
    given(INSPECTION, *AT_THE_DESK).when(assess).then(ASSESSED)
    given(INSPECTION, *AT_THE_DESK, ASSESSED).when(
        domain.raise_finding, finding=RAISED.finding, on=VISIT_DAY, by=PERSON
    ).then(RAISED)


@pytest.mark.seed("3.13")
def test_at_the_desk_the_conclusion_rests_on_report_and_data():
    given(INSPECTION, *CONCLUDED_DESK).when(conclude).then(
        replace(CONCLUDED, mode="INDIRECT")
    )


@pytest.mark.parametrize(
    ("history", "code"),
    [
        ((DESK, CLOCK), "conclusion-without-report"),
        ((DESK, DESK_REPORT, ASSESSED, CLOCK), "conclusion-without-monitoring-data"),
        ((*AT_THE_DESK, CLOCK), "nothing-assessed"),
        ((*AT_THE_DESK, ASSESSED), "round-not-ended"),
        ((PLANNED, REPORT, MONITORED, ASSESSED, CLOCK), "conclusion-without-minutes"),
    ],
)
def test_a_conclusion_rests_on_minutes_or_at_the_desk_on_report_and_data(history, code):
    given(INSPECTION, *history).when(
        conclude, recommendations=(), no_action=()
    ).then_refused(code)


@pytest.mark.parametrize(
    "verb",
    [
        partial(domain.start_visit, at=ARRIVAL, site=None, by=PERSON),
        partial(domain.complete_visit, points=()),
        partial(domain.visit_point, point="Phòng Nội vụ", at=ARRIVAL, by=PERSON),
        partial(
            domain.sign_minutes,
            document_number="07/BB",
            sha256=FILE,
            signed_by_unit_ref=None,
            on=VISIT_DAY,
        ),
    ],
)
def test_at_the_desk_nobody_visits(verb):
    given(INSPECTION, *AT_THE_DESK).when(verb).then_refused(
        "desk-inspection-has-no-visit"
    )


def test_at_the_desk_nothing_is_seen_before_the_report_or_after_the_conclusion():
    given(INSPECTION, DESK, MONITORED).when(assess).then_refused("report-not-received")
    given(INSPECTION, *CONCLUDED_DESK[:-2], CLOCK, CONCLUDED).when(
        assess, assessment=replace(PLAN_ON_TIME, rating="FAIR")
    ).then_refused("already-concluded")


def test_a_round_takes_a_report_for_a_visit():
    count = partial(
        domain.count_report,
        round_id=ROUND_ID,
        inspection_id=ID,
        received_on=PLANNED_ON,
    )

    given(ROUND, *ALL_SEEN[:-1]).when(count).then(REPORT_COUNTED)
    given(ROUND, *ALL_SEEN[:-1], REPORT_COUNTED).when(count).then_nothing()
    [ended] = domain.end_round(
        ROUND.fold([*ALL_SEEN[:-1], REPORT_COUNTED]), ended_on=None, today=ROUND_END
    )
    assert ended.inspection_ids == ("I-2023-HN-06", ID)


def test_monitoring_data_are_put_to_the_file_once():
    given(INSPECTION, PLANNED).when(attach).then(MONITORED)
    given(INSPECTION, PLANNED, MONITORED).when(attach).then_nothing()
    given(INSPECTION, PLANNED, MONITORED).when(attach, period="2023-Q2").then_refused(
        "data-attached-otherwise"
    )
    given(INSPECTION, PLANNED).when(attach, data=replace(DATA, sha256="")).then_refused(
        "evidence-without-hash"
    )
    given(INSPECTION, *ROUND_OVER, CONCLUDED).when(attach).then_refused(
        "already-concluded"
    )


@pytest.mark.seed("0.5")
def test_guidance_on_the_spot_is_no_finding():
    given(INSPECTION, *AT_THE_UNIT).when(guide).then(GUIDED)
    given(INSPECTION, *AT_THE_UNIT, GUIDED).when(guide).then_nothing()

    assert INSPECTION.fold([*AT_THE_UNIT, GUIDED]).findings == {}


@pytest.mark.parametrize(
    ("history", "change", "code"),
    [
        ((PLANNED,), {}, "visit-not-started"),
        ((DESK,), {}, "report-not-received"),
        ((*AT_THE_UNIT, GUIDED), {"text": "Khác"}, "guidance-given-otherwise"),
        ((*ROUND_OVER, CONCLUDED), {}, "already-concluded"),
    ],
)
def test_guidance_belongs_to_the_inspection(history, change, code):
    given(INSPECTION, *history).when(guide, **change).then_refused(code)


@pytest.mark.capability("C15")
def test_the_unit_answers_findings_before_the_conclusion():
    given(INSPECTION, *VISITED, SIGNED, CLOCK).when(explain).then(EXPLAINED)
    given(INSPECTION, *ROUND_OVER, EXPLAINED).when(explain).then_nothing()
    given(INSPECTION, *ROUND_OVER).when(explain, finding_ids=()).then(
        replace(EXPLAINED, finding_ids=())
    )


@pytest.mark.parametrize(
    ("history", "change", "code"),
    [
        ((*ROUND_OVER, CONCLUDED), {}, "already-concluded"),
        (AT_THE_UNIT, {}, "unknown-finding"),
        ((PLANNED,), {}, "visit-not-started"),
        ((*ROUND_OVER, WITHDRAWN), {}, "unknown-finding"),
        ((*ROUND_OVER, EXPLAINED), {"text": "Khác"}, "explained-otherwise"),
        (
            ROUND_OVER,
            {"evidence": (replace(DATA, sha256=""),)},
            "evidence-without-hash",
        ),
    ],
)
def test_an_explanation_is_about_findings_that_stand(history, change, code):
    given(INSPECTION, *history).when(explain, **change).then_refused(code)


def test_the_window_of_explanations_is_the_plan_s():
    [clock] = domain.start_clock(
        INSPECTION.fold([PATIENT]), ended_on=ROUND_END, calendar=CALENDAR
    )

    assert clock.explanation_until == date(2023, 5, 26)
    assert clock.due_on == DUE


@pytest.mark.capability("C15")
def test_no_conclusion_while_the_unit_may_still_explain_and_has_not():
    waiting = (PATIENT, *ROUND_OVER[1:-1], EXPLAINING)
    soon, after = date(2023, 5, 26), date(2023, 5, 27)
    told = replace(CONCLUDED, issued_on=soon)

    given(INSPECTION, *waiting).when(conclude, today=soon).then_refused(
        "explanation-window-open"
    )
    given(INSPECTION, *waiting, EXPLAINED).when(conclude, today=soon).then(told)
    given(INSPECTION, *waiting).when(
        conclude, today=soon, explanation_waived=True
    ).then(replace(told, explanation_waived=True))
    given(INSPECTION, *waiting).when(conclude, today=after).then(
        replace(CONCLUDED, issued_on=after)
    )


def test_an_explanation_after_its_window_is_late_and_counts():
    late = date(2023, 5, 29)
    waiting = (PATIENT, *ROUND_OVER[1:-1], EXPLAINING)

    given(INSPECTION, *waiting).when(explain, on=late).then(
        replace(EXPLAINED, submitted_on=late, late=True)
    )


def test_a_finding_is_held_on_to_once():
    given(INSPECTION, *VISITED, EXPLAINED).when(confirm).then(CONFIRMED)
    given(INSPECTION, *VISITED, CONFIRMED).when(confirm).then_nothing()


@pytest.mark.parametrize(
    ("history", "code"),
    [
        (AT_THE_UNIT, "unknown-finding"),
        ((*VISITED, WITHDRAWN), "finding-withdrawn"),
        ((*ROUND_OVER, CONCLUDED), "already-concluded"),
    ],
)
def test_only_a_finding_that_stands_is_held_on_to(history, code):
    given(INSPECTION, *history).when(confirm).then_refused(code)
