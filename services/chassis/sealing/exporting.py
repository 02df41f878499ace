"""The journal as lines that anybody can check: a seal, then its events with proofs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.verify.lines import Entry, spelled
from contracts.verify.merkle import leaf, paths
from services.chassis.postgres import Database, Row

LEAF = 40  # bytes: position, chain's hash
LISTED = """
SELECT number, upto, void_by IS NOT NULL AS void,
       octet_length(leaves) / 40 AS events FROM es.seal
 WHERE number > $1 ORDER BY number LIMIT $2
"""
SEAL = """
SELECT line, leaves, void_by, upto, coalesce(
    (SELECT b.upto FROM es.seal b WHERE b.number < s.number AND b.void_by IS NULL
      ORDER BY b.number DESC LIMIT 1), 0) AS after
  FROM es.seal s WHERE number = $1
"""
EVENTS = """
SELECT e.seq, e.stream_id, e.version, e.event_id::text AS event_id, e.type,
       e.schema_version, e.partition_key,
       (extract(epoch FROM e.occurred_at) * 1000000)::bigint AS occurred_us,
       (extract(epoch FROM e.recorded_at) * 1000000)::bigint AS recorded_us,
       e.data::text AS data, e.meta::text AS meta, e.hash,
       coalesce((SELECT p.hash FROM es.event p WHERE p.stream_id = e.stream_id
                   AND p.version = e.version - 1), '\\x') AS previous
  FROM es.event e WHERE e.seq > $1 AND e.seq <= $2 ORDER BY e.seq
"""


class NoSeal(Exception):
    """There is no seal of this number."""


async def seals(database: Database, after: int, limit: int) -> list[dict[str, Any]]:
    """Return the seals past a number, oldest first: up to where, and of how many."""
    return [dict(row) for row in await database.fetch(LISTED, after, limit)]


async def sealed(database: Database, number: int) -> list[bytes]:
    """Return the lines of one seal: itself, then its events as they are now.

    The proofs are made from what was sealed, so an event that was changed since is
    shown with a proof that no longer fits it.

    Raises:
        NoSeal: There is none.
    """
    row = await database.fetchrow(SEAL, number)
    if row is None:
        raise NoSeal(f"there is no seal {number}")
    lines = [row["line"].encode()]
    if row["void_by"] is not None:  # its events are lost
        return lines
    events = await database.fetch(EVENTS, row["after"], row["upto"])
    places = _places(row["leaves"])
    return lines + [spelled(_entry(event, places)) for event in events]


def _places(leaves: bytes) -> dict[int, tuple[int, list[str]]]:
    """Return for each position that was sealed its index and its path to the root."""
    data = [leaves[at : at + LEAF] for at in range(0, len(leaves), LEAF)]
    proofs = paths([leaf(each) for each in data])
    return {
        int.from_bytes(each[:8], "big"): (index, [step.hex() for step in path])
        for index, (each, path) in enumerate(zip(data, proofs, strict=True))
    }


def _entry(row: Row, places: Mapping[int, tuple[int, Sequence[str]]]) -> Entry:
    index, path = places.get(row["seq"], (0, ()))
    return Entry(
        position=row["seq"],
        stream=row["stream_id"],
        version=row["version"],
        id=row["event_id"],
        type=row["type"],
        schema_version=row["schema_version"],
        key=row["partition_key"],
        occurred_us=row["occurred_us"],
        recorded_us=row["recorded_us"],
        data=row["data"],
        meta=row["meta"],
        previous=row["previous"].hex(),
        hash=row["hash"].hex(),
        index=index,
        path=list(path),
    )
