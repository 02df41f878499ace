"""Row operations folded in memory: what the tables hold after some events.

The same fold serves a batch of the live build (on the rows it touches), a rebuild (on
nothing) and an answer as of some moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
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


class Fold:
    """The rows of some tables, by table and key, and which keys were touched."""

    def __init__(self, projections: Iterable[Projection]) -> None:
        self._projections = tuple(projections)
        self.tables: dict[str, Table] = {
            table.name: table for p in self._projections for table in p.tables
        }
        self._rows: dict[str, dict[Key, Row]] = {name: {} for name in self.tables}

    def operations(self, seen: Seen) -> list[Operation]:
        """Return what the projections make of an event, of the journal or heard."""
        kind = type(seen.event)
        found: list[Operation] = []
        for projection in self._projections:
            for sources in (projection.own, projection.heard):
                if project := sources.get(kind):
                    found += project(seen)
        return found

    def see(self, seen: Seen) -> None:
        """Fold one event."""
        for operation in self.operations(seen):
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

    @property
    def touched(self) -> bool:
        """Say whether there is any row."""
        return any(self._rows.values())

    def load(self, table: str, row: Row) -> None:
        """Begin with a row that is there already."""
        self._rows[table][self._key(table, row)] = row

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table."""
        return list(self._rows[table].values())

    def row(self, table: str, key: Key) -> Row | None:
        """Return the row of a key, if there is one."""
        return self._rows[table].get(key)

    def key_of(self, operation: Operation) -> Key:
        """Return the key of the row that an operation is about."""
        named = operation.row if isinstance(operation, Put) else operation.key
        return self._key(operation.table, named)

    def _key(self, table: str, named: Mapping[str, Any]) -> Key:
        return tuple(_text(named[column]) for column in self.tables[table].key)


def to_json(value: Any) -> str:
    """Return *value* as JSON that Postgres reads into a column of its type."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else to_json(value).strip('"')


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
