"""What is read of planning, from views in Postgres."""

import asyncio
from contextlib import suppress

import pytest

from services.chassis.access import Principal
from services.chassis.deciding import decide
from services.chassis.errors import Unavailable
from services.chassis.journal import NEW, Append
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.projector import Hearing, Projector
from services.chassis.viewing import detail_as_of, detail_now, page
from services.chassis.viewing import rows as rows_room
from services.chassis.viewing.rows import open_rows
from services.planning import domain, handlers, queries
from services.planning.commands import SelectUnits
from services.planning.projections import PROJECTIONS
from tests.planning.examples import (
    ADDED,
    AN_LOC,
    COMMUNES,
    DRAFTED,
    ENDED,
    ESTABLISHED,
    PLAN_IN_EFFECT,
    QUARTER,
    QUOTA_SET,
    ROUND,
    ROUND_SCHEDULED,
    STORY,
    UNITS,
    VISITED,
)
from tests.planning.registry import AGENCIES, MemoryRegistry, plan, register, team

AGENCY, PLAN, TEAM = queries.details(handlers.AGENCY, handlers.PLAN, handlers.TEAM)
LISTED = {listing.collection: listing for listing in queries.LISTINGS}
SELECT = SelectUnits(
    quota={"kind": "COMMUNE", "rule": "ALL", "parent": "hong-ngu"},
    window={"start": QUARTER.start, "end": QUARTER.end, "tentative": True},
)
ASKED = {"id": "KH-2023-HN"}
AGGREGATES = [handlers.AGENCY, handlers.PLAN, handlers.TEAM]

AUDITOR = Principal(agency_id="dong-thap", role="auditor", person_ref="p-99")


@pytest.fixture
async def database(journal_database):
    opened = await Database.open(journal_database.of("planning_app"))
    yield opened
    await opened.close()


@pytest.fixture
def journal(database, clock):
    return PostgresJournal(database, AGGREGATES, clock)


@pytest.fixture
async def rows(journal_database):
    opened = await open_rows(journal_database.of("planning_app"), name="tests")
    yield opened
    await opened.close()


@pytest.fixture
async def projector(database, journal):
    hearing = Hearing(database, PROJECTIONS)
    made = Projector(PROJECTIONS, database, journal, hearing)
    await made.start()
    return made


@pytest.fixture
async def following(projector):
    """Views that follow by themselves, as they do in the running service."""
    task = asyncio.create_task(projector.run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
async def campaign(journal, projector, rows):
    """The rows of the whole story."""
    await register(journal, *AGENCIES)
    await team(journal)
    await told(journal, projector, *STORY)
    return rows


async def told(journal, projector, *history):
    await plan(journal, *history)
    await projector.catch_up()


@pytest.mark.usefixtures("following")
@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        ("COMMUNE", "hong-ngu"),
        ("COMMUNE", "dong-thap"),
        ("COMMUNE", None),
        ("XA", "hong-ngu"),
        ("DIVISION", "hong-ngu"),
        ("COMMUNE", "hn-an-loc"),
        ("MINISTRY", None),
    ],
)
async def test_the_registrys_view_finds_what_a_registry_holds(
    journal, rows, kind, parent
):
    await register(journal, *AGENCIES)
    view, memory = queries.RegistryView(rows), MemoryRegistry()
    after = domain.Window(start=ENDED, end=ENDED.replace(year=2026))
    too_late = domain.Window(start=ENDED.replace(month=7), end=after.end)

    for window in (QUARTER, ROUND, after, too_late):
        found = await view.units(kind, parent, window, seen=await journal.head())
        assert found == await memory.units(kind, parent, window, seen=0)


@pytest.mark.usefixtures("following")
@pytest.mark.seed("2.5")
async def test_a_quota_reaches_agencies_registered_a_moment_ago(journal, rows):
    await register(journal, *COMMUNES)

    found = await queries.RegistryView(rows).units(
        "COMMUNE", "hong-ngu", ROUND, seen=await journal.head()
    )

    assert found == UNITS


@pytest.mark.usefixtures("following")
async def test_a_quota_is_set_within_the_transaction_of_its_request(journal, rows):
    await register(journal, *COMMUNES)
    await plan(journal, DRAFTED)

    async with journal.transaction():
        decided = await handlers.select_units(
            "KH-2023-HN", SELECT, journal, registry=queries.RegistryView(rows)
        )

    assert decided.events == [QUOTA_SET, *ADDED]


@pytest.mark.usefixtures("projector")
async def test_views_that_stay_behind_are_not_asked(journal, rows, monkeypatch):
    monkeypatch.setattr(rows_room, "PATIENCE", 0.1)
    await register(journal, AN_LOC)

    with pytest.raises(Unavailable):
        await queries.RegistryView(rows).units(
            "COMMUNE", None, ROUND, seen=await journal.head()
        )


async def test_a_number_that_was_rolled_back_is_not_waited_for(
    journal, projector, rows
):
    await register(journal, AN_LOC)
    with suppress(KeyError):
        async with journal.transaction():
            gone = Append(stream="agency-gone", expected=NEW, events=[COMMUNES[0]])
            await journal.append(gone)
            raise KeyError
    await projector.catch_up()

    await rows.caught_up(await journal.head() + 1)


async def test_a_plan_in_effect_covers_nothing(journal, projector, rows):
    await told(journal, projector, *PLAN_IN_EFFECT)

    covered = await queries.plans.plan_coverage(rows, ASKED)

    assert covered["coverage"] == "0/7"
    assert (covered["scheduled"], covered["visited"]) == (0, 0)


async def test_scheduled_visits_cover_nothing(journal, projector, rows):
    await told(journal, projector, *ROUND_SCHEDULED)

    covered = await queries.plans.plan_coverage(rows, ASKED)

    assert (covered["coverage"], covered["scheduled"]) == ("0/7", 7)


@pytest.mark.seed("2.5")
async def test_visited_units_cover_the_plan(journal, projector, rows):
    await told(journal, projector, *ROUND_SCHEDULED, *VISITED)

    covered = await queries.plans.plan_coverage(rows, ASKED)

    assert covered["coverage"] == "7/7"
    assert covered["concluded"] == 0
    assert covered["units"][0] == {
        "agency_id": "hn-an-binh-a",
        "name": "Ủy ban nhân dân phường An Bình A",
        "planned_on": ROUND.start,
        "visited_on": ROUND.start,
        "reported_on": None,
        "concluded_on": None,
        "mode": "DIRECT",
        "unplanned": False,
        "window_missed": False,
    }
    [quota] = covered["quotas"]
    assert (quota["rule"], quota["required"], quota["covered"]) == ("ALL", 7, 7)
    assert (covered["ordered"], covered["short_by"]) == (7, 0)


async def test_a_plan_nobody_drafted_has_no_coverage_and_no_targets(
    journal, projector, rows
):
    await told(journal, projector, *STORY)
    other = {"id": "KH-2023-TN"}

    assert await queries.plans.plan_coverage(rows, other) is None
    assert await queries.plans.plan_targets(rows, other) is None


async def test_targets_are_listed_in_order_of_their_day(journal, projector, rows):
    await told(journal, projector, *ROUND_SCHEDULED)

    targets = (await queries.plans.plan_targets(rows, ASKED))["items"]

    days = [target["planned_on"] for target in targets]
    assert days == sorted(days)
    assert targets[0]["inspection_id"] == "I-2023-HN-01"


async def test_a_plan_is_shown_with_quotas_targets_and_rounds(journal, projector, rows):
    await told(journal, projector, *STORY)

    shown = await detail_now(PLAN, rows, "KH-2023-HN")

    assert (shown["state"], shown["programmes"]) == (
        "completed",
        ["PAR", "TTHC_CONTROL"],
    )
    assert shown["version"] == len(STORY)
    assert [quota["rule"] for quota in shown["quotas"]] == ["ALL"]
    assert len(shown["targets"]) == 7
    assert [round_["round_id"] for round_ in shown["rounds"]] == ["R-2023-HN"]


async def test_an_agency_and_a_team_are_shown_with_their_parts(
    journal, projector, rows
):
    await register(journal, AN_LOC)
    await team(journal)
    await projector.catch_up()

    agency = await detail_now(AGENCY, rows, "hn-an-loc")
    shown = await detail_now(TEAM, rows, "T-2023-HN")

    assert [code["value"] for code in agency["identifiers"]] == ["29954"]
    assert [seat["role"] for seat in shown["seats"]] == ["HEAD", "MEMBER"]
    assert shown["decided_on"] == ESTABLISHED.decided_on


async def test_what_was_known_then_is_what_the_views_said_then(
    journal, projector, rows
):
    await told(journal, projector, *STORY)
    head = str(await journal.head())

    now = await detail_now(PLAN, rows, "KH-2023-HN")
    then = await detail_as_of(PLAN, PROJECTIONS, journal, "KH-2023-HN", head)

    assert now == then


@pytest.mark.parametrize(
    ("collection", "asked", "found"),
    [
        ("agencies", {"kind": "XA"}, ["hn-binh-thanh", "hn-tan-hoi"]),
        ("agencies", {"parent_id": "dong-thap"}, ["hong-ngu"]),
        ("plans", {"state": "completed", "year": "2023"}, ["KH-2023-HN"]),
        ("plans", {"state": "draft"}, []),
        ("teams", {"plan_id": "KH-2023-HN"}, ["T-2023-HN"]),
    ],
)
async def test_listings_are_narrowed(campaign, collection, asked, found):
    rows, listing = campaign, LISTED[collection]

    items = (await page(listing, rows, asked, AUDITOR)).items

    assert [item[listing.key] for item in items] == found


async def test_rebuilt_views_equal_the_live_ones(journal, projector, rows):
    await register(journal, *AGENCIES)
    await team(journal)
    for n in range(len(STORY)):
        await decide(journal, handlers.PLAN, "KH-2023-HN", lambda _, n=n: [STORY[n]])
        await projector.catch_up()
    live = await everything(rows)

    await projector.rebuild()

    assert await everything(rows) == live
    assert await projector.verify() == []


async def everything(rows):
    tables = {table.name: table for p in PROJECTIONS for table in p.tables}
    return {
        name: await rows.fetch(f"SELECT * FROM {name} ORDER BY {', '.join(table.key)}")  # noqa: S608 - our own names
        for name, table in tables.items()
    }
