"""What a projection is made of: tables, and what each event does to their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contracts.event import Event
from services.chassis.journal import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A read model's table: SQL types by column name, the key, further indexes."""

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An event and where it was seen: in the own journal, or on the bus."""

    event: Any
    stream: str
    key: str
    version: int
    position: int
    occurred_at: datetime
    recorded_at: datetime


def seen_in(recorded: Recorded) -> Seen:
    """Return a journal event as a projection sees it."""
    return Seen(
        event=recorded.event,
        stream=recorded.stream,
        key=recorded.key,
        version=recorded.version,
        position=recorded.position,
        occurred_at=recorded.occurred_at,
        recorded_at=recorded.recorded_at,
    )


@dataclass(frozen=True, slots=True)
class Put:
    """Write this row, whatever stood there."""

    table: str
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """Set these columns of the row of *key*; make the row if there is none."""

    table: str
    key: Mapping[str, Any]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Add:
    """Add to these counters of the row of *key*; make the row if there is none."""

    table: str
    key: Mapping[str, Any]
    amounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Drop:
    """Take the row of *key* away."""

    table: str
    key: Mapping[str, Any]


Operation = Put | Change | Add | Drop


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """Tables, and what each event does to them.

    ``own`` holds journal event classes of the own domain, ``heard`` published ones.
    What comes from several sources must commute (Change of other columns, Add).
    """

    name: str
    tables: tuple[Table, ...]
    own: Mapping[type[Any], Callable[[Seen], Sequence[Operation]]] = field(
        default_factory=dict
    )
    heard: Mapping[type[Event], Callable[[Seen], Sequence[Operation]]] = field(
        default_factory=dict
    )
