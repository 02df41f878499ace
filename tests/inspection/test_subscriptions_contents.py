"""What a unit's memory and the register of practices hear, and what comes of it."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.registry import AgencySucceeded, Successor
from contracts.remediation import ReplicationAdopted, ReplicationMeasured
from services.chassis.journal import Append
from services.chassis.running import Ports
from services.inspection import app
from services.inspection.handlers import MEMORY
from tests.inspection import examples_contents as it
from tests.inspection.examples import (
    AT_THE_UNIT,
    CALENDAR,
    CONCLUDED,
    PLANNED,
    QR,
    RAISED,
    ROUND_OVER,
    STARTED,
    TERMS,
    WITHDRAWN,
)
from tests.inspection.moments import at, hanoi, settle

NEXT_YEAR = date(2024, 5, 20)


class NobodyWaits:
    """Views in which no unit that ended has anything open."""

    async def fetch(self, *_):
        return []

    async def caught_up(self, *_):
        return None


@pytest.fixture
def service(journal):
    ports = Ports(journal=journal, rows=NobodyWaits(), calendar=CALENDAR)
    return app.build(ports)


def next_inspection(agency_id, finding_id="F-24-1"):
    """Return the events of next year's inspection of a unit, with the same finding."""
    name = {"inspection_id": "I-2024-HN-07"}
    planned = replace(PLANNED, **name, terms=replace(TERMS, agency_id=agency_id))
    started = replace(STARTED, **name, agency_id=agency_id)
    finding = replace(RAISED.finding, finding_id=finding_id)
    again = replace(
        RAISED, **name, agency_id=agency_id, finding=finding, raised_on=NEXT_YEAR
    )
    return planned, started, again


async def write(journal, stream, *history):
    with at(hanoi(5, 22), stream):
        for event in history:
            written = len(await journal.read(stream))
            await journal.append(
                Append(stream=stream, expected=written, events=[event])
            )


async def hear(service, journal, event, label=""):
    with at(hanoi(5, 23), event.model_dump_json() + label):
        async with journal.transaction():
            await service.on[type(event)](event, journal)


async def remembered(journal, agency_id):
    recorded = await journal.read(f"memory-{agency_id}")
    return MEMORY.fold(r.event for r in recorded)


@pytest.mark.capability("C14")
async def test_the_same_finding_a_year_on_is_told_with_the_remedy_that_failed(
    service, journal
):
    await write(journal, f"inspection-{it.ID}", *ROUND_OVER, CONCLUDED)
    await write(journal, "inspection-I-2024-HN-07", *next_inspection("hn-tan-hoi"))
    await settle(service, journal)

    memory = await remembered(journal, "hn-tan-hoi")

    repeated = memory.repeated["F-24-1"]
    [earlier] = repeated.earlier
    assert (repeated.times, repeated.years) == (2, 2)
    assert (earlier.finding_id, earlier.agency_id) == ("F-07-1", "hn-tan-hoi")
    assert earlier.remedies == (CONCLUDED.recommendations[0].text,)


async def test_what_is_heard_again_is_remembered_once(service, journal):
    await write(journal, f"inspection-{it.ID}", *ROUND_OVER, CONCLUDED)
    await settle(service, journal)
    once = await journal.head()

    await settle(service, journal)

    assert await journal.head() == once


async def test_a_finding_that_was_taken_back_is_nothing_to_repeat(service, journal):
    await write(journal, f"inspection-{it.ID}", *AT_THE_UNIT, RAISED, WITHDRAWN)
    await write(journal, "inspection-I-2024-HN-07", *next_inspection("hn-tan-hoi"))
    await settle(service, journal)

    assert (await remembered(journal, "hn-tan-hoi")).repeated == {}


SUCCESSION = AgencySucceeded(
    agency_id="hn-tan-hoi",
    name="Ủy ban nhân dân xã Tân Hội",
    successors=(
        Successor(agency_id="hn-thuong-lac", name="Phường", relation="WHOLE"),
        Successor(agency_id="hn-an-binh", name="Phường", relation="PART"),
    ),
    effective_on=date(2023, 12, 1),
    legal_ref="Nghị quyết 1663/NQ-UBTVQH15",
)


@pytest.mark.capability("C25")
@pytest.mark.parametrize("late", [False, True])
async def test_a_successor_repeats_whenever_the_succession_is_heard(
    service, journal, late
):
    await write(journal, f"inspection-{it.ID}", *AT_THE_UNIT, RAISED)
    heard = 0 if late else await settle(service, journal)
    if not late:
        await hear(service, journal, SUCCESSION)
    await write(journal, "inspection-I-2024-HN-07", *next_inspection("hn-thuong-lac"))
    await settle(service, journal, heard)
    if late:
        await hear(service, journal, SUCCESSION)

    memory = await remembered(journal, "hn-thuong-lac")

    assert memory.repeated["F-24-1"].earlier[0].agency_id == "hn-tan-hoi"


@pytest.mark.capability("C25")
async def test_a_unit_that_got_a_part_only_repeats_nothing(service, journal):
    await write(journal, f"inspection-{it.ID}", *AT_THE_UNIT, RAISED)
    await hear(service, journal, SUCCESSION)
    await write(journal, "inspection-I-2024-HN-07", *next_inspection("hn-an-binh"))
    await settle(service, journal)

    assert (await remembered(journal, "hn-an-binh")).repeated == {}


async def test_a_finding_is_repeated_over_two_successions(service, journal):
    onward = SUCCESSION.model_copy(
        update={
            "agency_id": "hn-thuong-lac",
            "successors": (Successor(agency_id="new", name="Xã", relation="RENAMED"),),
        }
    )
    await hear(service, journal, onward)
    await hear(service, journal, SUCCESSION)
    await write(journal, f"inspection-{it.ID}", *AT_THE_UNIT, RAISED)
    await write(journal, "inspection-I-2024-HN-07", *next_inspection("new"))
    await settle(service, journal)

    assert (await remembered(journal, "new")).repeated["F-24-1"].times == 2


TAKEN_OVER = ReplicationAdopted(
    directive_id="RQ-2",
    practice_id="GP-1",
    agency_id="hn-an-loc",
    adopted_on=it.ADOPTED.adopted_on,
)
MEASURED = ReplicationMeasured(
    directive_id="RQ-2",
    practice_id="GP-1",
    agency_id="hn-an-loc",
    metric="ONLINE_SUBMITTED",
    before=41.0,
    after=63.5,
    measured_on=it.EFFECT.measured_on,
)


@pytest.mark.seed("1.4", "2.20")
@pytest.mark.capability("C16")
async def test_the_register_hears_who_took_over_and_what_it_changed(service, journal):
    await write(journal, "practice-GP-1", QR)

    for label in ("once", "twice"):
        await hear(service, journal, TAKEN_OVER, label)
        await hear(service, journal, MEASURED, label)

    told = [r.event for r in await journal.read("practice-GP-1")]
    assert told == [QR, it.ADOPTED, it.EFFECT]


@pytest.mark.parametrize("practice_id", [None, "GP-9"])
async def test_what_is_no_practice_of_the_register_is_passed_over(
    service, journal, practice_id
):
    other = {"practice_id": practice_id}
    await hear(service, journal, TAKEN_OVER.model_copy(update=other))
    await hear(service, journal, MEASURED.model_copy(update=other))

    assert await journal.head() == 0
