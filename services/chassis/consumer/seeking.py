"""Moving a checkpoint: what would be heard again, what would never be heard.

The chain decides, not the offset. Wherever a consumer is sent, ``source_pos`` becomes
the ``es_prev`` of the record that comes next, and never less than it was:

* back: what was accepted comes again and is counted as duplicate. No effect happens
  twice, for ``source_pos`` stays. (To do effects over, replay into a shadow.)
* forward: what lies between is named, one by one, and given up only by somebody who
  says how many they are. What follows joins the chain.
* over a hole (the bus has lost records): to the first record that is held behind it.
  Each hole counts as one loss; how many were in it, only the sender's journal knows.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from contracts.envelope import BadEnvelope, Transport
from services.chassis.bus import Record, TopicPartition
from services.chassis.consumer.judging import CONSUMED, DUPLICATE, IGNORED
from services.chassis.postgres import Database, Row

SKIPPED = "skipped"
NAMED = 1000  # of what is given up, so many are named
# Reads one partition from an offset up to, not including, another.
Read = Callable[[TopicPartition, int, int], AsyncIterator[Record]]
HERE = """
SELECT next_offset, source_pos, gap_pos FROM es.checkpoint
 WHERE (consumer, topic, part) = ($1, $2, $3)
"""
MOVE = """
UPDATE es.checkpoint SET next_offset = $6, source_pos = $7, gap_pos = 0,
       gap_since = NULL, updated_at = clock_timestamp()
 WHERE (consumer, topic, part) = ($1, $2, $3) AND (next_offset, source_pos) = ($4, $5)
RETURNING true
"""


class SeekRefused(Exception):
    """To go there would break a promise, or nobody has accepted what it costs."""

    def __init__(self, code: str, detail: str) -> None:
        self.code = code
        super().__init__(detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seek:
    """From where to where, and what it costs."""

    at: TopicPartition
    offset_before: int
    position_before: int
    offset: int
    position: int
    repeated: int  # heard again, as duplicates
    passed: int  # not heard at all, by offset
    duplicates: int  # of those passed, had already been accepted
    lost: int  # events that would never be acted on; a hole counts as one
    holes: int
    names: tuple[str, ...]


@dataclass(slots=True)
class _Survey:
    """What lies before the target and is not accepted yet."""

    here: Row
    offset: int
    chain: dict[int, int] = field(default_factory=dict)  # position to the one before
    names: list[str] = field(default_factory=list)
    unchained: int = 0
    duplicates: int = 0
    next: Transport | None = None  # the record that comes next

    def look(self, record: Record) -> None:
        """Take one record into account."""
        passed = self.here["next_offset"] <= record.offset < self.offset
        again = self.offset <= record.offset < self.here["next_offset"]
        try:
            link = Transport.from_headers(record.headers)
        except BadEnvelope:
            if again:
                raise SeekRefused(
                    "unchained",
                    f"offset {record.offset} was sent by no relay: heard again, it "
                    "would be parked again; go to a later one",
                ) from None
            if passed:
                self.unchained += 1
                self._name(f"{record.partition}/{record.offset}")
            return
        if record.offset == self.offset:
            self.next = link
        if record.offset >= self.offset:
            return
        if link.pos <= self.here["source_pos"] or link.pos in self.chain:
            self.duplicates += passed
            return
        self.chain[link.pos] = link.prev
        self._name(dict(record.headers).get("ce_id", b"").decode(errors="replace"))

    def _name(self, name: str) -> None:
        if len(self.names) < NAMED:
            self.names.append(name)


async def survey(
    at: TopicPartition, here: Row, offset: int, end: int, read: Read
) -> Seek:
    """Say what it means to go on from *offset*; reads the topic, changes nothing.

    Raises:
        SeekRefused: There is no such place, or the chain would not hold there.
    """
    before = here["next_offset"]
    if not 0 <= offset <= end:
        raise SeekRefused("no-such-offset", f"{at} has offsets from 0 to {end}")
    found = _Survey(here=here, offset=offset)
    held = here["gap_pos"] > here["source_pos"]  # something lies before, not accepted
    first = 0 if held else min(before, offset)
    last = min(max(before, offset + 1), end)
    async for record in read(at, first, last):
        found.look(record)
    position, holes = _joined(found)
    return Seek(
        at=at,
        offset_before=before,
        position_before=here["source_pos"],
        offset=offset,
        position=position,
        repeated=max(before - offset, 0),
        passed=max(offset - before, 0),
        duplicates=found.duplicates,
        lost=len(found.chain) + found.unchained + holes,
        holes=holes,
        names=tuple(found.names),
    )


async def here(database: Database, consumer: str, at: TopicPartition) -> Row:
    """Return where the consumer stands.

    Raises:
        SeekRefused: It has never been there.
    """
    row = await database.fetchrow(HERE, consumer, at.topic, at.partition)
    if row is None:
        raise SeekRefused("no-checkpoint", f"{consumer} has none in {at[0]}/{at[1]}")
    return row


async def move(database: Database, consumer: str, seek: Seek) -> None:
    """Move the checkpoint and account for what is passed; inside a transaction.

    Raises:
        SeekRefused: It moved since we looked.
    """
    moved = await database.fetchval(
        MOVE,
        consumer,
        *seek.at,
        seek.offset_before,
        seek.position_before,
        seek.offset,
        seek.position,
    )
    if not moved:
        raise SeekRefused("moved-meanwhile", "it has moved: pause it first, then seek")


def account(seek: Seek) -> dict[str, int]:
    """Return what is entered in the ledger: all that is passed was consumed."""
    counts = {
        CONSUMED: seek.passed,
        DUPLICATE: seek.duplicates,
        IGNORED + SKIPPED: seek.passed - seek.duplicates,
    }
    return {outcome: n for outcome, n in counts.items() if n}


def _joined(found: _Survey) -> tuple[int, int]:
    """Return the position that the next record follows, and how many holes there are.

    Raises:
        SeekRefused: The next record contradicts what was accepted.
    """
    position: int = found.here["source_pos"]
    holes = 0
    for link in sorted(found.chain):
        holes += found.chain[link] > position
        position = link
    if found.next is None or found.next.pos <= position:
        return position, holes
    if found.next.prev < position:
        raise SeekRefused(
            "chain-broken",
            f"offset {found.offset} follows {found.next.prev}, but {position} "
            "would be accepted by then",
        )
    return found.next.prev, holes + (found.next.prev > position)
