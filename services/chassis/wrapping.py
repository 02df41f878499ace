"""From journal events to records: which go where, after which, in which bytes.

Pure: the same journal, mapping and layout give the same records for ever.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid5

from contracts.catalogue import topic_of
from contracts.envelope import Envelope, Transport, to_headers, to_key, to_value
from contracts.event import Event
from services.chassis.bus import Outgoing
from services.chassis.bus.partitioning import partition_of
from services.chassis.cursors import Cursor
from services.chassis.journal import Recorded

AT_MOST = 64  # messages that one journal event may become
ROUND_BYTES = 600_000  # per partition: one record batch holds more
OVERHEAD = 64  # bytes that a record has beside key, value and headers

Publish = Callable[[Any], Sequence[Event]]
Said = tuple[Recorded, Sequence[Event]]
Place = tuple[str, int]


class Unpublishable(Exception):
    """One journal event would become more messages than its position has room for."""


@dataclass(slots=True)
class Round:
    """What one round sends, and where the cursors stand when all of it arrived."""

    position: int
    last: dict[str, list[int]]
    batches: defaultdict[Place, list[Outgoing]] = field(
        default_factory=lambda: defaultdict(list)
    )
    sizes: defaultdict[Place, int] = field(default_factory=lambda: defaultdict(int))


def plan(source: str, said: Sequence[Said], cursors: Mapping[str, Cursor]) -> Round:
    """Return the next round: as many whole events as fit one batch per partition."""
    planned = Round(
        position=min(cursor.position for cursor in cursors.values()),
        last={topic: list(cursor.last) for topic, cursor in cursors.items()},
    )
    for recorded, events in said:
        if max(planned.sizes.values(), default=0) > ROUND_BYTES:
            break
        for number, event in enumerate(events):
            _put(planned, wrap(source, recorded, number, event), recorded, number)
        planned.position = recorded.position
    return planned


def publishable(publish: Publish) -> Callable[[Any], None]:
    """Return the check that keeps out of the journal what no relay could publish.

    What concerns many targets is one journal event per target.
    """

    def check(event: Any) -> None:
        said = publish(event)
        if len(said) > AT_MOST:
            raise Unpublishable(f"{type(event).__name__} says {len(said)} things")

    return check


def wrap(source: str, recorded: Recorded, number: int, event: Event) -> Envelope:
    """Put the event into an envelope that is the same each time."""
    return Envelope(
        id=uuid5(recorded.id, f"{event.TYPE}/{number}"),
        source=source,
        type=event.TYPE,
        subject=recorded.stream,
        partitionkey=recorded.key,
        time=recorded.occurred_at,
        correlationid=recorded.context.correlation_id,
        causationid=recorded.context.causation_id,
        traceparent=recorded.context.traceparent,
        data=event.model_dump(mode="json"),
    )


def _put(planned: Round, envelope: Envelope, recorded: Recorded, number: int) -> None:
    topic, key = topic_of(envelope.type), to_key(envelope)
    last = planned.last[topic]
    partition = partition_of(key, len(last))
    transport = Transport(
        pos=recorded.position * AT_MOST + number,
        prev=last[partition],
        version=recorded.version,
    )
    outgoing = Outgoing(
        key=key,
        value=to_value(envelope),
        headers=(*to_headers(envelope), *transport.to_headers()),
    )
    last[partition] = transport.pos
    planned.batches[topic, partition].append(outgoing)
    planned.sizes[topic, partition] += _size(outgoing)


def _size(outgoing: Outgoing) -> int:
    headers = sum(len(name) + len(value) for name, value in outgoing.headers)
    return OVERHEAD + len(outgoing.key) + len(outgoing.value) + headers
