"""Events in, rows out."""

import pytest

from services.chassis.projector import Put, Seen
from services.chassis.projector.folding import Fold
from services.planning.projections import PROJECTIONS
from tests.conftest import MORNING
from tests.planning.examples import (
    AN_LOC,
    ESTABLISHED,
    PLAN_IN_EFFECT,
    QUARTER,
    ROUND_SCHEDULED,
    STORY,
    VISITED,
)
from tests.planning.recorded import SERVICE, examples


def shown(*history):
    fold = Fold(PROJECTIONS)
    for version, event in enumerate(history, start=1):
        fold.see(
            Seen(
                event=event,
                stream="any",
                key="any",
                version=version,
                position=version,
                occurred_at=MORNING,
                recorded_at=MORNING,
            )
        )
    return fold


UNSHOWN = {
    "ClusterFormed",
    "DutiesAssigned",
    "DutiesEnded",
    "NameTaken",
    "SignalNoted",
    "SignalReferenced",
    "SignalsReleased",
    "SignalsTaken",
    "TieDeclared",
    "WatchRuleSet",
}


def test_every_event_is_shown_but_what_only_decisions_need():
    shown_events = {event for p in PROJECTIONS for event in p.own}
    recorded = {event for kind in SERVICE.aggregates for event in kind.events}

    assert shown_events <= recorded
    assert {event.__name__ for event in recorded - shown_events} == UNSHOWN


@pytest.mark.parametrize(
    "event", [e for _, e in examples()], ids=lambda e: type(e).__name__
)
def test_every_row_keeps_to_its_table(event):
    tables = {table.name: table for p in PROJECTIONS for table in p.tables}
    seen = Seen(
        event=event,
        stream="any",
        key="any",
        version=1,
        position=1,
        occurred_at=MORNING,
        recorded_at=MORNING,
    )

    for operation in shown().operations(seen):
        table = tables[operation.table]
        if isinstance(operation, Put):
            assert set(operation.row) == set(table.columns)
        else:
            assert set(operation.key) == set(table.key)
            given = getattr(operation, "values", getattr(operation, "amounts", {}))
            assert set(given) <= set(table.columns)


def test_an_agency_is_shown_with_its_codes():
    fold = shown(AN_LOC)

    [agency] = fold.rows("agencies")
    [code] = fold.rows("agency_identifiers")
    assert agency["name"] == "Ủy ban nhân dân phường An Lộc"
    assert (agency["parent_id"], agency["valid_to"]) == ("hong-ngu", AN_LOC.valid_to)
    assert (code["scheme"], code["value"]) == ("GSO", "29954")


def test_a_plan_goes_from_draft_to_issued_to_completed():
    drafted, issued, completed = (
        shown(*history).rows("plans")[0]
        for history in (STORY[:1], PLAN_IN_EFFECT, STORY)
    )

    assert (drafted["state"], drafted["document_number"]) == ("draft", None)
    assert (issued["state"], issued["document_number"]) == ("issued", "45/KH-UBND")
    assert (completed["state"], str(completed["completed_on"])) == (
        "completed",
        "2023-06-05",
    )
    assert completed["programmes"] == ["PAR", "TTHC_CONTROL"]


def test_a_plan_shows_the_version_of_its_stream():
    for n in range(1, len(STORY) + 1):
        [row] = shown(*STORY[:n]).rows("plans")
        assert row["version"] == n


def test_a_plan_shows_its_quota():
    [quota] = shown(*PLAN_IN_EFFECT).rows("plan_quotas")

    assert (quota["kind"], quota["rule"], quota["parent"]) == (
        "COMMUNE",
        "ALL",
        "hong-ngu",
    )


@pytest.mark.parametrize(
    ("history", "days"),
    [
        (PLAN_IN_EFFECT, (None, None, None)),
        (ROUND_SCHEDULED, ("2023-05-09", None, None)),
        ((*ROUND_SCHEDULED, *VISITED), ("2023-05-09", "2023-05-09", None)),
        (STORY, ("2023-05-09", "2023-05-09", "2023-06-05")),
    ],
)
def test_a_target_shows_how_far_it_has_come(history, days):
    targets = shown(*history).rows("plan_targets")

    first = targets[0]
    assert len(targets) == 7
    assert (first["window_start"], first["tentative"]) == (QUARTER.start, True)
    assert days == tuple(
        str(first[name]) if first[name] else None
        for name in ("planned_on", "visited_on", "concluded_on")
    )


@pytest.mark.seed("2.2")
def test_a_round_is_shown_with_its_days():
    [round_] = shown(*ROUND_SCHEDULED).rows("plan_rounds")

    assert str(round_["window_start"]) == "2023-05-09"
    assert str(round_["window_end"]) == "2023-05-23"
    assert round_["visits"] == 7


@pytest.mark.seed("2.4")
def test_a_team_is_shown_with_its_head_first():
    fold = shown(ESTABLISHED)

    [team] = fold.rows("teams")
    head, member = fold.rows("team_seats")
    assert team["lead_agency"] == "hong-ngu-noi-vu"
    assert (head["role"], head["person_ref"]) == ("HEAD", "p-01")
    assert (member["role"], member["agency_id"]) == ("MEMBER", "hong-ngu-vp")
