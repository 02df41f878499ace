"""A shadow fold beside the live rows, and what differs between the two."""

from __future__ import annotations

from dataclasses import dataclass

from services.chassis.postgres import Database
from services.chassis.projector.builds import Build, create
from services.chassis.projector.declaring import Table
from services.chassis.projector.folding import Fold
from services.chassis.projector.writing import write_all

NAMED = 20  # rows of a table that are named; the others are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """Rows of a table that are not what the events say: how many, the first by key."""

    table: str
    rows: int
    keys: tuple[str, ...] = ()


class _TakenBack(Exception):
    """Ends the transaction of a comparison, so that nothing of it is kept."""

    def __init__(self, found: list[Drift]) -> None:
        super().__init__()
        self.found = found


async def compare(database: Database, build: Build, fold: Fold) -> list[Drift]:
    """Return the tables of a build whose rows are not those of the fold.

    The fold is written beside the build by the same conversion as its rows were, and
    the server compares; then all of it is taken back.
    """
    try:
        await _compare(database, build, fold)
    except _TakenBack as taken:
        return taken.found
    raise AssertionError  # pragma: no cover


async def _compare(database: Database, build: Build, fold: Fold) -> None:
    shadow, found = f"{build.place}shadow_", []
    async with database.transaction():
        for table in fold.tables.values():
            await create(database, shadow, table)
        await write_all(database, shadow, fold)
        for table in fold.tables.values():
            keys = await _differing(database, build.place, shadow, table)
            if keys:
                named = tuple(keys[:NAMED])
                found.append(Drift(table=table.name, rows=len(keys), keys=named))
        raise _TakenBack(found)


async def _differing(
    database: Database, place: str, shadow: str, table: Table
) -> list[str]:
    """Return the keys of rows that differ, as JSON, in order."""
    same = " AND ".join(f"a.{column} = b.{column}" for column in table.key)
    key = ", ".join(f"'{c}', coalesce(a.{c}, b.{c})" for c in table.key)
    found = await database.fetch(
        f"SELECT jsonb_build_object({key})::text AS key"  # noqa: S608 - own names
        f" FROM {place}{table.name} a"
        f" FULL JOIN {shadow}{table.name} b ON {same}"
        " WHERE to_jsonb(a) IS DISTINCT FROM to_jsonb(b) ORDER BY 1"
    )
    return [row["key"] for row in found]
