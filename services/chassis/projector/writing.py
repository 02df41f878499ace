"""Folded rows into tables: one statement per table for what is written.

Rows travel as JSON and Postgres reads them into the columns' types, so a batch, a
rebuild and a verification all write by the same conversion.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from services.chassis.postgres import Database
from services.chassis.projector.declaring import Drop, Operation, Put, Table
from services.chassis.projector.folding import Fold, Key, Row, to_json

CHUNK = 2000


async def apply_batch(
    database: Database, place: str, fold: Fold, operations: Sequence[Operation]
) -> None:
    """Bring a build on by some operations, inside the caller's transaction."""
    touched: dict[str, dict[Key, Mapping[str, Any]]] = {}
    wanted: dict[str, dict[Key, Mapping[str, Any]]] = {}
    for operation in operations:
        key = fold.key_of(operation)
        keys = touched.setdefault(operation.table, {})
        if key not in keys:
            keys[key] = _key(fold.tables[operation.table], operation)
            if not isinstance(operation, Put | Drop):
                wanted.setdefault(operation.table, {})[key] = keys[key]
    for name, present in wanted.items():
        for old in await _read(database, place, fold.tables[name], present.values()):
            fold.load(name, old)
    for operation in operations:
        fold.apply(operation)
    for name, keys in touched.items():
        table = fold.tables[name]
        rows = (fold.row(name, key) for key in keys)
        kept = [row for row in rows if row is not None]
        gone = [named for key, named in keys.items() if fold.row(name, key) is None]
        await _upsert(database, place, table, kept)
        await _delete(database, place, table, gone)


async def write_all(database: Database, place: str, fold: Fold) -> None:
    """Write all folded rows into empty tables, by COPY."""
    await database.execute(f"CREATE TABLE {place}incoming (row json)")
    for table in fold.tables.values():
        for rows in _chunks(iter(fold.rows(table.name))):
            await _copy(database, place, table, rows)
    await database.execute(f"DROP TABLE {place}incoming")


async def _copy(
    database: Database, place: str, table: Table, rows: Sequence[Row]
) -> None:
    records = [(to_json(row),) for row in rows]
    schema, _, incoming = f"{place}incoming".partition(".")
    await database.copy_records(incoming, records, columns=["row"], schema=schema)
    name = f"{place}{table.name}"
    await database.execute(
        f"INSERT INTO {name} SELECT r.* FROM {place}incoming,"  # noqa: S608 - own names
        f" LATERAL json_populate_record(NULL::{name}, row) r"
    )
    await database.execute(f"TRUNCATE {place}incoming")


def _key(table: Table, operation: Operation) -> Mapping[str, Any]:
    named = operation.row if isinstance(operation, Put) else operation.key
    return {column: named[column] for column in table.key}


async def _read(
    database: Database, place: str, table: Table, keys: Iterable[Mapping[str, Any]]
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
    database: Database, place: str, table: Table, keys: Sequence[Mapping[str, Any]]
) -> None:
    if not keys:
        return
    name = f"{place}{table.name}"
    same = " AND ".join(f"t.{column} = k.{column}" for column in table.key)
    await database.execute(
        f"DELETE FROM {name} t"  # noqa: S608 - own names
        f" USING json_populate_recordset(NULL::{name}, $1::json) k WHERE {same}",
        to_json(keys),
    )


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
