"""Rules of what becomes of a finding: put right at once, who leads, asked upward."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import INSPECTION
from tests.inspection import examples_contents as it
from tests.inspection.examples import (
    ASSESSED,
    AT_THE_UNIT,
    COMPLETED,
    CONCLUDED,
    ISSUE_DAY,
    NO_ACTION,
    PERSON,
    PLANNED,
    RAISED,
    REMEDY,
    REVIEW,
    ROUND_OVER,
    SHEET,
    UNHASHED,
    VISIT_DAY,
    WITHDRAWN,
    raised,
)

rectify = partial(
    domain.rectify_on_site,
    finding_id="F-07-1",
    how=it.RECTIFIED.how,
    evidence=(SHEET,),
    on=VISIT_DAY,
    by=PERSON,
)
determine = partial(
    domain.determine_accountability, head=it.LIABLE, on=VISIT_DAY, by=PERSON
)
conclude = partial(
    domain.issue_conclusion,
    document_number=CONCLUDED.document_number,
    recommendations=(REMEDY,),
    no_action=(),
    issued_on=ISSUE_DAY,
    today=ISSUE_DAY,
)
FOUND = (*AT_THE_UNIT, RAISED)


@pytest.mark.seed("0.6")
@pytest.mark.capability("C14")
def test_a_finding_is_put_right_on_the_spot():
    given(INSPECTION, *FOUND).when(rectify).then(it.RECTIFIED)
    later = VISIT_DAY + timedelta(days=1)
    given(INSPECTION, *FOUND, it.RECTIFIED).when(rectify, on=later).then_nothing()


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        ((), {}, "unknown-inspection"),
        (AT_THE_UNIT, {}, "unknown-finding"),
        ((*FOUND, WITHDRAWN), {}, "finding-withdrawn"),
        (FOUND, {"evidence": ()}, "rectified-without-evidence"),
        (FOUND, {"evidence": (UNHASHED,)}, "evidence-without-hash"),
        ((*FOUND, it.RECTIFIED), {"how": "Khác"}, "finding-rectified-otherwise"),
        ((*FOUND, ASSESSED, COMPLETED), {}, "visit-completed"),
    ],
)
def test_a_finding_is_not_put_right_otherwise(history, changed, code):
    given(INSPECTION, *history).when(rectify, **changed).then_refused(code)


@pytest.mark.seed("0.6")
@pytest.mark.capability("C17")
def test_a_conclusion_names_what_was_put_right_and_asks_for_nothing_more():
    on_the_spot = (*ROUND_OVER[:-3], it.RECTIFIED, *ROUND_OVER[-3:])

    given(INSPECTION, *on_the_spot).when(conclude, recommendations=()).then(
        replace(CONCLUDED, recommendations=(), rectified=("F-07-1",))
    )
    given(INSPECTION, *ROUND_OVER).when(conclude, recommendations=()).then_refused(
        "finding-unanswered"
    )


@pytest.mark.seed("1.11")
@pytest.mark.capability("C14")
def test_how_far_the_head_answers_is_determined_until_the_conclusion():
    less = replace(it.LIABLE, liability="INDIRECT", head_ref=None)

    given(INSPECTION, *FOUND).when(determine).then(it.DETERMINED)
    given(INSPECTION, *FOUND, it.DETERMINED).when(determine).then_nothing()
    given(INSPECTION, *FOUND, it.DETERMINED).when(determine, head=less).then(
        replace(it.DETERMINED, head=less)
    )


@pytest.mark.parametrize(
    ("history", "code"),
    [
        ((), "unknown-inspection"),
        (AT_THE_UNIT, "unknown-finding"),
        ((*FOUND, WITHDRAWN), "finding-withdrawn"),
        ((*ROUND_OVER, CONCLUDED), "already-concluded"),
    ],
)
def test_how_far_the_head_answers_is_not_determined_otherwise(history, code):
    given(INSPECTION, *history).when(determine).then_refused(code)


@pytest.mark.seed("1.11", "4.2")
def test_a_conclusion_says_which_heads_answer():
    heard = (*ROUND_OVER, it.DETERMINED)

    given(INSPECTION, *heard).when(conclude).then(
        replace(CONCLUDED, accountability=(it.DETERMINED.head,))
    )


@pytest.mark.seed("3.4")
@pytest.mark.capability("C18")
def test_a_conclusion_asks_upward_too():
    given(INSPECTION, *ROUND_OVER).when(conclude, upward=(it.UPWARD,)).then(
        replace(CONCLUDED, upward=(it.UPWARD,))
    )
    told = replace(CONCLUDED, upward=(it.UPWARD,))
    given(INSPECTION, *ROUND_OVER, told).when(
        conclude, upward=(it.UPWARD,)
    ).then_nothing()
    given(INSPECTION, *ROUND_OVER, told).when(conclude).then_refused(
        "already-concluded"
    )


@pytest.mark.seed("3.4")
@pytest.mark.capability("C18")
def test_a_conclusion_may_say_by_when_a_higher_level_is_to_answer():
    by_september = replace(
        it.UPWARD, due=domain.DueRule(kind="END_OF_MONTH", year=2023, month=9)
    )

    given(INSPECTION, *ROUND_OVER).when(conclude, upward=(by_september,)).then(
        replace(CONCLUDED, upward=(by_september,))
    )


@pytest.mark.parametrize(
    ("due", "code"),
    [
        (domain.DueRule(kind="DAYS", n=30), "due-rule-incomplete"),
        (domain.DueRule(kind="BY_DATE", on=date(2023, 6, 1)), "due-before-conclusion"),
    ],
)
def test_a_day_above_that_is_none_is_refused(due, code):
    asked = replace(it.UPWARD, due=due)

    given(INSPECTION, *ROUND_OVER).when(conclude, upward=(asked,)).then_refused(code)


@pytest.mark.parametrize(
    "upward",
    [
        (it.UPWARD, it.UPWARD),
        (replace(it.UPWARD, recommendation_id=REMEDY.recommendation_id),),
    ],
)
def test_an_id_stands_for_one_recommendation_only(upward):
    given(INSPECTION, *ROUND_OVER).when(conclude, upward=upward).then_refused(
        "recommendation-twice"
    )


def test_what_was_put_right_may_be_dropped_in_words_all_the_same():
    on_the_spot = (*ROUND_OVER[:-3], it.RECTIFIED, *ROUND_OVER[-3:])

    given(INSPECTION, *on_the_spot).when(
        conclude, recommendations=(), no_action=(NO_ACTION,)
    ).then(
        replace(
            CONCLUDED,
            recommendations=(),
            no_action=(NO_ACTION,),
            rectified=("F-07-1",),
        )
    )


@pytest.mark.seed("3.2", "0.12", "1.11")
@pytest.mark.capability("C14")
def test_a_finding_keeps_its_cause_a_measure_and_who_answers():
    told = replace(
        REVIEW,
        cause_kind="SUBJECTIVE",
        proposed_measure="Phân công công chức đầu mối theo dõi",
        person_ref="p-72",
        roles=("FOCAL_OFFICER", "ONE_STOP_OFFICER", "SPECIALIST"),
    )

    given(INSPECTION, *AT_THE_UNIT).when(
        domain.raise_finding, finding=told, on=VISIT_DAY, by=PERSON
    ).then(raised(told))
    assert told.unusual_roles == ()


def test_a_role_that_no_text_names_is_said_and_not_refused():
    told = replace(REVIEW, roles=("FOCAL_OFFICER", "DRIVER"))

    [event] = domain.raise_finding(
        INSPECTION.fold(AT_THE_UNIT), finding=told, on=VISIT_DAY, by=PERSON
    )

    assert event.finding.unusual_roles == ("DRIVER",)


@pytest.mark.parametrize(
    ("due", "code"),
    [
        (domain.DueRule(kind="BEFORE_DATE", on=ISSUE_DAY), None),
        (domain.DueRule(kind="MIDDLE_OF_MONTH", year=2023, month=9), None),
        (domain.DueRule(kind="END_OF_QUARTER", year=2023, quarter=2), None),
        (domain.DueRule(kind="START_OF_YEAR", year=2024), None),
        (domain.DueRule(kind="DAYS", n=3, unit="months"), None),
        (
            domain.DueRule(kind="END_OF_QUARTER", year=2023, quarter=1),
            "due-before-conclusion",
        ),
        (
            domain.DueRule(kind="END_OF_QUARTER", year=2023, quarter=5),
            "due-rule-incomplete",
        ),
        (
            domain.DueRule(kind="END_OF_QUARTER", year=2023, month=5),
            "due-rule-incomplete",
        ),
        (domain.DueRule(kind="END_OF_YEAR", year=2022), "due-before-conclusion"),
        (domain.DueRule(kind="START_OF_YEAR"), "due-rule-incomplete"),
    ],
)
def test_a_day_is_set_in_the_words_of_officials(due, code):
    asked = replace(REMEDY, due=due)
    scenario = given(INSPECTION, *ROUND_OVER).when(conclude, recommendations=(asked,))

    if code:
        scenario.then_refused(code)
    else:
        scenario.then(replace(CONCLUDED, recommendations=(asked,)))


report = partial(domain.report_difficulty, difficulty=it.NO_SCANNER, on=VISIT_DAY)
help_out = partial(
    domain.answer_difficulty,
    difficulty_id="VM-1",
    text=it.HELPED.text,
    document_number=it.HELPED.document_number,
    agency_id="hong-ngu",
    on=it.HELPED.answered_on,
)


@pytest.mark.seed("3.3")
@pytest.mark.capability("C18")
def test_a_difficulty_is_named_and_answered_by_its_addressee():
    given(INSPECTION, *AT_THE_UNIT).when(report).then(it.STUCK)
    given(INSPECTION, *AT_THE_UNIT, it.STUCK).when(report).then_nothing()
    given(INSPECTION, *AT_THE_UNIT, it.STUCK).when(help_out).then(it.HELPED)
    given(INSPECTION, *AT_THE_UNIT, it.STUCK, it.HELPED).when(help_out).then_nothing()


@pytest.mark.parametrize(
    ("history", "verb", "changed", "code"),
    [
        ((), report, {}, "unknown-inspection"),
        (
            (PLANNED, it.STUCK),
            report,
            {"difficulty": replace(it.NO_SCANNER, text="Khác")},
            "difficulty-reported-otherwise",
        ),
        ((PLANNED,), help_out, {}, "unknown-difficulty"),
        (
            (PLANNED, it.STUCK),
            help_out,
            {"agency_id": "hn-tan-hoi"},
            "not-the-addressee",
        ),
        (
            (PLANNED, it.STUCK, it.HELPED),
            help_out,
            {"text": "Không"},
            "difficulty-answered-otherwise",
        ),
    ],
)
def test_a_difficulty_is_not_named_or_answered_otherwise(history, verb, changed, code):
    given(INSPECTION, *history).when(verb, **changed).then_refused(code)


def test_no_difficulty_tells_of_an_unannounced_inspection():
    secret = replace(PLANNED, terms=replace(PLANNED.terms, basis="UNANNOUNCED"))

    given(INSPECTION, secret).when(report).then_refused("visit-not-started")
