"""What remediation tells the world."""

from datetime import date
from typing import get_args

import pytest

import contracts.remediation as published
from contracts.catalogue import CATALOGUE
from services.remediation import domain
from services.remediation.publishing import publish
from tests.remediation import test_domain_passing as passing
from tests.remediation.examples import (
    CLOSED,
    DIGITISE,
    DUTY,
    ESCALATED,
    ISSUED,
    OPEN,
    OVERDUE,
    REMINDED,
    REPLICATION,
    REPORTED,
    VERIFIED,
)
from tests.remediation.merging import HANDED_OVER, REQUIRED
from tests.remediation.test_domain import EXTENDED, REJECTED
from tests.remediation.test_domain_upward import DATED
from tests.remediation.test_domain_upward import LATE as UPWARD_LATE
from tests.remediation.turns import (
    ADOPTED,
    ANSWERED,
    CARRIED,
    DECIDED,
    GRANTED,
    MEASURED,
    PLANNED,
    RECALCULATED,
    REFUSED,
    REOPENED,
    REQUESTED,
    RUN,
    UPWARD,
    WAIVED,
)

EVERY = (
    ISSUED,
    REPORTED,
    VERIFIED,
    REJECTED,
    EXTENDED,
    REMINDED,
    OVERDUE,
    ESCALATED,
    CLOSED,
    DUTY,
    REPLICATION,
    OPEN,
    PLANNED,
    REQUESTED,
    REFUSED,
    RECALCULATED,
    REOPENED,
    WAIVED,
    CARRIED,
    ADOPTED,
    MEASURED,
    UPWARD,
    ANSWERED,
    HANDED_OVER,
    REQUIRED,
    UPWARD_LATE,
    passing.DECIDED,
    passing.REQUIRED,
    passing.UP_DECIDED,
    passing.UP_REQUIRED,
)
PRIVATE = (DECIDED, RUN)


def test_the_examples_are_all_that_happens():
    unions = (domain.CaseEvent, domain.DirectiveEvent, domain.UpwardEvent)
    kinds = {kind for union in unions for kind in get_args(union)}

    assert {type(event) for event in EVERY} == kinds
    assert {type(event) for event in PRIVATE} == set(get_args(domain.ActEvent))


@pytest.mark.parametrize("event", PRIVATE, ids=lambda e: type(e).__name__)
def test_what_is_decided_on_many_is_told_case_by_case(event):
    assert publish(event) == []


def test_a_recalculation_names_both_dates_and_both_calendars():
    [told] = publish(RECALCULATED)

    assert (told.previous_effective_due_on, told.effective_due_on) == (
        date(2023, 7, 5),
        date(2023, 7, 6),
    )
    assert told.previous_calendar_version != told.calendar_version


def test_an_extension_names_the_request_it_answers():
    [told] = publish(GRANTED)

    assert told.request_id == "GH-1"


@pytest.mark.parametrize("event", EVERY, ids=lambda e: type(e).__name__)
def test_everything_is_told_under_its_own_name(event):
    [told] = publish(event)

    assert type(told).__name__ == type(event).__name__
    assert CATALOGUE[told.TYPE] is type(told)
    assert type(told).model_validate_json(told.model_dump_json()) == told


@pytest.mark.seed("2.19")
def test_an_issued_recommendation_names_both_dates_and_the_calendar():
    [told] = publish(DIGITISE)

    assert told.due_rule.kind == "END_OF_MONTH"
    assert (told.due_on, told.effective_due_on, told.overdue_from) == (
        date(2023, 9, 30),
        date(2023, 10, 2),
        date(2023, 10, 3),
    )
    assert told.calendar_version == DIGITISE.terms.calendar_version


def test_an_overdue_says_what_the_interface_promises():
    [told] = publish(OVERDUE)

    assert isinstance(told, published.RemediationOverdue)
    assert told.recommendation_id == told.case_id == "RC-08"
    assert told.finding_ids == ("F-07-2",)
    assert (told.days_overdue, told.level) == (0, 0)


def test_an_extension_keeps_the_date_before():
    [told] = publish(EXTENDED)

    assert (told.previous_due_on, told.due_on) == (date(2023, 7, 5), date(2023, 7, 12))


def test_an_escalation_goes_to_whom_the_plan_names():
    [told] = publish(ESCALATED)

    assert (told.superior_id, told.level) == ("hong-ngu", 1)


def test_what_is_asked_above_is_told_with_its_day_and_without_one():
    [dated], [late], [open_] = map(publish, (DATED, UPWARD_LATE, UPWARD))

    assert (dated.due_rule.kind, dated.overdue_from) == ("DAYS", date(2023, 7, 6))
    assert (late.due_on, late.addressee) == (date(2023, 7, 5), "dong-thap")
    assert (open_.due_rule, open_.due_on) == (None, None)


def test_a_hand_over_of_a_directive_says_of_whom_it_is_asked_now():
    [told] = publish(passing.DECIDED)

    assert told.addressees == ("hn-an-loc", "vn34-x30154")
    assert (told.kind, told.decided_by) == ("STANDING_DUTY", "vn34-p82")
