"""What was told to rest rests, through restarts, until somebody says otherwise."""

import asyncio

import pytest

from services.chassis.bus import TopicPartition
from services.chassis.consumer import Patience, Tolerance
from services.chassis.holding import RELAY, Holds, Place
from services.chassis.relay import Relay
from services.chassis.testing import MemoryBus
from services.chassis.testing.cursors import MemoryCursors
from tests.chassis.consuming import AT, NAME, Refused, Rig
from tests.chassis.telling import HOME, happen, publish
from tests.eventually import eventually

OTHER = TopicPartition(HOME, 1)
ALL = Place(what=NAME)
ONE = Place(what=NAME, topic=HOME, partition=0)
BY = ("p-01", "the receiver is being mended")


@pytest.fixture
async def holds(database):
    return Holds(database)


@pytest.fixture
async def rig(database, clock):
    return Rig(database, clock)


def steered(consumer, holds):
    consumer.rests = lambda at=None: holds.rests(consumer.name, at)
    holds.on_change(consumer.look_again)
    return consumer


@pytest.mark.parametrize(
    ("place", "everything", "here", "beside"),
    [
        (ALL, True, True, True),
        (Place(what=NAME, topic=HOME), False, True, True),
        (ONE, False, True, False),
        (Place(what=NAME, topic="other.events.v1"), False, False, False),
        (Place(what=RELAY), False, False, False),
    ],
)
def test_a_hold_covers_what_it_names_and_nothing_beside(
    place, everything, here, beside
):
    assert place.covers(NAME, None) is everything
    assert place.covers(NAME, AT) is here
    assert place.covers(NAME, OTHER) is beside


async def test_a_hold_survives_the_process_that_was_told(holds, database):
    assert await holds.hold(ALL, *BY)
    started_anew = Holds(database)
    await started_anew.refresh()

    (hold,) = started_anew.all()
    assert (hold.place, hold.who, hold.why) == (ALL, *BY)
    assert started_anew.rests(NAME)


async def test_who_held_first_is_remembered(holds):
    await holds.hold(ONE, *BY)

    assert not await holds.hold(ONE, "p-02", "me too")
    await holds.refresh()
    assert [hold.who for hold in holds.all()] == ["p-01"]


async def test_letting_go_of_what_is_not_held_changes_nothing(holds):
    await holds.hold(ONE, *BY)

    assert not await holds.release(ALL)
    assert await holds.release(ONE)
    assert not await holds.release(ONE)


async def test_a_consumer_that_rests_applies_nothing_and_asks_for_it_again(rig, holds):
    consumer = steered(await rig.ready(), holds)
    await holds.hold(ALL, *BY)
    await holds.refresh()
    records = [rig.sender.tell(1), rig.sender.tell(2)]

    again = await consumer.receive(records)

    assert (again, await rig.effects(), consumer.state) == ({AT: 0}, [], "held")
    await holds.release(ALL)
    await holds.refresh()
    assert not await consumer.receive(records)
    assert (await rig.effects(), consumer.state) == ([1, 2], "running")


async def test_one_partition_rests_and_the_others_go_on(rig, holds):
    consumer = steered(await rig.ready(AT, OTHER), holds)
    await holds.hold(ONE, *BY)
    await holds.refresh()

    again = await consumer.receive(
        [rig.sender.tell(1), rig.sender.tell(2, key="o", partition=1)]
    )

    assert (again, await rig.effects()) == ({AT: 0}, [2])
    assert (consumer.resting(), consumer.state) == ({AT}, "running")


async def test_what_is_parked_is_not_tried_again_while_its_consumer_rests(rig, holds):
    tolerance = Tolerance(patience=Patience(first=0.0))
    consumer = steered(await rig.ready(tolerance=tolerance), holds)
    rig.reactions.wrong[1] = Refused("no")
    await consumer.receive([rig.sender.tell(1)])
    rig.reactions.wrong.clear()
    await holds.hold(ONE, *BY)

    assert await consumer.release_due() == 0
    await holds.release(ONE)
    assert await consumer.release_due() == 1


@pytest.fixture
def relay(journal):
    cursors, bus = MemoryCursors(), MemoryBus(partitions=3)
    relay = Relay("planning", journal, cursors, bus, publish)
    return relay, cursors, bus


async def test_a_relay_that_rests_publishes_nothing_and_is_not_failing(
    relay, journal, clock
):
    relay, cursors, bus = relay
    held = True
    relay.rests = lambda: held
    running = asyncio.create_task(relay.run())
    await happen(journal, clock, 1)
    await eventually(lambda: relay.state == "paused")

    assert (bus.records(HOME), relay.position) == ([], 0)
    held = False
    relay.wake()
    await eventually(lambda: relay.position == 1)
    assert (relay.state, len(bus.records(HOME))) == ("running", 1)
    relay.stop()
    await running
    assert cursors.rows[HOME].epoch == 1


async def test_a_kicked_relay_does_not_wait_out_its_pause(
    relay, journal, clock, monkeypatch
):
    monkeypatch.setattr("services.chassis.relay.BACK_OFF_FIRST", 3600)
    relay, _, bus = relay
    bus.faults.lose = lambda *_: True
    await happen(journal, clock, 1)
    running = asyncio.create_task(relay.run())
    await eventually(lambda: relay.state == "failing")
    bus.faults.lose = lambda *_: False

    relay.kick()

    await eventually(lambda: relay.position == 1)
    relay.stop()
    await running


async def test_a_kicked_relay_takes_over_anew(relay, journal, clock):
    relay, cursors, _ = relay
    running = asyncio.create_task(relay.run())
    await happen(journal, clock, 1)
    await eventually(lambda: relay.position == 1)

    relay.kick()

    await eventually(lambda: cursors.rows[HOME].epoch == 2)
    relay.stop()
    await running
