"""The registry in time, from views in Postgres: codes, names, heads, lineage."""

from datetime import date

import pytest

from services.chassis.access import Principal
from services.chassis.journal import Append
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.projector import Hearing, Projector
from services.chassis.viewing import Malformed, page
from services.chassis.viewing.rows import open_rows
from services.planning import domain, handlers, queries
from services.planning.projections import PROJECTIONS
from services.planning.queries import lineage
from tests.planning.examples import AN_LOC, COMMUNES, HONG_NGU
from tests.planning.merging import (
    AFTER,
    AN_BINH,
    DIVIDED,
    MERGED,
    PHU_THUAN_B,
    REFORM,
)

AUDITOR = Principal(agency_id="dong-thap", role="auditor", person_ref="p-99")
AGENCIES = next(it for it in queries.LISTINGS if it.collection == "agencies")
HEAD = domain.HeadAppointed(
    agency_id="hn-an-loc",
    person_ref="p-21",
    title="Chủ tịch",
    valid_from=date(2021, 7, 1),
)
NEXT = domain.HeadAppointed(
    agency_id="hn-an-loc",
    person_ref="p-22",
    title="Chủ tịch",
    valid_from=date(2023, 6, 1),
    valid_to=date(2024, 12, 31),
)
RENAMED = domain.AgencyRenamed(
    agency_id="hn-an-loc",
    name="Ủy ban nhân dân phường An Lộc A",
    valid_from=date(2023, 1, 1),
    legal_ref="Nghị quyết (ví dụ)",
)
FURTHER = domain.AgencySucceeded(
    agency_id="vn34-x29954",
    name=AN_BINH.name,
    successors=(
        domain.Successor(
            agency_id="vn34-x29955",
            name="Ủy ban nhân dân phường Hồng Ngự",
            relation=domain.Relation.WHOLE,
        ),
    ),
    effective_on=date(2030, 1, 1),
    legal_ref="Nghị quyết (ví dụ)",
    automatic_to="vn34-x29955",
)


@pytest.fixture
async def rows(journal_database, clock):
    database = await Database.open(journal_database.of("planning_app"))
    journal = PostgresJournal(database, [handlers.AGENCY], clock)
    projector = Projector(
        PROJECTIONS, database, journal, Hearing(database, PROJECTIONS)
    )
    await projector.start()
    histories = {entry.agency_id: [entry] for entry in (HONG_NGU, *COMMUNES, *AFTER)}
    histories["vn63-x29995"] = [PHU_THUAN_B, DIVIDED]
    histories["hn-an-loc"] += [HEAD, NEXT, RENAMED, MERGED]
    histories["vn34-x29954"] += [FURTHER]
    for agency_id, events in histories.items():
        stream = handlers.AGENCY.stream(agency_id)
        await journal.append(
            Append(stream=stream, expected=0, events=events, key=agency_id)
        )
    await projector.catch_up()
    opened = await open_rows(journal_database.of("planning_app"), name="tests")
    yield opened
    await opened.close()
    await database.close()


async def found(rows, **asked):
    items = (await page(AGENCIES, rows, asked, AUDITOR)).items
    return [row["agency_id"] for row in items]


@pytest.mark.capability("C4")
async def test_a_code_names_another_unit_on_another_day(rows):
    code = {"scheme": "GSO", "value": "29954"}

    assert await found(rows, **code, on="2025-06-30") == ["hn-an-loc"]
    assert await found(rows, **code, on="2025-07-01") == ["vn34-x29954"]
    assert await found(rows, **code) == ["hn-an-loc", "vn34-x29954"]
    assert await found(rows, **code, kind="XA") == []


@pytest.mark.parametrize(
    "asked",
    [
        {"scheme": "GSO"},
        {"on": "2025-07-01"},
        {"scheme": "GSO", "value": "1", "on": "?"},
    ],
)
async def test_half_a_code_is_refused(rows, asked):
    with pytest.raises(Malformed):
        await found(rows, **asked)


async def test_an_agency_is_called_as_it_was_on_the_day(rows):
    ask = {"id": "hn-an-loc"}

    named = await lineage.agency_names(rows, {**ask, "on": "2022-12-31"})
    assert named["name"] == AN_LOC.name
    named = await lineage.agency_names(rows, {**ask, "on": "2023-01-01"})
    assert named["name"] == RENAMED.name
    assert len(named["items"]) == 2
    assert await lineage.agency_names(rows, {"id": "nowhere"}) is None


@pytest.mark.parametrize(
    ("on", "head"),
    [
        ("2021-06-30", None),
        ("2023-05-31", "p-21"),
        ("2023-06-01", "p-22"),
        ("2025-01-15", None),
    ],
)
async def test_the_head_in_office_is_the_one_of_that_day(rows, on, head):
    answer = await lineage.agency_head(rows, {"id": "hn-an-loc", "on": on})
    known = handlers.AGENCY.fold([AN_LOC, HEAD, NEXT])
    decided = domain.head_on(known, day=date.fromisoformat(on))

    assert (answer["head"] and answer["head"]["person_ref"]) == head
    assert (decided and decided.person_ref) == head


async def test_who_heads_an_agency_is_asked_for_a_day(rows):
    with pytest.raises(Malformed):
        await lineage.agency_head(rows, {"id": "hn-an-loc"})
    assert (
        await lineage.agency_head(rows, {"id": "nowhere", "on": "2023-01-01"}) is None
    )


@pytest.mark.capability("C25")
async def test_lineage_goes_both_ways_in_several_steps(rows):
    after = await lineage.agency_lineage(rows, {"id": "hn-an-loc"})
    before = await lineage.agency_lineage(rows, {"id": "vn34-x29955"})
    parts = await lineage.agency_lineage(rows, {"id": "vn63-x29995"})

    assert [step["successor_id"] for step in after["successors"]] == [
        "vn34-x29954",
        "vn34-x29955",
    ]
    assert [step["agency_id"] for step in before["predecessors"]] == [
        "hn-an-loc",
        "vn34-x29954",
    ]
    assert {step["relation"] for step in parts["successors"]} == {"PART"}
    assert await lineage.agency_lineage(rows, {"id": "nowhere"}) is None


async def test_a_succeeded_agency_is_no_unit_of_the_days_after(rows):
    view = queries.RegistryView(rows)
    window = domain.Window(start=REFORM, end=REFORM)

    units = await view.units("COMMUNE", None, window, seen=0)
    assert "hn-an-loc" not in {unit.agency_id for unit in units}
    assert "vn34-x29954" in {unit.agency_id for unit in units}
