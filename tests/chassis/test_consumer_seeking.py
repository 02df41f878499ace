"""A checkpoint is moved: nothing is applied twice, nothing is lost unsaid."""

from collections import Counter

import pytest

from services.chassis.consumer.checkpoint import Checkpoint
from services.chassis.consumer.seeking import (
    SeekRefused,
    account,
    here,
    move,
    survey,
)
from tests.chassis.consuming import AT, NAME, Rig, ledger


@pytest.fixture
async def rig(database, clock):
    return Rig(database, clock)


async def surveyed(rig, offset):
    sent = rig.sender.sent[AT.partition]

    async def read(_, first, end):
        for record in sent[first:end]:
            yield record

    stands = await here(rig.database, NAME, AT)
    return await survey(AT, stands, offset, len(sent), read)


async def go(rig, consumer, offset):
    """Move the checkpoint there, and hear what comes from there on."""
    seek = await surveyed(rig, offset)
    async with rig.database.transaction():
        await move(rig.database, NAME, seek)
        await Checkpoint(rig.database, NAME).count({AT: Counter(account(seek))})
    consumer.go_on([AT])
    await consumer.receive(rig.sender.sent[AT.partition][offset:])
    return seek


async def test_what_is_heard_again_has_no_second_effect(rig):
    consumer = await rig.ready()
    await consumer.receive([rig.sender.tell(number) for number in range(5)])

    seek = await go(rig, consumer, 2)

    assert (seek.repeated, seek.lost, seek.position) == (3, 0, seek.position_before)
    assert await rig.effects() == [0, 1, 2, 3, 4]
    account_ = await ledger(consumer)
    assert (account_["applied"], account_["duplicate"]) == (5, 3)


async def test_the_chain_goes_on_after_what_was_heard_again(rig):
    consumer = await rig.ready()
    await consumer.receive([rig.sender.tell(number) for number in range(3)])
    await go(rig, consumer, 0)

    await consumer.receive([rig.sender.tell(3)])

    assert await rig.effects() == [0, 1, 2, 3]


async def test_what_would_be_skipped_is_named_one_by_one(rig):
    await rig.ready()
    records = [rig.sender.tell(number) for number in range(4)]

    seek = await surveyed(rig, 3)

    assert (seek.lost, seek.passed, seek.holes) == (3, 3, 0)
    ids = [dict(record.headers)["ce_id"].decode() for record in records]
    assert list(seek.names) == ids[:3]


async def test_what_comes_after_the_skipped_joins_the_chain_and_adds_up(rig):
    consumer = await rig.ready()
    for number in range(4):
        rig.sender.tell(number)

    await go(rig, consumer, 3)

    assert await rig.effects() == [3]
    (standing,) = await consumer.status()
    assert standing.ignored_by_reason == {"skipped": 3}
    assert (await ledger(consumer))["consumed"] == 4


async def test_a_seek_to_the_end_follows_the_last_record(rig):
    consumer = await rig.ready()
    for number in range(4):
        rig.sender.tell(number)
    await go(rig, consumer, 4)

    await consumer.receive([rig.sender.tell(4)])

    assert await rig.effects() == [4]


async def test_duplicates_that_are_passed_are_no_loss(rig):
    consumer = await rig.ready()
    first = rig.sender.tell(0)
    await consumer.receive([first])
    rig.sender.again(first)
    rig.sender.tell(1)

    seek = await surveyed(rig, 2)

    assert (seek.lost, seek.duplicates) == (0, 1)
    await go(rig, consumer, 2)
    assert await rig.effects() == [0, 1]
    await ledger(consumer)


async def test_over_a_hole_what_is_held_behind_it_is_acted_on(rig):
    consumer = await rig.ready()
    await consumer.receive([rig.sender.tell(0)])
    rig.sender.tell(1)
    del rig.sender.sent[0][1:]  # the bus has lost it
    behind = [rig.sender.place(rig.sender.tell(n)) for n in (2, 3)]
    del rig.sender.sent[0][1:]
    behind = [rig.sender.place(record) for record in behind]
    await consumer.receive(behind)
    assert await rig.effects() == [0]

    seek = await go(rig, consumer, 1)

    assert (seek.lost, seek.holes) == (1, 1)
    assert await rig.effects() == [0, 2, 3]
    await ledger(consumer)


async def test_to_pass_what_is_held_behind_a_hole_counts_it_too(rig):
    consumer = await rig.ready()
    rig.sender.tell(0)
    del rig.sender.sent[0][:]
    held = rig.sender.tell(1)
    await consumer.receive([held])

    seek = await surveyed(rig, 1)

    assert (seek.lost, seek.holes, seek.passed) == (2, 1, 0)


async def test_what_no_relay_sent_is_not_heard_again(rig):
    consumer = await rig.ready()
    await consumer.receive([rig.sender.tell(0, without=("es_pos",))])

    with pytest.raises(SeekRefused) as refused:
        await surveyed(rig, 0)

    assert refused.value.code == "unchained"


async def test_what_no_relay_sent_is_a_loss_when_passed(rig):
    await rig.ready()
    rig.sender.place(rig.sender.tell(0), without=("es_pos",))
    rig.sender.tell(1)

    seek = await surveyed(rig, 2)

    assert (seek.lost, seek.holes, seek.names[-1]) == (2, 0, "0/1")


@pytest.mark.parametrize("offset", [-1, 2])
async def test_there_is_nothing_beyond_the_ends(rig, offset):
    await rig.ready()
    rig.sender.tell(0)

    with pytest.raises(SeekRefused) as refused:
        await surveyed(rig, offset)

    assert refused.value.code == "no-such-offset"


async def test_a_checkpoint_that_moved_meanwhile_is_left_alone(rig):
    consumer = await rig.ready()
    records = [rig.sender.tell(number) for number in range(3)]
    seek = await surveyed(rig, 2)
    await consumer.receive(records)

    with pytest.raises(SeekRefused) as refused:
        await move(rig.database, NAME, seek)

    assert refused.value.code == "moved-meanwhile"
    assert await rig.effects() == [0, 1, 2]


async def test_where_nobody_has_been_nothing_is_moved(rig):
    with pytest.raises(SeekRefused) as refused:
        await here(rig.database, NAME, AT)

    assert refused.value.code == "no-checkpoint"


async def test_a_halted_consumer_goes_on_once_its_checkpoint_is_mended(rig):
    """A topic that was made anew holds other positions at the old offsets."""
    consumer = await rig.ready()
    await consumer.receive([rig.sender.tell(number) for number in range(3)])
    del rig.sender.sent[0][:]
    anew = [rig.sender.tell(3)]
    consumer.halted = None
    seek = await go(rig, consumer, 0)

    assert (seek.repeated, seek.lost) == (3, 0)
    assert await rig.effects() == [0, 1, 2, 3]
    assert (await consumer.receive(anew), consumer.state) == ({}, "running")
