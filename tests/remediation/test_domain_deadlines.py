"""When a recommendation is due, and the ladder on that date."""

from dataclasses import replace
from datetime import date

import pytest

from services.remediation import domain
from tests.remediation.examples import (
    CALENDAR,
    ISSUED_ON,
    POLICY,
    SEPTEMBER,
    T_DEFAULT,
    T_SEPTEMBER,
    hanoi,
    terms,
)


@pytest.mark.seed("2.19")
def test_september_2023_ends_on_a_saturday_and_is_overdue_from_the_third():
    assert T_SEPTEMBER.due_on == date(2023, 9, 30)
    assert T_SEPTEMBER.effective_due_on == date(2023, 10, 2)
    assert T_SEPTEMBER.overdue_from == date(2023, 10, 3)
    assert not T_SEPTEMBER.provisional


@pytest.mark.seed("2.19")
def test_the_ladder_of_september_2023():
    assert [(r.step.value, r.level, r.at) for r in domain.ladder(T_SEPTEMBER)] == [
        ("reminder", 0, hanoi(2023, 9, 25, 8)),
        ("overdue", 0, hanoi(2023, 10, 3)),
        ("escalation", 1, hanoi(2023, 10, 17)),
    ]


@pytest.mark.parametrize(
    ("rule", "due_on"),
    [
        ({"kind": "BY_DATE", "on": date(2023, 8, 1)}, date(2023, 8, 1)),
        ({"kind": "DAYS", "n": 15, "unit": "calendar"}, date(2023, 6, 20)),
        ({"kind": "DAYS", "n": 15, "unit": "working_days"}, date(2023, 6, 26)),
        ({"kind": "DEFAULT"}, date(2023, 7, 5)),
        ({"kind": "END_OF_MONTH", "year": 2023, "month": 8}, date(2023, 8, 31)),
        ({"kind": "BEFORE_DATE", "on": date(2023, 8, 1)}, date(2023, 7, 31)),
        ({"kind": "START_OF_MONTH", "year": 2023, "month": 8}, date(2023, 8, 1)),
        ({"kind": "MIDDLE_OF_MONTH", "year": 2023, "month": 8}, date(2023, 8, 15)),
        ({"kind": "END_OF_QUARTER", "year": 2023, "quarter": 3}, date(2023, 9, 30)),
        ({"kind": "START_OF_YEAR", "year": 2024}, date(2024, 1, 1)),
        ({"kind": "MIDDLE_OF_YEAR", "year": 2024}, date(2024, 6, 30)),
        ({"kind": "END_OF_YEAR", "year": 2023}, date(2023, 12, 31)),
        ({"kind": "DAYS", "n": 2, "unit": "weeks"}, date(2023, 6, 19)),
        ({"kind": "DAYS", "n": 3, "unit": "months"}, date(2023, 9, 5)),
        ({"kind": "DAYS", "n": 1, "unit": "years"}, date(2024, 6, 5)),
        ({"kind": "DAYS", "n": 48, "unit": "hours"}, date(2023, 6, 7)),
    ],
)
def test_each_kind_of_rule_names_its_day(rule, due_on):
    assert terms(domain.DueRule(**rule)).due_on == due_on


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "NONE"},
        {"kind": "SOON"},
        {"kind": "BY_DATE"},
        {"kind": "DAYS", "n": 3},
        {"kind": "DAYS", "n": 3, "unit": "moons"},
        {"kind": "END_OF_MONTH", "year": 2023},
        {"kind": "END_OF_QUARTER", "year": 2023},
        {"kind": "MIDDLE_OF_MONTH", "month": 7},
        {"kind": "END_OF_YEAR"},
        {"kind": "BEFORE_DATE"},
    ],
)
def test_a_rule_that_names_no_day_is_refused(rule):
    with pytest.raises(domain.RemediationRefused) as refused:
        terms(domain.DueRule(**rule))
    assert refused.value.code == "due-rule-incomplete"


@pytest.mark.seed("2.23")
@pytest.mark.parametrize(
    ("kind", "verifiable", "expected"),
    [("DEFAULT", True, True), ("NONE", True, False), ("DEFAULT", False, False)],
)
def test_what_cannot_be_verified_or_has_no_date_never_falls_due(
    kind, verifiable, expected
):
    rule = domain.DueRule(kind=kind)

    assert domain.falls_due(rule, verifiable=verifiable) is expected


def test_nobody_is_reminded_of_a_date_before_they_know_it():
    soon = domain.DueRule(kind="DAYS", n=5, unit="working")

    assert terms(soon).reminder_on is None
    assert [r.step for r in domain.ladder(terms(soon))] == [
        domain.Step.OVERDUE,
        domain.Step.ESCALATION,
    ]


def test_each_level_of_escalation_has_a_rung_in_order():
    policy = replace(POLICY, escalate_after_working_days=(20, 10))
    found = domain.settle(
        SEPTEMBER, policy, start=ISSUED_ON, known_on=ISSUED_ON, calendar=CALENDAR
    )

    assert [(r.level, r.at) for r in domain.ladder(found)[2:]] == [
        (1, hanoi(2023, 10, 17)),
        (2, hanoi(2023, 10, 31)),
    ]


def test_a_ladder_set_up_again_has_no_rung_in_the_past():
    since = hanoi(2023, 7, 4, 9)

    rungs = domain.ladder(T_DEFAULT, since=since)

    assert [r.at for r in rungs] == [since, hanoi(2023, 7, 6), hanoi(2023, 7, 20)]


def test_what_is_overdue_already_is_not_reminded():
    rungs = domain.ladder(T_DEFAULT, since=hanoi(2023, 7, 6))

    assert domain.Step.REMINDER not in {r.step for r in rungs}
