"""Two topics, one the cause of the other: every order of both leads to the same end."""

from itertools import combinations

import pytest

from services.chassis.errors import CauseUnseen
from services.chassis.journal import ANY, Append
from services.chassis.postgres import Database
from tests.chassis.consuming import AT, Rig, Sender, ledger
from tests.chassis.journal_contract import Said
from tests.chassis.telling import OTHER, Registered, Told

EACH = 3
ELSEWHERE = AT._replace(topic=OTHER)


@pytest.fixture
async def rig(journal_database, clock):
    database = await Database.open(journal_database.of("planning_app"))
    yield Rig(database, clock)
    await database.close()


def orders():
    """Yield every way to mix effects and causes, each topic in its own order."""
    places = range(2 * EACH)
    for causes in combinations(places, EACH):
        yield [place in causes for place in places]


@pytest.mark.fault("F14")
async def test_effect_before_cause_or_after_it_the_end_is_the_same(rig):
    found = list(orders())

    ends = {await lived(rig, number, order) for number, order in enumerate(found)}

    assert len(found) == 20
    assert ends == {(("1", "2", "3"), ("1", "2", "3"))}


async def lived(rig, number, order):
    """Hear both topics in one order, one message at a time; return what came of it."""
    causes, effects = f"talk-{number}-causes", f"talk-{number}-effects"

    async def react(event, journal):
        stream = causes if isinstance(event, Registered) else effects
        if stream == effects and str(event.number) not in await said(rig, causes):
            raise CauseUnseen("not registered yet")
        words = [Said(text=str(event.number))]
        await journal.append(Append(stream=stream, expected=ANY, events=words))

    rig.reactions.react = react
    consumer = rig.consumer(name=f"planning.run{number}.v1", hears=(Told, Registered))
    await consumer.assigned([AT, ELSEWHERE])
    there, here = Sender(OTHER), Sender()
    cause = (there.tell(n, kind=Registered.TYPE) for n in range(1, EACH + 1))
    effect = (here.tell(n) for n in range(1, EACH + 1))
    for is_cause in order:
        await consumer.receive([next(cause if is_cause else effect)])
    while await consumer.release_due():
        pass
    assert (await ledger(consumer))["parked"] == 0
    return await said(rig, causes), await said(rig, effects)


async def said(rig, stream):
    return tuple(one.event.text for one in await rig.journal.read(stream))
