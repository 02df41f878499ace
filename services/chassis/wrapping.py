"""From journal events to records: which go where, after which, in which bytes.

Pure: the same journal, mapping and layout give the same records for ever.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from contracts.catalogue import topic_of
from contracts.envelope import Envelope, Transport, headers_of, schema_of
from contracts.event import Event
from services.chassis.bus import Outgoing
from services.chassis.bus.partitioning import partition_of
from services.chassis.cursors import Cursor
from services.chassis.journal import Recorded

AT_MOST = 64  # messages that one journal event may become
ROUND_BYTES = 900_000  # per partition: one record batch holds more
EVENT_BYTES = 800_000  # of the bodies that one journal event may become
OVERHEAD = 64  # bytes that a record has beside key, value and headers

Publish = Callable[[Any], Sequence[Event]]
Said = tuple[Recorded, Sequence[Event]]
Place = tuple[str, int]
# The last position that each partition has of events that were lost, and accepted so:
# what comes later than it comes after it (reconciling.py).
Floors = Mapping[Place, int]
NOTHING_LOST: Floors = {}


class Unpublishable(Exception):
    """One journal event would become more than its position or a batch has room for."""


@dataclass(slots=True)
class Round:
    """What one round sends, and where the cursors stand when all of it arrived."""

    position: int
    last: dict[str, list[int]]
    batches: defaultdict[Place, list[Outgoing]] = field(
        default_factory=lambda: defaultdict(list)
    )
    sizes: dict[Place, int] = field(default_factory=dict)


_partition_of = lru_cache(10_000)(partition_of)  # keys come again and again


def plan(
    source: str,
    said: Sequence[Said],
    cursors: Mapping[str, Cursor],
    floors: Floors = NOTHING_LOST,
) -> Round:
    """Return the next round: as many whole events as fit one batch per partition."""
    planned = Round(
        position=min(cursor.position for cursor in cursors.values()),
        last={topic: list(cursor.last) for topic, cursor in cursors.items()},
    )
    for recorded, events in said:
        last = {topic: list(positions) for topic, positions in planned.last.items()}
        sizes = dict(planned.sizes)
        placed = [
            _placed(last, floors, source, (recorded, n, event))
            for n, event in enumerate(events)
        ]
        for place, outgoing in placed:
            sizes[place] = sizes.get(place, 0) + _size(outgoing)
        if planned.batches and max(sizes.values(), default=0) > ROUND_BYTES:
            break
        for place, outgoing in placed:
            planned.batches[place].append(outgoing)
        planned.position, planned.last, planned.sizes = recorded.position, last, sizes
    return planned


def publishable(publish: Publish) -> Callable[[Any], None]:
    """Return the check that keeps out of the journal what no relay could publish.

    What concerns many targets is one journal event per target.
    """

    def check(event: Any) -> None:
        said = publish(event)
        if len(said) > AT_MOST:
            raise Unpublishable(f"{type(event).__name__} says {len(said)} things")
        size = sum(len(one.model_dump_json().encode()) for one in said)
        if size > EVENT_BYTES:
            raise Unpublishable(f"{type(event).__name__} says {size} bytes")

    return check


def wrap(source: str, recorded: Recorded, number: int, event: Event) -> Envelope:
    """Put the event into an envelope that is the same each time."""
    name = _name(recorded, number, event)
    return Envelope(
        id=name,
        source=source,
        type=event.TYPE,
        subject=recorded.stream,
        partitionkey=recorded.key,
        time=recorded.occurred_at,
        correlationid=recorded.context.correlation_id,
        causationid=recorded.context.causation_id,
        traceparent=_trace(recorded, name),
        data=event.model_dump(mode="json"),
    )


def _name(recorded: Recorded, number: int, event: Event) -> UUID:
    return uuid5(recorded.id, f"{event.TYPE}/{number}")


def _trace(recorded: Recorded, name: UUID) -> str:
    """Return the event's trace; of a story that came without: its id, the message's."""
    context = recorded.context
    return context.traceparent or f"00-{context.correlation_id.hex}-{name.hex[:16]}-01"


def _placed(
    last: Mapping[str, list[int]],
    floors: Floors,
    source: str,
    said: tuple[Recorded, int, Event],
) -> tuple[Place, Outgoing]:
    """Return the record and its partition, whose *last* position it becomes.

    The bytes are those of ``wrap``, without the envelope between (a test compares).
    """
    recorded, number, event = said
    topic, key = topic_of(event.TYPE), recorded.key.encode()
    partition = _partition_of(key, len(last[topic]))
    pos, prev = recorded.position * AT_MOST + number, last[topic][partition]
    if prev < (floor := floors.get((topic, partition), 0)) < pos:
        prev = floor
    last[topic][partition] = pos
    name, context = _name(recorded, number, event), recorded.context
    headers = headers_of(
        what=(source, event.TYPE, schema_of(event.TYPE)),
        name=name,
        about=(recorded.stream, recorded.key),
        time=recorded.occurred_at,
        story=(context.correlation_id, context.causation_id),
        trace=_trace(recorded, name),
    )
    link = Transport(pos=pos, prev=prev, version=recorded.version)
    outgoing = Outgoing(
        key=key,
        value=event.__pydantic_serializer__.to_json(event),
        headers=(*headers, *link.to_headers()),
    )
    return (topic, partition), outgoing


def _size(outgoing: Outgoing) -> int:
    headers = sum([len(name) + len(value) for name, value in outgoing.headers])
    return OVERHEAD + len(outgoing.key) + len(outgoing.value) + headers
