"""In which order messages may be accepted: the chain of es_prev, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.chassis.bus import TopicPartition
from services.chassis.consumer.hearing import Item
from services.chassis.errors import Halted

CONSUMED = "consumed"
APPLIED = "applied"
DUPLICATE = "duplicate"
IGNORED = "ignored:"  # with its reason
PARKED = "parked"
GAP_HELD = "gap-held"


@dataclass(slots=True, kw_only=True)
class Progress:
    """Where a consumer stands in one partition, moved on while a batch is judged."""

    at: TopicPartition
    epoch: int
    next_offset: int
    source_pos: int
    gap_pos: int = 0
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Judged:
    """What of a batch is accepted, and where records are missing before what came."""

    accepted: list[Item] = field(default_factory=list)
    duplicates: list[Item] = field(default_factory=list)
    again: dict[TopicPartition, int] = field(default_factory=dict)


def judge(
    items: Sequence[Item], progress: Mapping[TopicPartition, Progress], *, dense: bool
) -> Judged:
    """Accept what follows what was accepted last; count the rest.

    *dense*: offsets have no holes (a topic's), so one that is missing must be fetched.

    Raises:
        Halted: Positions contradict what was promised.
    """
    judged = Judged()
    for item in items:
        here = progress[item.at]
        if item.at in judged.again:
            continue
        if item.offset < here.next_offset:
            _seen_before(item, here)
            continue
        if dense and item.offset > here.next_offset:
            judged.again[item.at] = here.next_offset
            continue
        here.next_offset = item.offset + 1
        here.counts[CONSUMED] += 1
        repeated = here.counts[DUPLICATE]
        if _follows(item, here):
            judged.accepted.append(item)
        elif here.counts[DUPLICATE] > repeated:
            judged.duplicates.append(item)
    return judged


def _seen_before(item: Item, here: Progress) -> None:
    """Pass over what came a second time; its offset was counted the first time.

    An old offset with a new position means that the topic was made anew.
    """
    if item.position is not None and item.position > max(here.source_pos, here.gap_pos):
        raise Halted(
            f"{item.at} offset {item.offset} was dealt with, "
            f"and now holds position {item.position}"
        )


def _follows(item: Item, here: Progress) -> bool:
    if item.position is None or item.previous is None:
        return True  # no relay sent it: it belongs to no chain and is parked
    if item.previous == here.source_pos:
        here.source_pos = item.position
        return True
    if item.position <= here.source_pos:
        here.counts[DUPLICATE] += 1
        return False
    if item.previous > here.source_pos:
        here.counts[GAP_HELD] += 1
        here.gap_pos = max(here.gap_pos, item.position)
        return False
    raise Halted(
        f"{item.at} offset {item.offset}: position {item.position} follows "
        f"{item.previous}, but {here.source_pos} was accepted"
    )
