"""Journal and bus held against each other, by the messages' ids.

After a restored backup or a failover the bus may tell of events that the journal has
lost. The relay stops there. An operator sees exactly which, and may accept the loss:
then the relay's chain goes on behind them, and their positions are never used again.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol
from uuid import UUID, uuid5

from contracts.catalogue import topic_of
from contracts.envelope import BadEnvelope, Transport, from_headers
from services.chassis.bus import Record
from services.chassis.bus.partitioning import partition_of
from services.chassis.journal import Recorded
from services.chassis.wrapping import AT_MOST, Floors, Publish

PAGE = 1000


class Reading(Protocol):
    """What is needed of a journal."""

    async def after(self, position: int, limit: int) -> list[Recorded]:
        """Return what was recorded past *position*, in order, without gaps."""
        ...


class Heard(NamedTuple):
    """What a record on the bus says of the journal event that it came from."""

    topic: str
    partition: int
    pos: int
    stream: str
    version: int
    cause: UUID | None

    @property
    def position(self) -> int:
        """Return where in the journal the event stood."""
        return self.pos // AT_MOST


def heard(records: Mapping[int, Record]) -> list[Heard]:
    """Return what the last records of a topic's partitions say; strangers' nothing."""
    found = []
    for record in records.values():
        with suppress(BadEnvelope):
            transport = Transport.from_headers(record.headers)
            stream, cause = _origin(record)
            at = (record.topic, record.partition, transport.pos)
            found.append(Heard(*at, stream, transport.version, cause))
    return found


async def missing(
    journal: Reading, told: Sequence[Heard], floors: Floors
) -> list[Heard]:
    """Return which of them came from no event that the journal has (any more).

    What an operator accepted (*floors*) is no contradiction any more.
    """
    lost = []
    for one in told:
        if one.pos <= floors.get((one.topic, one.partition), 0):
            continue
        found = await journal.after(one.position - 1, 1)
        if not any(_is(event, one) for event in found):
            lost.append(one)
    return lost


def _is(event: Recorded, told: Heard) -> bool:
    """Say whether it is that event; not by its message's id: mappings may change."""
    return (event.position, event.stream, event.version) == (
        told.position,
        told.stream,
        told.version,
    ) and told.cause in (event.context.causation_id, None)


def _origin(record: Record) -> tuple[str, UUID | None]:
    try:
        envelope = from_headers(record.headers, record.key, record.value)
    except BadEnvelope:
        return "", None
    return envelope.subject, envelope.causationid


class Lying(NamedTuple):
    """A message on the bus: where it lies, and its place in the journal's order."""

    topic: str
    partition: int
    offset: int
    pos: int
    type: str


@dataclass(slots=True, kw_only=True)
class Reconciled:
    """What one side has and the other has not."""

    on_bus: int = 0
    in_journal: int = 0
    pending: int = 0
    lost: dict[UUID, Lying] = field(default_factory=dict)
    accepted: dict[UUID, Lying] = field(default_factory=dict)
    unpublished: dict[UUID, str] = field(default_factory=dict)
    clashing: dict[UUID, str] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Say whether both sides have the same, but for what is still to be sent."""
        return not (self.lost or self.unpublished or self.clashing)

    def told(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "ok": self.clean,
            "on_bus": self.on_bus,
            "in_journal": self.in_journal,
            "pending": self.pending,
            "accepted": len(self.accepted),
            "missing_in_journal": _listed(self.lost),
            "missing_on_bus": [
                {"id": str(name), "type": kind}
                for name, kind in self.unpublished.items()
            ],
            "clashing": [
                {"id": str(name), "type": kind} for name, kind in self.clashing.items()
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Up to where the relay has published, and how many partitions a topic has."""

    position: int
    partitions: Mapping[str, int]
    accepted: frozenset[UUID] = frozenset()


async def lying(source: str, records: AsyncIterable[Record]) -> dict[UUID, Lying]:
    """Return what *source* has on the bus, each message where it lies first."""
    found: dict[UUID, Lying] = {}
    async for record in records:
        headers = dict(record.headers)
        if headers.get("ce_source") != source.encode():
            continue
        with suppress(BadEnvelope, KeyError, ValueError):
            pos = Transport.from_headers(record.headers).pos
            at = (record.topic, record.partition, record.offset, pos)
            kind = headers["ce_type"].decode()
            found.setdefault(UUID(headers["ce_id"].decode()), Lying(*at, kind))
    return found


async def reconciled(
    journal: Reading,
    publish: Publish,
    on_bus: Mapping[UUID, Lying],
    published: Published,
) -> Reconciled:
    """Hold all that the journal says against all that lies on the bus."""
    found = Reconciled(on_bus=len(on_bus))
    left = dict(on_bus)
    ends = _ends(on_bus)
    position = 0
    while events := await journal.after(position, PAGE):
        for event in events:
            for number, said in enumerate(publish(event.event)):
                name = uuid5(event.id, f"{said.TYPE}/{number}")
                found.in_journal += 1
                if left.pop(name, None) is not None:
                    continue
                topic = topic_of(said.TYPE)
                count = published.partitions.get(topic, 0)
                at = (topic, partition_of(event.key.encode(), count) if count else 0)
                if event.position <= published.position:
                    found.unpublished[name] = said.TYPE
                elif event.position * AT_MOST + number <= ends.get(at, 0):
                    found.clashing[name] = said.TYPE
                else:
                    found.pending += 1
        position = events[-1].position
    for name, one in left.items():
        (found.accepted if name in published.accepted else found.lost)[name] = one
    return found


def _ends(on_bus: Mapping[UUID, Lying]) -> dict[tuple[str, int], int]:
    ends: dict[tuple[str, int], int] = {}
    for one in on_bus.values():
        at = (one.topic, one.partition)
        ends[at] = max(ends.get(at, 0), one.pos)
    return ends


def _listed(messages: Mapping[UUID, Lying]) -> list[dict[str, Any]]:
    return [{"id": str(name), **one._asdict()} for name, one in messages.items()]
