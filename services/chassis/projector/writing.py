"""Folded rows into tables: a batch as JSON, a whole build by COPY.

Both end in the types of the same columns: a verification would name every row in which
the two ways differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.chassis.postgres import Database
from services.chassis.projector.declaring import Drop, Operation, Put, Table
from services.chassis.projector.encoding import lines
from services.chassis.projector.folding import Fold, Key, Row, to_json

Named = Mapping[str, Any]
# Neither order nor a row's place matters to a sum; 64 bits a row.
SUM = "count(*) AS n, coalesce(sum(hash_record_extended(t, 0)), 0) AS hash"


@dataclass(frozen=True, slots=True)
class Sum:
    """What a table holds: how many rows, and the sum of their hashes."""

    rows: int = 0
    hash: Decimal = Decimal(0)

    def __add__(self, other: Sum) -> Sum:
        """Return the sum of both tables' rows."""
        return Sum(self.rows + other.rows, self.hash + other.hash)

    def __sub__(self, other: Sum) -> Sum:
        """Return the sum without some rows."""
        return Sum(self.rows - other.rows, self.hash - other.hash)


async def apply_batch(
    database: Database, place: str, fold: Fold, operations: Sequence[Operation]
) -> None:
    """Bring a build on by some operations, inside the caller's transaction."""
    await load(database, place, fold, operations)
    for operation in operations:
        fold.apply(operation)
    for table in fold.tables.values():
        await _upsert(database, place, table, fold.rows(table.name))
        await _delete(database, place, table, fold.gone(table.name))


async def load(
    database: Database, place: str, fold: Fold, operations: Sequence[Operation]
) -> None:
    """Read the rows that the operations change, as far as the fold lacks them."""
    seen: set[tuple[str, Key]] = set()
    wanted: dict[str, list[Named]] = {}
    for operation in operations:
        at = operation.table, fold.key_of(operation)
        if at in seen or fold.knows(*at):
            continue
        seen.add(at)
        if not isinstance(operation, Put | Drop):
            wanted.setdefault(operation.table, []).append(operation.key)
    for name, keys in wanted.items():
        for row in await _read(database, place, fold.tables[name], keys):
            fold.load(name, row)


async def pour(database: Database, place: str, fold: Fold) -> dict[str, Sum]:
    """Write all of a fold into new tables that are empty; return what they hold."""
    filled = []
    for table in fold.tables.values():
        if rows := fold.rows(table.name):
            await _copy(database, f"{place}{table.name}", table, rows)
            filled.append(table.name)
    return await summed(database, place, filled)


async def pour_over(database: Database, place: str, fold: Fold) -> dict[str, Sum]:
    """Write a fold over what the tables hold; return by how much they grew."""
    grown = {}
    for table in fold.tables.values():
        rows, gone = fold.rows(table.name), fold.gone(table.name)
        if rows or gone:
            keys = [{name: row[name] for name in table.key} for row in rows]
            removed = await _delete(database, place, table, [*keys, *gone])
            grown[table.name] = await _incoming(database, place, table, rows) - removed
    return grown


async def summed(
    database: Database, place: str, tables: Iterable[str]
) -> dict[str, Sum]:
    """Return what some tables hold, by name, at one moment."""
    each = [f"SELECT '{n}' AS name, {SUM} FROM {place}{n} t" for n in tables]  # noqa: S608 - own names
    rows = await database.fetch(" UNION ALL ".join(each)) if each else []
    return {row["name"]: Sum(row["n"], row["hash"]) for row in rows}


async def _incoming(
    database: Database, place: str, table: Table, rows: Sequence[Row]
) -> Sum:
    if not rows:
        return Sum()
    name, incoming = f"{place}{table.name}", f"{place}incoming_{table.name}"
    await database.execute(f"CREATE UNLOGGED TABLE {incoming} (LIKE {name})")
    await _copy(database, incoming, table, rows)
    arrived = await summed(database, f"{place}incoming_", [table.name])
    await database.execute(f"INSERT INTO {name} SELECT * FROM {incoming}")  # noqa: S608 - own names
    await database.execute(f"DROP TABLE {incoming}")
    return arrived[table.name]


async def _copy(
    database: Database, name: str, table: Table, rows: Sequence[Row]
) -> None:
    schema, _, bare = name.partition(".")
    await database.copy_text(
        bare, lines(table, rows), columns=list(table.columns), schema=schema
    )


async def _read(
    database: Database, place: str, table: Table, keys: Iterable[Named]
) -> list[Row]:
    name = f"{place}{table.name}"
    rows = await database.fetch(
        f"SELECT to_jsonb(t) FROM {name} t"  # noqa: S608 - own names
        f" JOIN json_populate_recordset(NULL::{name}, $1::json) k"
        f" USING ({', '.join(table.key)})",
        to_json(list(keys)),
    )
    return [json.loads(row[0], parse_float=Decimal) for row in rows]


async def _upsert(
    database: Database, place: str, table: Table, rows: Sequence[Row]
) -> None:
    if not rows:
        return
    name = f"{place}{table.name}"
    changed = [column for column in table.columns if column not in table.key]
    sets = ", ".join(f'"{column}" = EXCLUDED."{column}"' for column in changed)
    action = f"UPDATE SET {sets}" if changed else "NOTHING"
    await database.execute(
        f"INSERT INTO {name}"  # noqa: S608 - own names
        f" SELECT * FROM json_populate_recordset(NULL::{name}, $1::json)"
        f" ON CONFLICT ({', '.join(table.key)}) DO {action}",
        to_json(rows),
    )


async def _delete(
    database: Database, place: str, table: Table, keys: Sequence[Named]
) -> Sum:
    if not keys:
        return Sum()
    name = f"{place}{table.name}"
    same = " AND ".join(f"t.{column} = k.{column}" for column in table.key)
    # The table's name, not the alias k's columns, is what is summed.
    row = await database.fetchrow(
        f"WITH t AS (DELETE FROM {name} t"  # noqa: S608 - own names
        f" USING json_populate_recordset(NULL::{name}, $1::json) k WHERE {same}"
        f" RETURNING hash_record_extended(t, 0) AS h)"
        " SELECT count(*) AS n, coalesce(sum(h), 0) AS hash FROM t",
        to_json(keys),
    )
    return Sum(row["n"], row["hash"]) if row else Sum()
