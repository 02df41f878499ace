"""What differs between the live rows and those that the events say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.chassis.postgres import Database, Row
from services.chassis.projector.builds import Build
from services.chassis.projector.declaring import Table
from services.chassis.projector.writing import Sum, summed

NAMED = 20  # rows of a table that are named; the others are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One row's columns that differ; None: there is no such row."""

    key: str
    live: Mapping[str, Any] | None
    told: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """Rows of a table that are not what the events say: how many, the first by key."""

    table: str
    rows: int
    keys: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = field(default=(), compare=False)


async def compare(
    database: Database,
    live: Build,
    told: Build,
    tables: Iterable[Table],
    sums: Mapping[str, Sum],
) -> list[Drift]:
    """Return the tables of the live build whose rows are not those of the other.

    Tables of one sum (*sums* are the other's) hold the same rows. The rest is compared
    row by row, on the server: nothing of a table's size comes into our memory.
    """
    shown = await summed(database, live.place, sums)
    return [
        await _drift(database, live, told, table, "FULL")
        for table in tables
        if shown[table.name] != sums[table.name]
    ]


async def compare_some(
    database: Database, live: Build, told: Build, tables: Iterable[Table]
) -> list[Drift]:
    """Return the rows of the other build that the live one holds otherwise."""
    found = [await _drift(database, live, told, table, "RIGHT") for table in tables]
    return [drift for drift in found if drift.rows]


async def _drift(
    database: Database, live: Build, told: Build, table: Table, join: str
) -> Drift:
    same = " AND ".join(f"a.{column} = b.{column}" for column in table.key)
    key = ", ".join(f"'{c}', coalesce(a.{c}, b.{c})" for c in table.key)
    rows = await database.fetch(
        f"SELECT jsonb_build_object({key})::text AS key, count(*) OVER () AS n,"  # noqa: S608 - own names
        " to_jsonb(a)::text AS live, to_jsonb(b)::text AS told"
        f" FROM {live.place}{table.name} a"
        f" {join} JOIN {told.place}{table.name} b ON {same}"
        " WHERE to_jsonb(a) IS DISTINCT FROM to_jsonb(b)"
        f" ORDER BY 1 LIMIT {NAMED}"
    )
    return Drift(
        table=table.name,
        rows=rows[0]["n"] if rows else 0,
        keys=tuple(row["key"] for row in rows),
        differences=tuple(_difference(row) for row in rows),
    )


def _difference(row: Row) -> Difference:
    live, told = (json.loads(row[n]) if row[n] else None for n in ("live", "told"))
    if live is None or told is None:
        return Difference(key=row["key"], live=live, told=told)
    names = [name for name in live if live[name] != told.get(name)]
    return Difference(
        key=row["key"],
        live={name: live[name] for name in names},
        told={name: told.get(name) for name in names},
    )
