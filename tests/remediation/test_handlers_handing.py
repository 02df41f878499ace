"""Hand-overs in the service: heard, by itself, one after another, decided."""

from functools import partial
from uuid import uuid5

import pytest

from contracts.registry import AgencySucceeded, Successor
from services.chassis.context import acting
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows
from services.remediation import domain
from services.remediation.app import build
from services.remediation.commands import HandOver
from services.remediation.handlers import CASE, hand_over
from services.remediation.subscriptions import OWN
from tests.conftest import STORY
from tests.remediation.examples import CALENDAR, CONCLUSION, acted, hanoi
from tests.remediation.merging import (
    DISSOLVED,
    LAW,
    REFORM,
    SPLIT,
    SUCCEEDED,
    MemoryHoldings,
)

MORNING = hanoi(2025, 7, 1, 9)
CASES = ("RC-07", "RC-08")
MERGED_ON = AgencySucceeded(
    agency_id="vn34-x29955",
    name="UBND phường Hồng Ngự",
    successors=(Successor(agency_id="later", name="Sau này", relation="RENAMED"),),
    effective_on=REFORM,
    legal_ref=LAW,
    automatic_to="later",
)


@pytest.fixture
def holdings():
    return MemoryHoldings({"hn-tan-hoi": CASES, "hong-ngu": CASES})


@pytest.fixture
def service(journal):
    return build(Ports(journal=journal, rows=NoRows(), calendar=CALENDAR))


async def hear(service, journal, event, at=MORNING):
    with acting(acted(at)):
        await service.on[type(event)](event, journal)


async def follow(journal, holdings, since=0):
    """Do what the own journal asks for, until it asks for nothing more."""
    while found := await journal.after(since, 1):
        [recorded] = found
        since = recorded.position
        if react := OWN.get(type(recorded.event)):
            with acting(acted(MORNING, cause=recorded.id)):
                await react(recorded.event, journal, holdings=holdings)
    return since


async def holders(journal):
    cases = [CASE.fold(r.event for r in await journal.read(f"case-{c}")) for c in CASES]
    return [case.issued.agency_id for case in cases]


async def events_of(journal, kind):
    return [r.event for r in await journal.after(0, 99) if isinstance(r.event, kind)]


async def test_the_open_cases_of_a_merged_unit_go_to_its_successor(
    service, journal, holdings
):
    await hear(service, journal, CONCLUSION, hanoi(2025, 6, 5, 10))
    await hear(service, journal, SUCCEEDED)
    await follow(journal, holdings)

    assert await holders(journal) == ["vn34-x29955"] * 2
    assert len(await events_of(journal, domain.CaseHandedOver)) == 2


async def test_the_same_succession_heard_twice_hands_over_once(
    service, journal, holdings
):
    await hear(service, journal, CONCLUSION, hanoi(2025, 6, 5, 10))
    await hear(service, journal, SUCCEEDED)
    await hear(service, journal, SUCCEEDED)
    await follow(journal, holdings)
    await follow(journal, holdings)

    assert len(await events_of(journal, domain.CaseHandedOver)) == 2


async def test_a_case_opened_with_a_unit_that_is_gone_goes_on_at_once(service, journal):
    await hear(service, journal, SUCCEEDED)
    await hear(service, journal, CONCLUSION)
    await follow(journal, MemoryHoldings())

    assert await holders(journal) == ["vn34-x29955"] * 2


async def test_a_case_goes_through_several_steps_of_lineage(service, journal, holdings):
    await hear(service, journal, CONCLUSION, hanoi(2025, 6, 5, 10))
    await hear(service, journal, SUCCEEDED)
    await hear(service, journal, MERGED_ON)
    await follow(journal, holdings)

    assert await holders(journal) == ["later"] * 2


async def test_a_split_leaves_one_decision_for_each_case(service, journal, holdings):
    await hear(service, journal, CONCLUSION, hanoi(2025, 6, 5, 10))
    await hear(service, journal, SPLIT)
    await follow(journal, holdings)

    required = await events_of(journal, domain.HandoverDecisionRequired)
    assert [it.case_id for it in required] == list(CASES)
    assert await holders(journal) == ["hn-tan-hoi"] * 2


async def test_a_dissolved_district_leaves_the_authority_to_be_decided(
    service, journal, holdings
):
    await hear(service, journal, CONCLUSION, hanoi(2025, 6, 5, 10))
    await hear(service, journal, DISSOLVED)
    await follow(journal, holdings)

    required = await events_of(journal, domain.HandoverDecisionRequired)
    assert {it.concerns for it in required} == {domain.Concerns.AUTHORITY}


async def test_what_fell_due_before_the_reform_is_the_old_units(
    service, journal, holdings
):
    await hear(service, journal, CONCLUSION, hanoi(2025, 5, 5, 10))
    await hear(service, journal, SUCCEEDED)
    await follow(journal, holdings)

    kinds = [type(r.event).__name__ for r in await journal.read("case-RC-07")]
    assert kinds.index("RemediationOverdue") < kinds.index("CaseHandedOver")


async def test_an_authority_decides_by_the_registrys_name(service, journal, holdings):
    await hear(service, journal, CONCLUSION, hanoi(2025, 6, 5, 10))
    await hear(service, journal, SPLIT)
    await follow(journal, holdings)
    ask = partial(hand_over, "RC-07", journal=journal, holdings=holdings)
    cause = uuid5(STORY, "hand-over")
    with acting(acted(MORNING, agency="vn34-p82", role="authority", cause=cause)):
        await ask(command=HandOver(to_agency="vn34-x30154", reason="Theo địa bàn"))

    [told] = await events_of(journal, domain.CaseHandedOver)
    assert (told.to_name, told.decided_by) == ("UBND xã Tân Long", "vn34-p82")


async def test_nothing_is_handed_to_an_agency_that_does_not_exist(
    service, journal, holdings
):
    await hear(service, journal, CONCLUSION)
    with (
        acting(acted(MORNING, agency="vn34-p82", role="authority")),
        pytest.raises(domain.RemediationRefused) as refused,
    ):
        await hand_over(
            "RC-07",
            HandOver(to_agency="nowhere", reason="…"),
            journal,
            holdings=holdings,
        )
    assert refused.value.code == "unknown-agency"
