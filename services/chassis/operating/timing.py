"""Deadlines, as operators see them: what waits, what will fall due, what is missing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from services.chassis.deciding import Aggregate
from services.chassis.journal import Append, Recorded
from services.chassis.journal.arming import Started, arming
from services.chassis.operating.acts import Asked, keep
from services.chassis.postgres import Database, PostgresError

if TYPE_CHECKING:
    from services.chassis.running.parts import Parts

# What operators call the states that the table has.
STATES = {
    "armed": "pending",
    "fired": "done",
    "cancelled": "cancelled",
    "parked": "parked",
}
NAMES = {state: name for name, state in STATES.items()}
MOST = 1000
STALE = "ES001"
LIST = """
SELECT id, stream_id, kind, due_at, state, reason, attempts, next_at
  FROM es.deadline
 WHERE state = ANY ($1::text[]) AND ($2 = '' OR kind = $2)
   AND ($3::timestamptz IS NULL OR due_at <= $3)
 ORDER BY due_at, id LIMIT $4
"""
STREAMS = "SELECT stream_id FROM es.stream WHERE category = $1 ORDER BY stream_id"
KNOWN = "SELECT id FROM es.deadline WHERE stream_id = $1"
ARM = "SELECT * FROM es.arm_later($1, $2, $3)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A deadline that today's rules give a stream, and that it does not have."""

    aggregate: Aggregate[Any]
    stream: str
    version: int
    started: Started


async def listed(
    database: Database,
    states: Sequence[str],
    kind: str = "",
    until: datetime | None = None,
    limit: int = MOST,
) -> list[dict[str, Any]]:
    """Return deadlines in these states, the earliest first.

    Raises:
        ValueError: There is no such state.
    """
    if unknown := set(states) - set(STATES):
        raise ValueError(f"no state {sorted(unknown)}: {', '.join(STATES)}")
    asked = [STATES[state] for state in states or ("armed", "parked")]
    return [
        {
            "id": str(row["id"]),
            "stream": row["stream_id"],
            "kind": row["kind"],
            "due_at": row["due_at"].isoformat(),
            "state": NAMES[row["state"]],
            "reason": row["reason"],
            "attempts": row["attempts"],
            "next_at": row["next_at"].isoformat() if row["next_at"] else None,
        }
        for row in await database.fetch(LIST, asked, kind, until, limit)
    ]


async def backfill(parts: Parts, asked: Asked) -> dict[str, Any]:
    """Arm what today's rules say and the streams lack, or only say what that is.

    A stream that is written to meanwhile is looked at again. What is due already fires
    at once and says that it occurred at its moment.
    """
    found = [each async for each in _missing(parts)]
    armed = 0
    if not asked.dry_run:
        for stream, aggregate in {
            each.stream: each.aggregate for each in found
        }.items():
            armed += await _arm(parts, aggregate, stream)
        if found:
            parts.timers.wake()
    result = {"missing": len(found), "armed": armed}
    await keep(parts.database, "timers.backfill", asked, result)
    shown = [_told(each) for each in found[:MOST]]
    return {"dry_run": asked.dry_run, **result, "items": shown}


async def _missing(parts: Parts) -> AsyncIterator[Missing]:
    for aggregate in parts.service.aggregates:
        if not aggregate.deadlines:
            continue
        for row in await parts.database.fetch(STREAMS, aggregate.category):
            for each in await _lacking(parts, aggregate, row["stream_id"]):
                yield each


async def _lacking(
    parts: Parts, aggregate: Aggregate[Any], stream: str
) -> list[Missing]:
    history = await parts.journal.read(stream)
    known = {row["id"] for row in await parts.database.fetch(KNOWN, stream)}
    return [
        Missing(
            aggregate=aggregate,
            stream=stream,
            version=history[-1].version,
            started=started,
        )
        for started in waiting(aggregate, history)
        if started.id not in known
    ]


def waiting(aggregate: Aggregate[Any], history: Sequence[Recorded]) -> list[Started]:
    """Return what a stream waits for by the rules of its aggregate.

    As in the journal: of what one append stops and starts, stops come first.
    """
    pending: dict[Any, Started] = {}
    for together in _appends(history):
        append = Append(
            stream=together[0].stream,
            expected=together[0].version - 1,
            events=[recorded.event for recorded in together],
            armed=[aggregate.arms(recorded.event) for recorded in together],
        )
        arms = arming(append, [recorded.id for recorded in together])
        pending = {i: s for i, s in pending.items() if s.kind not in arms.stopped}
        pending |= {started.id: started for started in arms.started}
    return list(pending.values())


def _appends(history: Sequence[Recorded]) -> Iterator[list[Recorded]]:
    """Group what was written together: one cause, one moment."""

    def written(recorded: Recorded) -> tuple[Any, ...]:
        return recorded.recorded_at, recorded.context.causation_id

    for _, together in groupby(history, written):
        yield list(together)


async def _arm(parts: Parts, aggregate: Aggregate[Any], stream: str) -> int:
    """Arm what one stream lacks; it may have grown since we looked: look again."""
    while True:
        lacking = await _lacking(parts, aggregate, stream)
        if not lacking:
            return 0
        start = json.dumps([_start(each.started) for each in lacking])
        try:
            return len(
                await parts.database.fetch(ARM, stream, lacking[0].version, start)
            )
        except PostgresError as error:
            if error.sqlstate != STALE:
                raise


def _start(started: Started) -> dict[str, str]:
    return {
        "id": str(started.id),
        "kind": started.kind,
        "at": started.at.isoformat(),
        "armed_by": str(started.armed_by),
    }


def _told(each: Missing) -> dict[str, str]:
    started = each.started
    return {
        "stream": each.stream,
        "kind": started.kind,
        "due_at": started.at.isoformat(),
        "id": str(started.id),
    }
