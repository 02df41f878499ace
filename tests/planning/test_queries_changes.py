"""What is shown of a plan that was changed, drawn by lot, carried into."""

from dataclasses import replace

import pytest

from services.chassis.postgres import Database
from services.chassis.projector import Hearing, Projector
from services.chassis.viewing import detail_now
from services.chassis.viewing.rows import open_rows
from services.planning import domain, queries
from services.planning.domain import plan as plan_events
from services.planning.handlers import PLAN
from services.planning.handlers.burdens import BURDEN
from services.planning.handlers.documents import DOCUMENT
from services.planning.projections import PROJECTIONS
from tests.planning.change_examples import (
    AMENDED,
    CANCELLED,
    CARRIED_IN,
    DOCUMENTS,
    DRAW_SET,
    DRAWN,
    IMPORTED,
    MISSED,
    RECORDED,
    SEED,
    TARGET_RESCHEDULED,
    TWO_IN_EFFECT,
    UNPLANNED,
    VISIT_RESCHEDULED,
    WITHDRAWN,
)
from tests.planning.examples import (
    ADDED,
    DRAFTED,
    ORDERED,
    QUARTER,
    ROUND_SCHEDULED,
    VISITED,
)
from tests.planning.registry import begin, plan

ASKED = {"id": "KH-2023-HN"}


@pytest.fixture
async def told(journal_database, journal):
    """A function that records a history and returns the rows that show it."""
    database = await Database.open(journal_database.of("planning_app"))
    hearing = Hearing(database, PROJECTIONS)
    projector = Projector(PROJECTIONS, database, journal, hearing)
    await projector.start()
    rows = await open_rows(journal_database.of("planning_app"), name="tests")

    async def show(*history, documents=()):
        await plan(journal, *history)
        if documents:
            await begin(journal, DOCUMENT, RECORDED.document_id, *documents)
        await projector.catch_up()
        return rows

    yield show
    await rows.close()
    await database.close()


@pytest.mark.capability("C3")
async def test_coverage_counts_by_the_quotas_of_the_last_amendment(told):
    rows = await told(*TWO_IN_EFFECT, AMENDED)

    found = await queries.plans.plan_coverage(rows, ASKED)

    [quota] = found["quotas"]
    assert (quota["n"], quota["required"], quota["chosen"]) == (3, 3, 2)
    assert found["short_by"] == 3


@pytest.mark.capability("C2")
async def test_a_lot_is_shown_with_its_list_its_seed_and_whom_it_drew(told):
    rows = await told(DRAFTED, DRAW_SET, DRAWN, *ADDED[:2])

    shown = await detail_now(PLAN_DETAIL, rows, "KH-2023-HN")

    [quota], [drawn] = shown["quotas"], shown["draws"]
    assert len(quota["eligible"]) == 7
    assert quota["seed_sha256"] == drawn["seed_sha256"]
    assert (drawn["seed"], drawn["drawn"]) == (SEED, list(DRAWN.drawn))
    coverage = await queries.plans.plan_coverage(rows, ASKED)
    assert coverage["quotas"][0]["required"] == 2


@pytest.mark.capability("C3")
async def test_changes_are_shown_with_their_document_and_reason(told):
    changes = (AMENDED, WITHDRAWN, TARGET_RESCHEDULED, UNPLANNED, VISIT_RESCHEDULED)
    rows = await told(*ROUND_SCHEDULED, *changes, MISSED)

    shown = await detail_now(PLAN_DETAIL, rows, "KH-2023-HN")
    targets = {target["agency_id"]: target for target in shown["targets"]}

    assert [change["change"] for change in shown["changes"]] == [
        "AMENDED",
        "WITHDRAWN",
        "RESCHEDULED",
        "UNPLANNED",
        "VISIT_RESCHEDULED",
    ]
    assert "hn-tan-hoi" not in targets
    assert str(targets["hn-an-loc"]["window_start"]) == "2023-07-01"
    assert targets["hong-ngu-noi-vu"]["unplanned"] is True
    assert targets["hn-an-lac"]["window_missed"] is True
    coverage = await queries.plans.plan_coverage(rows, ASKED)
    assert (coverage["targets"], coverage["unplanned"]) == (7, 1)


@pytest.mark.capability("C20")
async def test_what_is_carried_into_a_plan_is_shown(told):
    rows = await told(*ROUND_SCHEDULED, IMPORTED, CARRIED_IN, *VISITED, CANCELLED)

    shown = await detail_now(PLAN_DETAIL, rows, "KH-2023-HN")

    assert [item["source"] for item in shown["shortcomings"]] == [
        "INDEX_766",
        "INSPECTION",
    ]
    assert (shown["state"], str(shown["cancelled_on"])) == ("cancelled", "2023-05-04")


@pytest.mark.capability("C3")
async def test_a_document_is_shown_with_what_became_of_it(told):
    rows = await told(DRAFTED, documents=DOCUMENTS[:3])

    detail = queries.document_detail(DOCUMENT)
    shown = await detail_now(detail, rows, RECORDED.document_id)

    assert (shown["number"], shown["type"], shown["state"]) == (45, "KH", "replaced")
    assert shown["replaced_by"] == "52/KH-UBND"
    assert [one["corrected_by"] for one in shown["corrections"]] == ["231/UBND-NC"]


PLAN_DETAIL = queries.plans.detail(PLAN)


async def test_a_plan_called_off_shows_the_visit_that_came_all_the_same(told):
    off = tuple(
        plan_events.VisitCalledOff(
            plan_id=one.plan_id,
            inspection_id=one.inspection_id,
            agency_id=one.agency_id,
            reason=CANCELLED.reason,
        )
        for one in ORDERED
    )
    rows = await told(*ROUND_SCHEDULED, CANCELLED, *off, VISITED[0])

    shown = await queries.plans.plan_targets(rows, ASKED)
    covered = await queries.plans.plan_coverage(rows, ASKED)

    ids = {one["agency_id"]: one["inspection_id"] for one in shown["items"]}
    assert {name for name in ids.values() if name} == {VISITED[0].inspection_id}
    assert (covered["scheduled"], covered["visited"]) == (1, 1)


async def test_a_merged_target_shows_how_far_the_lead_has_come(told, journal):
    merged, other = "KH-2023-CV", ADDED[1].agency_id
    draft = (DRAFTED, ADDED[0], ADDED[1])
    await begin(journal, PLAN, merged, *(replace(e, plan_id=merged) for e in draft))
    claim = domain.Claim(
        plan_id=merged,
        window=QUARTER,
        year=2023,
        programmes=("PAR",),
        content_items=("RECORDS",),
    )
    agency_id = ADDED[0].agency_id
    joint = domain.ClaimsMerged(
        agency_id=agency_id,
        overlap_id=f"{agency_id}:{merged}:KH-2023-HN",
        lead_plan_id="KH-2023-HN",
        merged=(merged,),
    )
    claimed = domain.UnitClaimed(agency_id=agency_id, claim=claim)
    await begin(journal, BURDEN, agency_id, claimed, joint)
    rows = await told(*ROUND_SCHEDULED)

    shown = (await queries.plans.plan_targets(rows, {"id": merged}))["items"]
    own = (await queries.plans.plan_targets(rows, ASKED))["items"]

    leads = {one["agency_id"]: one["lead"] for one in shown}
    assert leads[other] is None
    assert leads[agency_id] == {
        "plan_id": "KH-2023-HN",
        "inspection_id": ORDERED[0].inspection_id,
        "round_id": "R-2023-HN",
        "planned_on": ORDERED[0].planned_on,
        "mode": "DIRECT",
        "visited_on": None,
        "reported_on": None,
        "concluded_on": None,
    }
    assert {one["lead"] for one in own} == {None}
