"""What remediation shows: events in, rows out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.chassis.projector import Seen
from services.chassis.projector.folding import Fold
from services.remediation.projections import PROJECTIONS
from services.remediation.queries import stated
from tests.remediation.examples import (
    CLOSED,
    DIGITISE,
    DUTY,
    ESCALATED,
    ISSUED,
    LATE,
    OPEN,
    OVERDUE,
    REMINDED,
    REPLICATION,
    REPORTED,
    REPORTED_LATE,
    VERIFIED,
    hanoi,
)
from tests.remediation.test_domain import EXTENDED, REJECTED

MOMENT = hanoi(2023, 6, 28, 8)


def shown(*events):
    fold = Fold(PROJECTIONS)
    for n, event in enumerate(events, start=1):
        fold.see(
            Seen(
                event=event,
                stream="case-RC-08",
                key="I-2023-HN-07",
                version=n,
                position=n,
                occurred_at=MOMENT,
                recorded_at=MOMENT + timedelta(days=3),
            )
        )
    return fold


def case(*events):
    [row] = shown(ISSUED, *events).rows("cases")
    return stated(row)


@pytest.mark.seed("2.19")
def test_a_new_case_is_open_and_shows_its_dates():
    [row] = shown(DIGITISE).rows("cases")

    assert (
        stated(row).items()
        >= {
            "state": "open",
            "step": "open",
            "due_on": date(2023, 9, 30),
            "effective_due_on": date(2023, 10, 2),
            "original_due_on": date(2023, 9, 30),
            "overdue_from": date(2023, 10, 3),
            "late": False,
            "overdue": False,
            "escalation_level": 0,
            "due_rule": {"kind": "END_OF_MONTH", "year": 2023, "month": 9},
        }.items()
    )


@pytest.mark.parametrize(
    ("events", "state", "step"),
    [
        ((REMINDED,), "open", "open"),
        ((REPORTED,), "open", "reported"),
        ((REPORTED, REJECTED), "open", "rejected"),
        ((OVERDUE,), "overdue", "open"),
        ((OVERDUE, REPORTED_LATE), "overdue", "reported"),
        ((OVERDUE, EXTENDED), "open", "open"),
        ((REPORTED, VERIFIED, CLOSED), "closed", "verified"),
        ((OVERDUE, REPORTED_LATE, VERIFIED, LATE), "late", "verified"),
    ],
)
def test_a_case_is_shown_in_one_state(events, state, step):
    row = case(*events)

    assert (row["state"], row["step"]) == (state, step)
    assert row["version"] == len(events) + 1


def test_a_row_has_the_columns_of_its_table():
    fold = shown(ISSUED, REPORTED, REJECTED, EXTENDED, VERIFIED, DUTY, OPEN)
    for name, table in fold.tables.items():
        for row in fold.rows(name):
            assert set(row) == set(table.columns)


def test_an_extended_case_shows_the_new_date_and_keeps_the_old():
    row = case(OVERDUE, ESCALATED, EXTENDED)

    assert (row["due_on"], row["original_due_on"]) == (
        date(2023, 7, 12),
        date(2023, 7, 5),
    )
    assert (row["extensions"], row["overdue"], row["escalation_level"]) == (1, False, 0)
    [kept] = shown(ISSUED, EXTENDED).rows("case_extensions")
    assert (
        kept.items()
        >= {
            "previous_due_on": date(2023, 7, 5),
            "due_on": date(2023, 7, 12),
            "requested_after_due": False,
        }.items()
    )


def test_an_escalation_shows_its_level():
    assert case(OVERDUE, ESCALATED)["escalation_level"] == 1


def test_a_reminder_shows_the_day_it_fell_on_however_late_it_came():
    assert case(REMINDED)["reminded_on"] == date(2023, 6, 28)


def test_every_report_and_every_answer_is_kept():
    """A second round would otherwise erase the first (T17)."""
    fold = shown(
        ISSUED,
        REPORTED,
        REJECTED,
        replace(REPORTED, summary="lần 2"),
        VERIFIED,
        CLOSED,
    )

    assert [r["summary"] for r in fold.rows("case_reports")] == [
        REPORTED.summary,
        "lần 2",
    ]
    assert [r["answer"] for r in fold.rows("case_answers")] == ["rejected", "verified"]


@pytest.mark.parametrize(
    ("event", "table"),
    [
        pytest.param(REPLICATION, "replications", marks=pytest.mark.seed("2.20")),
        pytest.param(DUTY, "duties", marks=pytest.mark.seed("2.21")),
        pytest.param(OPEN, "open_recommendations", marks=pytest.mark.seed("2.23")),
    ],
)
def test_what_is_asked_without_a_date_is_listed(event, table):
    [row] = shown(event).rows(table)

    assert row["text"] == event.text
    assert ["hn-an-loc", "hn-tan-hoi"] in row.values()
