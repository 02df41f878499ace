"""Succession in the service: heard, by itself, later orders, decided."""

from uuid import uuid5

import pytest

from services.chassis.access import Principal
from services.chassis.context import Context, acting
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows
from services.inspection import commands, domain, handlers
from services.inspection.app import build
from services.inspection.subscriptions import own
from tests.conftest import STORY
from tests.inspection.examples import ARRIVAL, CALENDAR, TERMS
from tests.inspection.merging import DISSOLVED, SUCCEEDED, MemoryLineage

WAITING = MemoryLineage({"hn-tan-hoi": ["I-2023-HN-07"]})


@pytest.fixture
def service(journal):
    return build(Ports(journal=journal, rows=NoRows(), calendar=CALENDAR))


def acted(cause, role="planner"):
    return Context(
        actor=role,
        correlation_id=STORY,
        causation_id=cause,
        occurred_at=ARRIVAL,
        principal=Principal(agency_id="vn34-p82", role=role, person_ref="p-90"),
    )


async def order(journal):
    with acting(acted(uuid5(STORY, "order"))):
        command = commands.PlanInspection(terms=TERMS)
        await handlers.plan_inspection("I-2023-HN-07", command, journal)


async def hear(service, journal, event):
    with acting(acted(uuid5(STORY, type(event).__name__))):
        await service.on[type(event)](event, journal)


async def follow(journal, lineage=WAITING):
    reactions, since = own(CALENDAR, lineage), 0
    while found := await journal.after(since, 1):
        [recorded] = found
        since = recorded.position
        if react := reactions.get(type(recorded.event)):
            with acting(acted(recorded.id)):
                await react(recorded.event, journal)


async def unit(journal):
    events = await journal.read("inspection-I-2023-HN-07")
    state = handlers.INSPECTION.fold(r.event for r in events)
    return state.planned.terms.agency_id, state.undecided is not None


async def test_an_inspection_that_waits_goes_on_with_the_successor(service, journal):
    await order(journal)
    await hear(service, journal, SUCCEEDED)
    await follow(journal)

    assert await unit(journal) == ("vn34-x29955", False)


async def test_one_that_is_ordered_later_goes_on_at_once(service, journal):
    await hear(service, journal, SUCCEEDED)
    await order(journal)
    await follow(journal, MemoryLineage())

    assert await unit(journal) == ("vn34-x29955", False)


async def test_a_dissolved_unit_leaves_a_decision(service, journal):
    await order(journal)
    await hear(service, journal, DISSOLVED)
    await follow(journal)

    assert await unit(journal) == ("hn-tan-hoi", True)


async def test_an_authority_decides_by_the_registrys_name(service, journal):
    await order(journal)
    await hear(service, journal, DISSOLVED)
    await follow(journal)
    command = commands.TransferInspection(to_agency="vn34-x30154", reason="Địa bàn")
    with acting(acted(uuid5(STORY, "transfer"), role="authority")):
        await handlers.transfer_inspection(
            "I-2023-HN-07", command, journal, lineage=WAITING
        )

    assert await unit(journal) == ("vn34-x30154", False)


async def test_nothing_goes_to_an_agency_that_does_not_exist(journal):
    await order(journal)
    command = commands.TransferInspection(to_agency="nowhere", reason="…")
    with (
        acting(acted(uuid5(STORY, "transfer"), role="authority")),
        pytest.raises(domain.InspectionRefused) as refused,
    ):
        await handlers.transfer_inspection(
            "I-2023-HN-07", command, journal, lineage=WAITING
        )
    assert refused.value.code == "unknown-agency"


@pytest.mark.capability("C25")
async def test_a_rounds_requests_go_to_the_successor_of_its_unit(service, journal):
    await order(journal)
    with acting(acted(uuid5(STORY, "enrol"))):
        enrol = commands.EnrolInspection(
            inspection_id="I-2023-HN-07", agency_id="hn-tan-hoi"
        )
        await handlers.enrol_inspection(TERMS.round_id, enrol, journal)
    await hear(service, journal, SUCCEEDED)
    await follow(journal)
    await follow(journal)

    history = await journal.read(f"round-{TERMS.round_id}")
    round_ = handlers.ROUND.fold(r.event for r in history)
    assert round_.units == {"I-2023-HN-07": "vn34-x29955"}
    assert len(history) == len(("enrolled", "moved"))
