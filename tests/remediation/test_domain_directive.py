"""What a round asks without a date: recorded once, never due."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from services.chassis.testing import given
from services.remediation import domain
from services.remediation.handlers import DIRECTIVE
from tests.remediation.examples import DUTY, OPEN, REPLICATION
from tests.remediation.turns import ADOPTED, MEASURED


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(REPLICATION, marks=pytest.mark.seed("2.20")),
        pytest.param(DUTY, marks=pytest.mark.seed("2.21")),
        pytest.param(OPEN, marks=pytest.mark.seed("2.23")),
    ],
)
def test_what_is_asked_without_a_date_is_recorded_once(words):
    given(DIRECTIVE).when(domain.direct, words=words).then(words)
    given(DIRECTIVE, words).when(domain.direct, words=words).then_nothing()


def test_a_directive_is_not_given_otherwise():
    given(DIRECTIVE, DUTY).when(domain.direct, words=REPLICATION).then_refused(
        "directive-given-otherwise"
    )


# who follows

adopt = partial(
    domain.adopt,
    by_agency="hn-an-loc",
    on=date(2023, 7, 3),
    today=date(2023, 7, 3),
    remark=ADOPTED.remark,
)
measure = partial(
    domain.measure,
    agency_id="hn-an-loc",
    metric=MEASURED.metric,
    before=41.5,
    after=63.0,
    on=date(2023, 9, 29),
    source_system=MEASURED.source_system,
)


@pytest.mark.seed("1.4")
@pytest.mark.capability("C16")
def test_a_unit_of_the_scope_takes_the_practice_over_once():
    given(DIRECTIVE, REPLICATION).when(adopt).then(ADOPTED)
    given(DIRECTIVE, REPLICATION, ADOPTED).when(adopt).then_nothing()


@pytest.mark.parametrize(
    ("history", "also", "code"),
    [
        ([], {}, "unknown-replication"),
        ([DUTY], {}, "unknown-replication"),
        ([REPLICATION], {"by_agency": "hn-an-lac"}, "not-in-scope"),
        ([REPLICATION], {"on": date(2023, 7, 4)}, "adopted-later"),
    ],
)
def test_what_nobody_was_asked_to_take_over_is_refused(history, also, code):
    given(DIRECTIVE, *history).when(adopt, **also).then_refused(code)


@pytest.mark.capability("C16")
def test_what_it_changed_is_said_in_figures():
    given(DIRECTIVE, REPLICATION, ADOPTED).when(measure).then(MEASURED)
    given(DIRECTIVE, REPLICATION, ADOPTED, MEASURED).when(measure).then_nothing()


@pytest.mark.parametrize(
    ("history", "code"),
    [([], "unknown-replication"), ([REPLICATION], "not-adopted")],
)
def test_what_was_not_taken_over_changed_nothing(history, code):
    given(DIRECTIVE, *history).when(measure).then_refused(code)


def test_a_replication_that_is_asked_of_nobody_is_refused():
    given(DIRECTIVE).when(
        domain.direct, words=replace(REPLICATION, scope=())
    ).then_refused("replication-without-scope")


def test_a_replication_asked_for_again_on_another_day_is_ignored():
    later = replace(REPLICATION, directed_on=date(2023, 7, 1))

    given(DIRECTIVE, REPLICATION).when(domain.direct, words=later).then_nothing()
