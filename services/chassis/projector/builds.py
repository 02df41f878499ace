"""The builds of a service's views: a schema each, and which one readers see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.chassis.postgres import Database, Row
from services.chassis.projector.declaring import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One build and how far it is: in the own journal, in what was heard."""

    number: int
    code_hash: str
    journal: int = 0
    heard: int = 0

    @property
    def place(self) -> str:
        """Return what its tables' names begin with: their schema and a dot."""
        return f"views_{self.number}."


ALONE = "IN SHARE ROW EXCLUSIVE MODE"
LIVE = (
    "SELECT build, code_hash, journal_position, heard_position"
    " FROM es.view_build WHERE state = 'live'"
)


class Builds:
    """The registry of builds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def live(self, *, locked: bool = False) -> Build | None:
        """Return the build that readers see, for as long as a transaction lasts."""
        which = f"{LIVE} FOR UPDATE" if locked else LIVE
        row = await self._database.fetchrow(which)
        return (
            Build(number=row[0], code_hash=row[1], journal=row[2], heard=row[3])
            if row
            else None
        )

    async def all(self) -> list[Row]:
        """Return every build there is, the newest first."""
        return await self._database.fetch(
            "SELECT build, state, code_hash, journal_position, heard_position, made_at"
            " FROM es.view_build ORDER BY build DESC"
        )

    async def begin(self, code_hash: str, tables: Iterable[Table]) -> Build:
        """Make a new build, empty; forget those that were never finished."""
        async with self._database.transaction():
            await self._database.execute(f"LOCK TABLE es.view_build {ALONE}")
            await self._database.execute(
                "SELECT es.drop_build(build) FROM es.view_build"
                " WHERE state = 'building'"
            )
            number = await self._database.fetchval(
                "INSERT INTO es.view_build (build, code_hash, state)"
                " SELECT coalesce(max(build), 0) + 1, $1, 'building' FROM es.view_build"
                " RETURNING build",
                code_hash,
            )
            await self._database.execute("SELECT es.make_build($1)", number)
            build = Build(number=number, code_hash=code_hash)
            for table in tables:
                await create(self._database, build.place, table)
        return build

    async def advance(self, build: Build, journal: int, heard: int) -> Build:
        """Write down how far the build is, with its rows."""
        await self._database.execute(
            "UPDATE es.view_build SET journal_position = $2, heard_position = $3"
            " WHERE build = $1",
            build.number,
            journal,
            heard,
        )
        return replace(build, journal=journal, heard=heard)

    async def swap(self, build: Build, tables: Iterable[Table]) -> None:
        """Show this build to readers from the end of the transaction on."""
        shown = "SELECT viewname FROM pg_views WHERE schemaname = 'views'"
        for row in await self._database.fetch(shown):
            await self._database.execute(f'DROP VIEW views."{row[0]}"')
        for table in tables:
            rows = f"SELECT * FROM {build.place}{table.name}"  # noqa: S608 - own names
            await self._database.execute(f"CREATE VIEW views.{table.name} AS {rows}")
        await self._database.execute(
            "UPDATE es.view_build SET state = 'old', made_at = clock_timestamp()"
            " WHERE state = 'live'"
        )
        await self._database.execute(
            "UPDATE es.view_build SET state = 'live' WHERE build = $1", build.number
        )

    async def tidy(self) -> None:
        """Drop builds that were replaced more than a day ago."""
        await self._database.execute(
            "SELECT es.drop_build(build) FROM es.view_build"
            " WHERE state = 'old' AND made_at < clock_timestamp() - interval '1 day'"
        )


async def create(database: Database, place: str, table: Table) -> None:
    """Make one table with its indexes."""
    key = ", ".join(table.key)
    columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns.items())
    name = f"{place}{table.name}"
    await database.execute(f"CREATE TABLE {name} ({columns}, PRIMARY KEY ({key}))")
    for index in table.indexes:
        await database.execute(f"CREATE INDEX ON {name} ({', '.join(index)})")
