"""What inspection tells, and what it keeps."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.catalogue import CATALOGUE, topic_of
from services.inspection.handlers import (
    CHECKLIST,
    INSPECTION,
    MEMORY,
    PRACTICE,
    ROUND,
    STANDING,
)
from services.inspection.publishing import SAME, publish
from tests.inspection import (
    examples_closing,
    examples_contents,
    examples_course,
    merging,
)
from tests.inspection.examples import (
    ASSESSED,
    BACKLOG,
    CLOCK,
    COMPLETED,
    CONCLUDED,
    ENDED,
    IN_SEPTEMBER,
    LOOKED_AT_AGAIN,
    NO_ACTION,
    NONE_LATE,
    NONE_OVERDUE,
    NOTED,
    NOTIFIED,
    OVERDUE,
    PERSON,
    PLANNED,
    POSTING,
    QR,
    RAISED,
    REFERRED,
    REQUESTED,
    ROUND_PLANNED,
    SIGNED,
    STARTED,
    TAN_HOI,
    TAN_HOI_SEEN,
    UNSIGNED,
    VERTICAL,
    VISIT_DAY,
    WITHDRAWN,
    raised,
)

STREAMS = (INSPECTION, ROUND, PRACTICE, CHECKLIST, MEMORY, STANDING)
PRIVATE = (
    *examples_course.PRIVATE,
    *examples_closing.PRIVATE,
    merging.MERGED,
    *examples_contents.PRIVATE,
    PLANNED,
    NOTED,
    CLOCK,
    ROUND_PLANNED,
    TAN_HOI,
    TAN_HOI_SEEN,
)
TOLD = (
    *examples_course.TOLD,
    *examples_closing.TOLD,
    merging.TRANSFERRED,
    merging.REQUIRED,
    *examples_contents.TOLD,
    ASSESSED,
    COMPLETED,
    CONCLUDED,
    ENDED,
    LOOKED_AT_AGAIN,
    NONE_LATE,
    NOTIFIED,
    OVERDUE,
    QR,
    RAISED,
    REFERRED,
    REQUESTED,
    SIGNED,
    STARTED,
    UNSIGNED,
    WITHDRAWN,
)


@pytest.mark.parametrize("event", TOLD, ids=lambda event: type(event).__name__)
def test_an_event_is_told_under_its_own_name(event):
    [told] = publish(event)

    assert type(told).__name__ == type(event).__name__
    assert CATALOGUE[told.TYPE] is type(told)
    assert topic_of(told.TYPE) == "inspection.events.v1"


@pytest.mark.parametrize("event", TOLD, ids=lambda event: type(event).__name__)
def test_what_is_told_is_the_same_each_time(event):
    assert publish(event) == publish(event)


@pytest.mark.parametrize("event", PRIVATE, ids=lambda event: type(event).__name__)
def test_what_inspection_only_noted_for_itself_is_private(event):
    assert publish(event) == []


def test_every_event_is_either_told_or_private():
    every = {event for kind in STREAMS for event in kind.events}

    assert {type(event) for event in (*TOLD, *PRIVATE)} == every
    assert set(SAME) <= every


def test_everything_that_the_contract_names_is_told():
    told = {publish(event)[0].TYPE for event in TOLD}
    told |= {"inspection.unannounced-inspection-cancelled.v1"}  # of one undisclosed

    assert told == {kind for kind in CATALOGUE if kind.startswith("inspection.")}


def test_a_completed_visit_is_told_with_all_that_it_saw():
    [told] = publish(COMPLETED)

    assert told.model_dump() == {
        "inspection_id": "I-2023-HN-07",
        "plan_id": "KH-2023-HN",
        "agency_id": "hn-tan-hoi",
        "programmes": ("PAR", "TTHC_CONTROL"),
        "visited_on": VISIT_DAY,
        "points": ("Bộ phận Một cửa",),
        "team_id": "T-2023-HN",
        "contents_assessed": ("DIRECTION",),
        "metrics": (
            {
                "code": NONE_OVERDUE.code,
                "numerator": 0,
                "denominator": None,
                "as_of": VISIT_DAY,
                "source_system": NONE_OVERDUE.source_system,
            },
        ),
        "findings": 1,
        "good_practices": 1,
        "basis": "PLANNED",
        "mode": "DIRECT",
        "carried_left": (),
    }


def test_a_finding_is_told_with_who_answers_for_it():
    [told] = publish(RAISED)

    assert told.responsible.model_dump() == {
        "agency_id": "hn-tan-hoi",
        "head_ref": "p-71",
        "roles": ("FOCAL_OFFICER",),
        "person_ref": None,
        "head_title": None,
        "head_source": "OFFICER",
    }
    assert told.evidence[0].model_dump() == {
        "reference": "phieu-kiem-tra-01",
        "sha256": RAISED.finding.evidence[0].sha256,
    }
    assert (told.raised_on, told.item, told.details) == (
        VISIT_DAY,
        "PROCEDURE_REVIEW",
        {},
    )


@pytest.mark.seed("2.15", "2.16", "2.17")
def test_a_finding_is_told_with_its_checks_its_list_and_its_period():
    [posting], [vertical], [backlog] = (
        publish(raised(finding)) for finding in (POSTING, VERTICAL, BACKLOG)
    )

    assert [check["code"] for check in posting.checks] == [
        "POSTED_IN_TIME",
        "PAGES_NUMBERED",
        "DECISION_SHOWN",
    ]
    assert vertical.details["approved_list"]["missing_codes"] == [
        "1.001612",
        "2.000884",
    ]
    assert backlog.details == {"backlog_until": "2022-12-31"}


@pytest.mark.seed("2.6")
def test_a_strength_is_told_with_its_evidence():
    [told] = publish(ASSESSED)

    assert (told.item, told.rating, told.strength) == ("DIRECTION", "GOOD", True)
    assert told.evidence[0].reference == "phieu-kiem-tra-01"


def test_a_conclusion_is_told_with_its_recommendations_and_the_plans_policy():
    event = replace(
        CONCLUDED, recommendations=(IN_SEPTEMBER,), no_action=(NO_ACTION,), late=True
    )

    [told] = publish(event)

    [asked] = told.recommendations
    assert asked.due_rule.model_dump(exclude_none=True) == {
        "kind": "END_OF_MONTH",
        "year": 2023,
        "month": 9,
    }
    assert told.no_action == ("F-07-1",)
    assert told.remedy_policy.superior_id == "hong-ngu"
    assert (told.late, told.due_on, told.inspector_refs) == (
        True,
        date(2023, 6, 13),
        (PERSON,),
    )


def test_the_unit_is_told_the_first_day_of_the_window_where_no_day_is_planned():
    terms = replace(NOTIFIED.terms, planned_on=None)
    open_day = replace(NOTIFIED, terms=terms, planned_on=None)

    [told] = publish(open_day)

    assert told.planned_on == date(2023, 5, 9)


def test_who_acted_is_not_told():
    for event in (STARTED, ASSESSED, RAISED, SIGNED):
        [told] = publish(event)
        assert not {"by", "signed_by_unit_ref"} & set(told.model_dump())


def test_the_words_of_a_request_reach_its_addressees():
    [told] = publish(REQUESTED)

    assert told.addressees == ("hn-binh-thanh", "hn-tan-hoi")
    assert [(r.kind, r.practice_id, r.verifiable) for r in told.requests] == [
        ("STANDING_DUTY", None, False),
        ("REPLICATION", "GP-1", False),
        ("RECOMMENDATION", None, False),
    ]


def test_a_domain_event_that_is_told_names_its_inspection():
    assert all(
        event.inspection_id == "I-2023-HN-07"
        for event in TOLD
        if isinstance(event, INSPECTION.events)
    )
