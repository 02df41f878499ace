"""A journal of any size, written by COPY: what P12 is measured on.

The chain is not computed (nothing here reads it), all else is as an append leaves it:
every index, the heads, the sequence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg

from bench.findings import CODEC, NOW, finding

EACH = 50  # events of an inspection: there are more inspections, not longer ones
APART = 400  # inspections that take turns
CAUSE = UUID(int=1)
META = json.dumps(
    {"actor": "bench", "correlation_id": str(CAUSE), "causation_id": str(CAUSE)}
)
HASH = b"\x00" * 32
EVENT = (
    "seq",
    "stream_id",
    "version",
    "event_id",
    "type",
    "schema_version",
    "partition_key",
    "data",
    "meta",
    "occurred_at",
    "recorded_at",
    "hash",
)
STREAM = ("stream_id", "category", "partition_key", "version", "head_hash")


async def multiply(connection: asyncpg.Connection, events: int) -> None:
    """Fill an empty journal with so many events, as its superuser."""
    await connection.copy_records_to_table(
        "event", schema_name="es", columns=EVENT, records=_events(events)
    )
    await connection.copy_records_to_table(
        "stream", schema_name="es", columns=STREAM, records=_streams(events)
    )
    await connection.execute("SELECT setval('es.event_seq_seq', $1)", events)
    await connection.execute("VACUUM (ANALYZE) es.event, es.stream")


def _events(events: int) -> Iterator[tuple[Any, ...]]:
    for number in range(events):
        inspection, version = _place(number)
        event = replace(finding(number), inspection_id=inspection)
        _, schema, data = CODEC.encode(event)
        yield (
            number + 1,
            f"inspection-{inspection}",
            version,
            UUID(int=number + 1),
            "FindingRaised",
            schema,
            inspection,
            json.dumps(data, ensure_ascii=False),
            META,
            NOW,
            NOW,
            HASH,
        )


def _streams(events: int) -> Iterator[tuple[Any, ...]]:
    last = dict(map(_place, range(events)))  # the last version stays
    for inspection, version in last.items():
        yield f"inspection-{inspection}", "inspection", inspection, version, HASH


def _place(number: int) -> tuple[str, int]:
    """Return the inspection of an event, and the event's version in it."""
    group, inside = divmod(number, EACH * APART)
    turn, one = divmod(inside, APART)
    return f"I-2023-{group * APART + one:07}", turn + 1
