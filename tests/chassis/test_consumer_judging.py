"""Shuffled, repeated, cut: what is accepted is the chain, in order, each once."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.bus import TopicPartition
from services.chassis.consumer.hearing import Item
from services.chassis.consumer.judging import (
    CONSUMED,
    DUPLICATE,
    GAP_HELD,
    Progress,
    judge,
)
from services.chassis.errors import Halted

AT = TopicPartition("planning.events.v1", 0)


def item(offset, position, previous):
    return Item(
        at=AT,
        offset=offset,
        key="k",
        name=str(offset),
        kind="",
        position=position,
        previous=previous,
    )


def relayed(dice, length):
    """Return a partition as relays that crash leave it: indices into the chain.

    A relay starts at its durable cursor and goes on; any of its sends may be lost.
    """
    log, cursor = [], 0
    for _ in range(6):
        end = dice.randint(cursor, length)
        sent = [number for number in range(cursor, end) if dice.random() < 0.8]
        log += sent
        if len(sent) == end - cursor and dice.random() < 0.5:
            cursor = end
    return log + list(range(cursor, length))


def deliveries(dice, length):
    """Return batches as a bus delivers them: it goes back, but never passes over."""
    batches, at = [], 0
    while at < length:
        start = dice.randint(max(0, at - 5), at)
        at = min(length, max(start, at) + dice.randint(1, 8))
        batches.append(range(start, at))
    return batches


def items_of(chain, log):
    previous = [0, *chain[:-1]]
    return [
        item(offset, chain[number], previous[number])
        for offset, number in enumerate(log)
    ]


@given(
    steps=st.lists(st.integers(1, 200), min_size=1, max_size=25),
    dice=st.randoms(use_true_random=False),
)
@pytest.mark.fault("F13")
def test_whatever_is_delivered_the_chain_is_accepted_once_and_in_order(steps, dice):
    chain = list(accumulate(steps))
    log = relayed(dice, len(chain))
    items = items_of(chain, log)
    here = Progress(at=AT, epoch=1, next_offset=0, source_pos=0)
    accepted = []

    for batch in deliveries(dice, len(log)):
        judged = judge([items[number] for number in batch], {AT: here}, dense=True)
        accepted += [each.position for each in judged.accepted]

    assert accepted == chain
    assert here.source_pos == chain[-1]
    assert here.counts[CONSUMED] == len(log)
    others = here.counts[DUPLICATE] + here.counts[GAP_HELD]
    assert len(log) == len(accepted) + others


@given(st.permutations(range(6)))
@pytest.mark.fault("F15")
def test_a_reordered_partition_is_never_acted_on_out_of_order(order):
    chain = [64 * number for number in range(1, 7)]
    here = Progress(at=AT, epoch=1, next_offset=0, source_pos=0)
    accepted = []

    for each in items_of(chain, list(order)):
        try:
            judged = judge([each], {AT: here}, dense=True)
        except Halted:
            break
        accepted += [one.position for one in judged.accepted]

    assert accepted == chain[: len(accepted)]


def test_a_new_position_at_an_old_offset_is_a_contradiction():
    here = Progress(at=AT, epoch=1, next_offset=5, source_pos=64)

    for position in (64, 128):
        try:
            judge([item(4, position, 0)], {AT: here}, dense=True)
        except Halted:
            assert position == 128
        else:
            assert position == 64
