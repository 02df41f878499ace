"""Teams, burdens and overlaps: events in, rows out; and what the world is told."""

import pytest

from contracts import planning as published
from services.chassis.projector import Put, Seen
from services.chassis.projector.folding import Fold
from services.planning.projections import PROJECTIONS
from services.planning.publishing import publish
from tests.conftest import MORNING
from tests.planning import team_examples as told

STORIES = (
    told.TEAM_STORY,
    told.OFFICER_STORY,
    told.BURDEN_STORY,
    told.OVERLAP_STORY,
)
EVENTS = [event for story in STORIES for event in story]
TABLES = {table.name: table for p in PROJECTIONS for table in p.tables}


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


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_every_row_keeps_to_its_table(event):
    for operation in Fold(PROJECTIONS).operations(seen(event)):
        table = TABLES[operation.table]
        if isinstance(operation, Put):
            assert set(operation.row) == set(table.columns)
        else:
            assert set(operation.key) == set(table.key)


@pytest.mark.seed("1.19", "1.21")
def test_a_replaced_member_is_shown_in_the_seat_and_in_the_group():
    history = told.TEAM_STORY[:4]

    fold = shown(*history)

    [team] = fold.rows("teams")
    seats = fold.rows("team_seats")
    assert [seat["person_ref"] for seat in seats][:2] == ["p-01", "p-12"]
    assert team["version"] == 4
    assert (team["decided_by"], team["state"]) == (told.NOI_VU, "in_force")


def test_a_new_decision_shows_its_own_seats_and_no_others():
    fold = shown(*told.TEAM_STORY[:7])

    [team] = fold.rows("teams")
    assert (team["decision_number"], team["replaces"]) == ("512/QĐ-SNV", "345/QĐ-SNV")
    assert team["groups"] == []
    assert len(fold.rows("team_seats")) == 6


def test_a_dissolved_team_says_why():
    [team] = shown(*told.TEAM_STORY).rows("teams")

    assert (team["state"], team["dissolved_because"]) == ("dissolved", "MANDATE_ENDED")


def test_a_merged_claim_names_its_lead_and_a_released_one_is_gone():
    merged = shown(*told.BURDEN_STORY[:5]).rows("unit_claims")
    freed = shown(*told.BURDEN_STORY).rows("unit_claims")

    assert {row["plan_id"]: row["merged_into"] for row in merged} == {
        told.PLAN: None,
        "KH-72-2023": told.PLAN,
    }
    assert [row["plan_id"] for row in freed] == [told.PLAN]


@pytest.mark.seed("1.7")
def test_an_overlap_is_open_until_it_is_merged():
    [open_] = shown(told.DETECTED).rows("plan_overlaps")
    [merged] = shown(*told.OVERLAP_STORY).rows("plan_overlaps")

    assert (open_["state"], open_["lead_plan_id"]) == ("open", None)
    assert (merged["state"], merged["lead_plan_id"]) == ("merged", told.PLAN)


def test_what_a_unit_bears_and_an_officer_is_tied_to_stays_inside():
    private = [*told.BURDEN_STORY, told.TIED, told.ASSIGNED, told.ENDED]

    assert [publish(event) for event in private] == [[]] * len(private)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (told.ESTABLISHED, published.TeamEstablished),
        (told.RECOMPOSED, published.TeamRecomposed),
        (told.APPOINTED, published.MemberAppointed),
        (told.REPLACED, published.MemberReplaced),
        (told.INVITED, published.MemberInvited),
        (told.RECUSED, published.MemberRecused),
        (told.SPLIT, published.TeamSplit),
        (told.DISSOLVED, published.TeamDissolved),
        (told.CONFLICT, published.TeamMemberConflictDetected),
        (told.DETECTED, published.OverlapDetected),
        (told.RESOLVED, published.OverlapResolved),
    ],
    ids=lambda it: getattr(it, "__name__", ""),
)
def test_the_world_is_told_of_it_the_same_each_time(event, kind):
    [once], [again] = publish(event), publish(event)

    assert isinstance(once, kind)
    assert once == again


@pytest.mark.parametrize(
    "kind",
    [
        published.MemberRecused,
        published.TeamMemberConflictDetected,
        published.OverlapDetected,
        published.OverlapResolved,
    ],
)
def test_drafts_and_reasons_about_persons_are_nobody_elses(kind):
    assert kind.VISIBILITY == "internal"
