"""Row operations folded in memory: what the tables hold after some events.

The same fold serves a batch of the live build (on the rows it touches), a rebuild (on
nothing) and an answer as of some moment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from operator import itemgetter
from typing import Any
from uuid import UUID

from services.chassis.projector.declaring import (
    Add,
    Change,
    Drop,
    Operation,
    Projection,
    Put,
    Seen,
    Table,
)

Row = dict[str, Any]
Key = tuple[str, ...]
Project = Callable[[Seen], Sequence[Operation]]


class Fold:
    """The rows of some tables, by table and key, and which keys were taken away."""

    def __init__(self, projections: Iterable[Projection]) -> None:
        projections = tuple(projections)
        self.tables: dict[str, Table] = {
            table.name: table for p in projections for table in p.tables
        }
        self._projects = _by_kind(projections)
        self._named = {name: _getter(t.key) for name, t in self.tables.items()}
        self._rows: dict[str, dict[Key, Row]] = {name: {} for name in self.tables}
        self._gone: dict[str, dict[Key, Mapping[str, Any]]] = {
            name: {} for name in self.tables
        }

    def operations(self, seen: Seen) -> list[Operation]:
        """Return what the projections make of an event, of the journal or heard."""
        found: list[Operation] = []
        for project in self._projects.get(type(seen.event), ()):
            found += project(seen)
        return found

    def see(self, seen: Seen) -> None:
        """Fold one event."""
        for project in self._projects.get(type(seen.event), ()):
            for operation in project(seen):
                self.apply(operation)

    def see_all(self, events: Iterable[Seen]) -> None:
        """Fold some events, in order."""
        for seen in events:
            self.see(seen)

    def apply(self, operation: Operation) -> None:
        """Fold one operation."""
        rows = self._rows[operation.table]
        key = self.key_of(operation)
        match operation:
            case Put():
                rows[key] = dict(operation.row)
            case Change():
                row = rows.setdefault(key, dict(operation.key))
                row.update(operation.values)
            case Add():
                row = rows.setdefault(key, dict(operation.key))
                for name, amount in operation.amounts.items():
                    row[name] = (row.get(name) or 0) + amount
            case Drop():
                rows.pop(key, None)
                self._gone[operation.table][key] = operation.key

    @property
    def touched(self) -> bool:
        """Say whether anything was folded that a table would show."""
        return any(self._rows.values()) or any(self._gone.values())

    @property
    def size(self) -> int:
        """Return how many keys are kept in memory."""
        kept = sum(len(rows) for rows in self._rows.values())
        return kept + sum(len(gone) for gone in self._gone.values())

    def load(self, table: str, row: Row) -> None:
        """Begin with a row that is there already."""
        self._rows[table][self._key(table, row)] = row

    def knows(self, table: str, key: Key) -> bool:
        """Say whether what stands under a key is in memory, be it that nothing does."""
        return key in self._rows[table] or key in self._gone[table]

    def forget(self) -> None:
        """Keep no row: what was folded so far is written elsewhere."""
        for name in self.tables:
            self._rows[name].clear()
            self._gone[name].clear()

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table."""
        return list(self._rows[table].values())

    def gone(self, table: str) -> list[Mapping[str, Any]]:
        """Return the keys whose rows were taken away and did not come back."""
        rows = self._rows[table]
        return [named for key, named in self._gone[table].items() if key not in rows]

    def row(self, table: str, key: Key) -> Row | None:
        """Return the row of a key, if there is one."""
        return self._rows[table].get(key)

    def key_of(self, operation: Operation) -> Key:
        """Return the key of the row that an operation is about."""
        named = operation.row if type(operation) is Put else operation.key  # type: ignore[union-attr]  # a Put has no key
        return self._key(operation.table, named)

    def _key(self, table: str, named: Mapping[str, Any]) -> Key:
        key = self._named[table](named)
        for value in key:
            if type(value) is not str:
                return tuple(map(_ordinary, key))
        return key


def _by_kind(projections: Iterable[Projection]) -> dict[type, tuple[Project, ...]]:
    """Return what is made of each class of event: one look-up an event."""
    found: dict[type, tuple[Project, ...]] = {}
    for projection in projections:
        for sources in (projection.own, projection.heard):
            for kind, project in sources.items():
                found[kind] = (*found.get(kind, ()), project)
    return found


def _getter(key: tuple[str, ...]) -> Callable[[Mapping[str, Any]], Key]:
    """Return what picks the key's values, always as a tuple."""
    if len(key) > 1:
        return itemgetter(*key)
    (only,) = key
    return lambda named: (named[only],)


def to_json(value: Any) -> str:
    """Return *value* as JSON that Postgres reads into a column of its type."""
    return _ENCODER.encode(value)


def _ordinary(value: Any) -> str:
    """Return the one text of a key's value, as it was made or as it was stored."""
    if type(value) is int:
        return str(value)
    return value if type(value) is str else to_json(value).strip('"')


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case set() | frozenset():
            return sorted(value)
        case Mapping():
            return dict(value)
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    raise TypeError(f"no column holds a {type(value).__name__}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_plain)
