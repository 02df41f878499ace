"""Directives and recommendations upward in the service, when an agency ends."""

from uuid import uuid5

import pytest

from services.chassis.context import acting
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows
from services.remediation import domain
from services.remediation.app import build
from services.remediation.commands import (
    AskUpward,
    GiveDirective,
    HandDirectiveOver,
    HandUpwardOver,
)
from services.remediation.handlers import (
    DIRECTIVE,
    UPWARD,
    ask_upward,
    give_directives,
    hand_directive_over,
    hand_upward_over,
)
from tests.conftest import STORY
from tests.remediation.examples import CALENDAR, DUTY, acted, hanoi
from tests.remediation.merging import SPLIT, SUCCEEDED, MemoryHoldings
from tests.remediation.test_domain_passing import ASKED
from tests.remediation.test_handlers_handing import MERGED_ON, follow, hear

MORNING = hanoi(2025, 7, 1, 9)
KNOWN = {"asked": {"hn-tan-hoi": ["RQ-2"]}, "awaited": {"hn-tan-hoi": ["KN-1"]}}


@pytest.fixture
def holdings():
    return MemoryHoldings(**KNOWN)


@pytest.fixture
def service(journal):
    return build(Ports(journal=journal, rows=NoRows(), calendar=CALENDAR))


async def ask(journal):
    """Give the unit a standing duty, and ask it something from below."""
    with acting(acted(hanoi(2025, 6, 5), cause=uuid5(STORY, "asked"))):
        await give_directives({"RQ-2": GiveDirective(words=DUTY)}, journal)
        words = AskUpward(words=ASKED)
        await ask_upward({"KN-1": words}, journal, calendar=CALENDAR)


async def asked_of(journal):
    """Return of whom the duty is asked now, and who is to answer."""
    duty = DIRECTIVE.fold(r.event for r in await journal.read("directive-RQ-2"))
    above = UPWARD.fold(r.event for r in await journal.read("upward-KN-1"))
    return domain.addressed(duty.said)[-1], above.issued.addressee


@pytest.mark.capability("C25")
async def test_all_that_a_merged_unit_was_asked_is_asked_of_its_successor(
    service, journal, holdings
):
    await ask(journal)
    await hear(service, journal, SUCCEEDED)
    await follow(journal, holdings)

    assert await asked_of(journal) == ("vn34-x29955", "vn34-x29955")


@pytest.mark.capability("C25")
async def test_what_is_asked_of_a_unit_that_is_gone_is_asked_of_who_stands_there(
    service, journal
):
    await hear(service, journal, SUCCEEDED)
    await hear(service, journal, MERGED_ON)
    await ask(journal)
    await follow(journal, MemoryHoldings())

    assert await asked_of(journal) == ("later", "later")


@pytest.mark.capability("C25")
async def test_an_authority_decides_for_a_divided_unit(service, journal, holdings):
    await ask(journal)
    await hear(service, journal, SPLIT)
    await follow(journal, holdings)
    assert await asked_of(journal) == ("hn-tan-hoi", "hn-tan-hoi")
    to = {"to_agency": "vn34-x30154", "reason": "Theo địa bàn"}
    duty = HandDirectiveOver(from_agency="hn-tan-hoi", **to)
    cause = uuid5(STORY, "decided")
    with acting(acted(MORNING, agency="vn34-p82", role="authority", cause=cause)):
        await hand_directive_over("RQ-2", duty, journal, holdings=holdings)
        await hand_upward_over("KN-1", HandUpwardOver(**to), journal, holdings=holdings)

    assert await asked_of(journal) == ("vn34-x30154", "vn34-x30154")


async def test_nothing_is_asked_of_an_agency_that_does_not_exist(journal, holdings):
    await ask(journal)
    nowhere = HandUpwardOver(to_agency="nowhere", reason="…")
    with (
        acting(acted(MORNING, agency="vn34-p82", role="authority")),
        pytest.raises(domain.RemediationRefused) as refused,
    ):
        await hand_upward_over("KN-1", nowhere, journal, holdings=holdings)

    assert refused.value.code == "unknown-agency"
