"""Rules of rounds and good practices."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from services.chassis.testing import given
from services.inspection import domain
from services.inspection.handlers import PRACTICE, ROUND
from tests.inspection.examples import (
    ALL_SEEN,
    BINH_THANH,
    BINH_THANH_SEEN,
    ENDED,
    ISSUE_DAY,
    PUBLICITY,
    QR,
    REQUESTED,
    ROUND_END,
    ROUND_PLANNED,
    SELF_INSPECTION,
    SPREAD,
    TAN_HOI,
    TAN_HOI_SEEN,
    VISIT_DAY,
)

enrol = partial(
    domain.enrol,
    round_id="R-2023-HN",
    inspection_id="I-2023-HN-07",
    agency_id="hn-tan-hoi",
)
count = partial(
    domain.count_visit,
    round_id="R-2023-HN",
    inspection_id="I-2023-HN-07",
    visited_on=VISIT_DAY,
)
end = partial(domain.end_round, ended_on=None, today=ROUND_END)
ask = partial(
    domain.issue_requests,
    requests=(SELF_INSPECTION, SPREAD, PUBLICITY),
    on=ISSUE_DAY,
)
record = partial(
    domain.record_practice,
    practice_id="GP-1",
    seen_in=ROUND.fold(ALL_SEEN),
    name=QR.name,
    description=None,
    adopters=QR.adopters,
    on=ROUND_END,
)


@pytest.mark.seed("2.2")
def test_a_scheduled_round_is_taken_up_with_its_window():
    given(ROUND).when(domain.plan_round, planned=ROUND_PLANNED).then(ROUND_PLANNED)


def test_a_round_heard_of_twice_is_taken_up_once():
    given(ROUND, ROUND_PLANNED).when(
        domain.plan_round, planned=ROUND_PLANNED
    ).then_nothing()


def test_a_round_is_not_scheduled_twice_on_other_terms():
    other = replace(ROUND_PLANNED, team_id="T-2")

    given(ROUND, ROUND_PLANNED).when(domain.plan_round, planned=other).then_refused(
        "round-planned-otherwise"
    )


def test_a_unit_may_be_heard_of_before_its_round():
    given(ROUND).when(enrol).then(TAN_HOI)
    given(ROUND, TAN_HOI).when(domain.plan_round, planned=ROUND_PLANNED).then(
        ROUND_PLANNED
    )


def test_a_unit_is_enrolled_once():
    given(ROUND, ROUND_PLANNED, TAN_HOI).when(enrol).then_nothing()


def test_a_visit_is_counted_once():
    given(ROUND, ROUND_PLANNED, TAN_HOI).when(count).then(TAN_HOI_SEEN)
    given(ROUND, ROUND_PLANNED, TAN_HOI, TAN_HOI_SEEN).when(count).then_nothing()


@pytest.mark.seed("2.5")
def test_a_round_ends_once_every_unit_was_visited():
    given(ROUND, *ALL_SEEN).when(end).then(ENDED)


def test_a_round_may_end_on_a_day_that_is_named():
    given(ROUND, *ALL_SEEN).when(end, ended_on=ROUND_END, today=ISSUE_DAY).then(ENDED)


def test_a_round_ends_once():
    given(ROUND, *ALL_SEEN, ENDED).when(end, today=ISSUE_DAY).then_nothing()
    given(ROUND, *ALL_SEEN, ENDED).when(end, ended_on=ROUND_END).then_nothing()


def test_a_round_does_not_end_again_on_another_day():
    given(ROUND, *ALL_SEEN, ENDED).when(end, ended_on=ISSUE_DAY).then_refused(
        "round-ended-otherwise"
    )


def test_a_round_with_a_visit_outstanding_does_not_end():
    given(ROUND, ROUND_PLANNED, BINH_THANH, TAN_HOI, BINH_THANH_SEEN).when(
        end
    ).then_refused("visit-outstanding")


def test_a_round_does_not_end_before_it_starts():
    given(ROUND, *ALL_SEEN).when(end, ended_on=date(2023, 5, 8)).then_refused(
        "round-before-window"
    )


def test_a_round_does_not_end_on_a_day_that_is_yet_to_come():
    given(ROUND, *ALL_SEEN).when(
        end, ended_on=ROUND_END + timedelta(days=1)
    ).then_refused("round-ends-in-future")


def test_what_was_never_scheduled_does_not_end():
    given(ROUND).when(end).then_refused("unknown-round")


@pytest.mark.seed("2.20", "2.21", "2.23")
def test_all_units_are_asked_for_what_has_no_date():
    given(ROUND, *ALL_SEEN, ENDED).when(ask).then(REQUESTED)
    assert not any(request.verifiable for request in REQUESTED.requests)


def test_the_same_requests_again_are_ignored():
    later = ISSUE_DAY + timedelta(days=1)

    given(ROUND, *ALL_SEEN, ENDED, REQUESTED).when(ask, on=later).then_nothing()


def test_only_what_is_new_is_asked():
    before = replace(REQUESTED, requests=(SELF_INSPECTION,))
    rest = replace(REQUESTED, requests=(SPREAD, PUBLICITY))

    given(ROUND, *ALL_SEEN, ENDED, before).when(ask).then(rest)


def test_a_requests_id_is_not_used_for_another():
    other = replace(SELF_INSPECTION, text="Khác")

    given(ROUND, *ALL_SEEN, ENDED, REQUESTED).when(ask, requests=(other,)).then_refused(
        "request-issued-otherwise"
    )
    given(ROUND, *ALL_SEEN, ENDED).when(
        ask, requests=(SELF_INSPECTION, other)
    ).then_refused("request-issued-otherwise")


def test_nothing_is_asked_before_the_round_is_over():
    given(ROUND).when(ask).then_refused("unknown-round")
    given(ROUND, *ALL_SEEN).when(ask).then_refused("round-not-ended")


@pytest.mark.seed("2.7")
def test_a_good_practice_is_recorded_with_its_adopters():
    given(PRACTICE).when(record).then(QR)
    assert QR.adopters == ("hn-binh-thanh", "hn-tan-hoi")


def test_a_good_practice_knows_which_visits_saw_it():
    given(PRACTICE).when(record, adopters=("hn-tan-hoi", "elsewhere")).then(
        replace(
            QR,
            adopters=("hn-tan-hoi", "elsewhere"),
            inspection_ids=("I-2023-HN-07",),
        )
    )


def test_a_good_practice_is_recorded_once():
    given(PRACTICE, QR).when(record, on=ISSUE_DAY).then_nothing()


def test_a_practice_that_nobody_follows_is_not_recorded():
    given(PRACTICE).when(record, adopters=()).then_refused("practice-without-adopter")


def test_a_practices_id_is_not_used_for_another():
    given(PRACTICE, QR).when(record, name="Thanh niên hỗ trợ").then_refused(
        "practice-recorded-otherwise"
    )


def test_a_practice_belongs_to_a_round():
    given(PRACTICE).when(record, seen_in=domain.Round()).then_refused("unknown-round")
