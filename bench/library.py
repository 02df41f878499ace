"""The library `eventsourcing`, as one would run it in production, to measure against.

Version 9.5 with psycopg's C build, a pool as large as the workers are many, prepared
statements and pipelines as it sets them, notification ids in order (its default: the
table is locked EXCLUSIVE while events are inserted), no ping before each use.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from eventsourcing.domain import DomainEvent
from eventsourcing.persistence import (
    DatetimeAsISO,
    EventStore,
    JSONTranscoder,
    Mapper,
    UUIDAsHex,
)
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from bench.findings import CODEC, NOW, finding

SPACE = UUID("5b1c2c1e-0f5e-5a57-9d8d-3c9f5b6f7a10")


@dataclass(frozen=True)
class FindingRaised(DomainEvent):
    """A finding as the library stores it: the same facts, as JSON."""

    data: dict[str, Any]


@contextmanager
def library(url: str, workers: int) -> Iterator[tuple[EventStore[UUID], Any]]:
    """Lend the library's event store on a database of its own, and its recorder."""
    parts = urlsplit(url)
    datastore = PostgresDatastore(
        dbname=parts.path.strip("/"),
        host=str(parts.hostname),
        port=int(parts.port or 5432),
        user=str(parts.username),
        password=str(parts.password or ""),
        pool_size=workers,
        max_waiting=workers,
        schema="public",
    )
    try:
        recorder = PostgresApplicationRecorder(datastore, events_table_name="events")
        recorder.create_table()
        transcoder = JSONTranscoder()
        transcoder.register(DatetimeAsISO())
        transcoder.register(UUIDAsHex())
        yield EventStore(Mapper(transcoder), recorder), recorder
    finally:
        datastore.close()


def raised(number: int, version: int = 1) -> FindingRaised:
    """Return the *number*-th finding as an event of the library."""
    _, _, data = CODEC.encode(finding(number))
    return FindingRaised(
        originator_id=uuid5(SPACE, str(number)),
        originator_version=version,
        timestamp=NOW,
        data=data,
    )
