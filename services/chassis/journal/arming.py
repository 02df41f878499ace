"""What an append sets going, with the ids it will have; the same in every journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from services.chassis.context import Context
from services.chassis.journal import Append, Armed
from services.chassis.journal.meta import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A deadline that begins to wait."""

    id: UUID
    kind: str
    at: datetime
    armed_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Intended:
    """Something to be done outside."""

    id: UUID
    kind: str
    payload: Mapping[str, Any]
    recorded_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Arming:
    """All that one append stops and starts, stops first."""

    stopped: tuple[str, ...]
    started: tuple[Started, ...]
    intended: tuple[Intended, ...]

    def __bool__(self) -> bool:
        """Say whether there is anything."""
        return bool(self.stopped or self.started or self.intended)


def arming(append: Append, ids: Sequence[UUID]) -> Arming:
    """Return what *append* sets going, its events having these *ids*."""
    pairs = list(zip(append.armed, ids, strict=False))
    stopped = {d.kind for a in append.armed for d in a.deadlines if d.at is None}
    return Arming(
        stopped=tuple(sorted(stopped)),
        started=tuple(s for armed, by in pairs for s in _started(armed, by)),
        intended=tuple(i for armed, by in pairs for i in _intended(armed, by)),
    )


def _started(armed: Armed, by: UUID) -> Iterator[Started]:
    count: Counter[str] = Counter()
    for deadline in armed.deadlines:
        if deadline.at is None:
            continue
        name = f"{deadline.kind}/{count[deadline.kind]}"
        count[deadline.kind] += 1
        yield Started(
            id=uuid5(by, name), kind=deadline.kind, at=deadline.at, armed_by=by
        )


def _intended(armed: Armed, by: UUID) -> Iterator[Intended]:
    count: Counter[str] = Counter()
    for intent in armed.intents:
        name = f"{intent.kind}/{count[intent.kind]}"
        count[intent.kind] += 1
        yield Intended(
            id=uuid5(by, name),
            kind=intent.kind,
            payload=intent.payload,
            recorded_by=by,
        )


def as_json(armings: Sequence[tuple[str, Arming]], context: Context) -> str | None:
    """Return what streams stop and start, as ``es.arm`` reads it; None for nothing."""
    armed = [(stream, arms) for stream, arms in armings if arms]
    if not armed:
        return None
    story = str(context.correlation_id)
    return canonical(
        {
            "stop": [
                {"stream": stream, "kind": kind}
                for stream, arms in armed
                for kind in arms.stopped
            ],
            "start": [
                {
                    "stream": stream,
                    "id": str(started.id),
                    "kind": started.kind,
                    "at": started.at.isoformat(),
                    "armed_by": str(started.armed_by),
                    "correlation_id": story,
                }
                for stream, arms in armed
                for started in arms.started
            ],
            "intent": [
                {
                    "stream": stream,
                    "id": str(intended.id),
                    "kind": intended.kind,
                    "payload": intended.payload,
                    "recorded_by": str(intended.recorded_by),
                    "correlation_id": story,
                }
                for stream, arms in armed
                for intended in arms.intended
            ],
        }
    )
