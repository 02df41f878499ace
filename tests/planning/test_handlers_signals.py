"""Two who receive the same signal at once: one is told that it is there."""

import asyncio
from dataclasses import replace
from uuid import NAMESPACE_OID, uuid5

import pytest

from services.chassis.access import Principal
from services.chassis.calendar import official
from services.chassis.context import acting, current
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.planning.commands.signals import ReceiveSignal
from services.planning.domain.signals import SignalRefused
from services.planning.handlers import AGENCY
from services.planning.handlers.signals import REFERENCE, SIGNAL, receive_signal
from tests.planning.examples import AN_LOC
from tests.planning.registry import register

VP = Principal(agency_id="dong-thap-vp-ubnd", role="monitor", person_ref="p-1")
COMMAND = ReceiveSignal(
    source="NPSP",
    external_id="PAKN.1",
    topic="Chậm trả kết quả",
    agency_id="hn-an-loc",
)


@pytest.fixture
async def journal(journal_database, clock):
    database = await Database.open(journal_database.of("planning_app"))
    yield PostgresJournal(database, [AGENCY, SIGNAL, REFERENCE], clock)
    await database.close()


@pytest.mark.seed("0.19")
@pytest.mark.capability("C7")
async def test_of_many_at_once_one_takes_the_portals_id(journal):
    await register(journal, AN_LOC)

    async def receive(signal_id):
        command = uuid5(NAMESPACE_OID, signal_id)
        asking = replace(current(), principal=VP, command_id=command, begins=True)
        with acting(asking.from_the_start()):
            async with journal.transaction():
                return await receive_signal(
                    signal_id, COMMAND, journal, calendar=official()
                )

    names = [f"S-{n}" for n in range(6)]
    outcomes = await asyncio.gather(*map(receive, names), return_exceptions=True)
    refused = [o for o in outcomes if isinstance(o, SignalRefused)]
    written = [name for name in names if await journal.read(f"signal-{name}")]

    assert len(written) == 1
    assert [one.code for one in refused] == ["signal-already-received"] * 5
    assert all(written[0] in str(one) for one in refused)
