"""Events in, rows out."""

from dataclasses import replace
from datetime import date

import pytest

from services.chassis.projector import Add, Change, Put, Seen
from services.chassis.projector.folding import Fold
from services.inspection.handlers import (
    CHECKLIST,
    INSPECTION,
    MEMORY,
    PRACTICE,
    ROUND,
)
from services.inspection.projections import PROJECTIONS
from tests.conftest import MORNING
from tests.inspection import (
    examples_closing,
    examples_contents,
    examples_course,
    merging,
)
from tests.inspection.examples import (
    ALL_SEEN,
    ASSESSED,
    AT_THE_UNIT,
    BACKLOG,
    CLOCK,
    CONCLUDED,
    DUE,
    ENDED,
    ISSUE_DAY,
    LOOKED_AT_AGAIN,
    NO_ACTION,
    NONE_LATE,
    NONE_OVERDUE,
    NOTIFIED,
    OVERDUE,
    PLANNED,
    QR,
    REFERRED,
    REMEDY,
    REQUESTED,
    ROUND_OVER,
    ROUND_PLANNED,
    SIGNED,
    TAN_HOI,
    UNSIGNED,
    VISIT_DAY,
    VISITED,
    WITHDRAWN,
    raised,
)

STREAMS = (INSPECTION, ROUND, PRACTICE, CHECKLIST, MEMORY)
UNSHOWN = {type(event) for event in examples_contents.UNSHOWN}
EVERYTHING = (
    *examples_course.EVERYTHING,
    *examples_closing.EVERYTHING,
    merging.TRANSFERRED,
    merging.REQUIRED,
    *examples_contents.EVERYTHING,
    *ROUND_OVER,
    LOOKED_AT_AGAIN,
    REFERRED,
    WITHDRAWN,
    UNSIGNED,
    OVERDUE,
    CONCLUDED,
    *ALL_SEEN,
    ENDED,
    REQUESTED,
    QR,
)


def seen(event, version=1):
    return Seen(
        event=event,
        stream="any",
        key="any",
        version=version,
        position=version,
        occurred_at=MORNING,
        recorded_at=MORNING,
    )


def shown(*history):
    fold = Fold(PROJECTIONS)
    for version, event in enumerate(history, start=1):
        fold.see(seen(event, version))
    return fold


def one(table, *history):
    [row] = shown(*history).rows(table)
    return row


def test_every_event_of_every_stream_is_shown():
    shown_events = {event for p in PROJECTIONS for event in p.own}

    every = {event for kind in STREAMS for event in kind.events}
    assert shown_events == every - UNSHOWN
    assert {type(event) for event in EVERYTHING} == shown_events


def test_every_row_keeps_to_its_table():
    fold = shown()
    tables = fold.tables

    for event in EVERYTHING:
        for operation in fold.operations(seen(event)):
            columns = set(tables[operation.table].columns)
            key = set(tables[operation.table].key)
            match operation:
                case Put(row=row):
                    assert key <= set(row) <= columns
                case Change(key=named, values=values):
                    assert set(named) == key
                    assert set(values) <= columns
                case Add(key=named, amounts=amounts):
                    assert set(named) == key
                    assert set(amounts) <= columns


@pytest.mark.parametrize(
    ("history", "state"),
    [
        ((PLANNED,), "planned"),
        ((PLANNED, NOTIFIED), "notified"),
        (AT_THE_UNIT, "in_progress"),
        (VISITED, "visit_completed"),
        ((*VISITED, SIGNED), "minutes_signed"),
        ((*VISITED, UNSIGNED), "minutes_signed"),
        ((*ROUND_OVER, CONCLUDED), "concluded"),
    ],
)
def test_an_inspection_is_shown_as_far_as_it_is(history, state):
    assert one("inspections", *history)["state"] == state
    assert INSPECTION.fold(history).status.value == state


def test_a_visit_is_shown_with_its_day_its_points_and_its_counts():
    row = one("inspections", *VISITED)

    assert (row["visited_on"], row["points"]) == (VISIT_DAY, ("Bộ phận Một cửa",))
    assert (row["finding_count"], row["practice_count"]) == (1, 1)
    assert row["programmes"] == ("PAR", "TTHC_CONTROL")


def test_what_is_assessed_anew_is_shown_as_it_was_last():
    fair = replace(ASSESSED, assessment=replace(ASSESSED.assessment, rating="FAIR"))
    one_open = replace(NONE_LATE, metric=replace(NONE_OVERDUE, numerator=1))

    assert one("contents", ASSESSED, fair)["rating"] == "FAIR"
    assert one("metrics", NONE_LATE, one_open)["numerator"] == 1


def test_an_earlier_item_is_shown_with_its_result():
    assert one("carried_over", LOOKED_AT_AGAIN)["result"] == "RESOLVED"


def test_minutes_are_shown_as_signed_or_refused():
    signed = one("inspections", *VISITED, SIGNED)
    refused = one("inspections", *VISITED, UNSIGNED)

    assert (signed["minutes_state"], signed["minutes_number"]) == (
        "signed",
        "07/BB-TKT",
    )
    assert (refused["minutes_state"], refused["minutes_witness"]) == ("refused", "p-05")


def test_a_referral_is_counted_and_not_told_apart():
    row = one("inspections", *AT_THE_UNIT, REFERRED)

    assert row["referral_count"] == 1
    assert "CV-12/TKT" not in str(row)


def test_a_finding_goes_from_raised_to_concluded():
    raised_row = one("findings", *VISITED)
    concluded = one("findings", *ROUND_OVER, CONCLUDED)

    assert (raised_row["state"], raised_row["agency_id"]) == ("raised", "hn-tan-hoi")
    assert (concluded["state"], concluded["recommendation_ids"]) == (
        "concluded",
        ["RC-07"],
    )


def test_a_finding_without_action_is_shown_with_the_reason():
    without = replace(CONCLUDED, recommendations=(), no_action=(NO_ACTION,))

    row = one("findings", *ROUND_OVER, without)

    assert (row["recommendation_ids"], row["no_action_reason"]) == (
        [],
        NO_ACTION.reason,
    )


def test_a_withdrawn_finding_stays_in_sight_and_is_not_counted():
    fold = shown(*VISITED, WITHDRAWN)

    [finding], [inspection] = fold.rows("findings"), fold.rows("inspections")
    assert (finding["state"], finding["withdrawn_reason"]) == (
        "withdrawn",
        WITHDRAWN.reason,
    )
    assert inspection["finding_count"] == 0


@pytest.mark.seed("2.17")
def test_a_backlog_is_shown_with_its_period():
    row = one("findings", raised(BACKLOG))

    assert (row["item"], row["backlog_until"]) == ("DIGITISATION", date(2022, 12, 31))


@pytest.mark.parametrize(
    ("history", "state"),
    [
        (ROUND_OVER, "due"),
        ((*ROUND_OVER, OVERDUE), "overdue"),
        ((*ROUND_OVER, CONCLUDED), "issued"),
        ((*ROUND_OVER, OVERDUE, CONCLUDED), "issued"),
    ],
)
def test_a_conclusion_is_due_overdue_or_issued(history, state):
    row = one("conclusions", *history)

    assert (row["state"], row["due_on"]) == (state, DUE)
    assert row["overdue"] == (OVERDUE in history)


def test_an_issued_conclusion_is_shown_with_what_it_asks():
    row = one("conclusions", CLOCK, CONCLUDED)

    assert (row["document_number"], row["issued_on"]) == ("67/TB-UBND", ISSUE_DAY)
    assert row["recommendations"][0]["text"] == REMEDY.text


@pytest.mark.seed("2.5")
def test_a_round_counts_its_visits_up_to_all_of_them():
    part, over = one("rounds", *ALL_SEEN[:-1]), one("rounds", *ALL_SEEN, ENDED)

    assert (part["state"], part["visited"], part["inspections"]) == ("planned", 1, 2)
    assert (over["state"], over["visited"], over["ended_on"]) == (
        "ended",
        2,
        date(2023, 5, 23),
    )


def test_a_unit_that_is_heard_of_before_its_round_is_not_lost():
    fold = shown(TAN_HOI, ROUND_PLANNED)

    [unit], [planned] = fold.rows("round_units"), fold.rows("rounds")
    assert (unit["agency_id"], planned["visited"]) == ("hn-tan-hoi", 0)


@pytest.mark.seed("2.20", "2.21", "2.23")
def test_the_requests_of_a_round_are_shown_without_a_date():
    rows = shown(REQUESTED).rows("round_requests")

    assert [row["kind"] for row in rows] == [
        "STANDING_DUTY",
        "REPLICATION",
        "RECOMMENDATION",
    ]
    assert not any(row["verifiable"] for row in rows)


@pytest.mark.seed("2.7")
def test_a_good_practice_is_shown_with_its_adopters():
    row = one("good_practices", QR)

    assert (row["name"], row["adopter_count"]) == (QR.name, 2)


def test_the_timeline_names_what_each_event_is_about():
    rows = shown(*ROUND_OVER, LOOKED_AT_AGAIN, CONCLUDED).rows("timeline")

    assert [row["version"] for row in rows] == list(range(1, len(rows) + 1))
    assert {row["type"]: row["subject"] for row in rows} == {
        "InspectionPlanned": None,
        "UnitNotified": None,
        "VisitStarted": None,
        "ContentAssessed": "DIRECTION",
        "MetricRecorded": "OVERDUE_OPEN",
        "FindingRaised": "F-07-1",
        "PracticeNoted": "GP-1",
        "VisitCompleted": None,
        "MinutesSigned": "07/BB-TKT",
        "ConclusionClockStarted": None,
        "CarriedOverItemAssessed": "KL-2022-07-2",
        "ConclusionIssued": "67/TB-UBND",
    }
