"""What the journal holds, for tools: what it publishes, and how a story went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from contracts.catalogue import topic_of
from contracts.envelope import to_key
from services.chassis.bus.partitioning import partition_of
from services.chassis.journal import Recorded
from services.chassis.wrapping import AT_MOST, wrap

if TYPE_CHECKING:
    from services.chassis.running.parts import Parts

PARTITIONS = 12
MOST = 2000
# By the id of the event, of its story or its cause, or by a stream's name or key.
FIND = """
SELECT seq, stream_id FROM es.event
 WHERE event_id = $1 OR stream_id = $2
    OR right(stream_id, length($2) + 1) = '-' || $2
    OR meta ->> 'correlation_id' = $3 OR meta ->> 'causation_id' = $3
 ORDER BY seq LIMIT $4
"""


async def published(parts: Parts, after: int, limit: int) -> dict[str, Any]:
    """Return every message that the next events of the journal translate to."""
    events = await parts.journal.after(after, limit)
    more = len(events) == limit
    return {
        "items": [message for event in events for message in _messages(parts, event)],
        "next": events[-1].position if more else None,
    }


async def trace(parts: Parts, wanted: str) -> dict[str, Any]:
    """Return the journal's events of a story, an event or a stream, in order."""
    identity = _uuid(wanted)
    rows = await parts.database.fetch(
        FIND, identity, wanted, str(identity) if identity else None, MOST
    )
    positions = {row["seq"] for row in rows}
    items = [
        _told(parts, recorded)
        for stream in sorted({row["stream_id"] for row in rows})
        for recorded in await parts.journal.read(stream)
        if recorded.position in positions
    ]
    return {"items": sorted(items, key=lambda item: item["position"])}


def _messages(parts: Parts, recorded: Recorded) -> list[dict[str, Any]]:
    said = parts.service.publish(recorded.event)
    found = []
    for number, event in enumerate(said):
        envelope = wrap(parts.service.name, recorded, number, event)
        found.append(
            {
                "id": str(envelope.id),
                "type": envelope.type,
                "topic": topic_of(envelope.type),
                "partition": partition_of(to_key(envelope), PARTITIONS),
                "es_pos": recorded.position * AT_MOST + number,
            }
        )
    return found


def _told(parts: Parts, recorded: Recorded) -> dict[str, Any]:
    return {
        "event_id": str(recorded.id),
        "stream": recorded.stream,
        "version": recorded.version,
        "type": type(recorded.event).__name__,
        "occurred_at": recorded.occurred_at.isoformat(),
        "recorded_at": recorded.recorded_at.isoformat(),
        "correlation_id": str(recorded.context.correlation_id),
        "causation_id": str(recorded.context.causation_id),
        "actor": recorded.context.actor,
        "position": recorded.position,
        "published": [message["id"] for message in _messages(parts, recorded)],
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
