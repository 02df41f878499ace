"""The builds of a service's views: a schema each, and which one readers see.

A build is ``building`` while it is made, then ``live``, or ``old``: kept beside the
live one, to be shown (again) or forgotten. Whoever makes, swaps or drops holds the
lock.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count

from services.chassis.errors import Unavailable
from services.chassis.postgres import Database, Row, Session
from services.chassis.projector.declaring import Table

ALONE = "IN SHARE ROW EXCLUSIVE MODE"
SHOWN = "SELECT viewname FROM pg_views WHERE schemaname = 'views' ORDER BY 1"
TURN, LOCKED, TRIES = "200ms", "55P03", 40  # far less than deadlock_timeout (1 s)
LOCK = 0x7669657773  # an advisory lock's number: "views"
PAUSE = 0.2
COLUMNS = "build, code_hash, journal_position, heard_position, state"
LIVE = f"SELECT {COLUMNS} FROM es.view_build WHERE state = 'live'"  # noqa: S608 - a constant
ONE = f"SELECT {COLUMNS} FROM es.view_build WHERE build = $1"  # noqa: S608 - a constant
KEPT = (
    f"SELECT {COLUMNS} FROM es.view_build"  # noqa: S608 - a constant
    " WHERE state = 'old' AND ($1::text IS NULL OR code_hash = $1)"
    " ORDER BY build DESC LIMIT 1"
)
AGED = "state = 'old' AND made_at < clock_timestamp() - interval '1 day'"
STALE = f"SELECT EXISTS (SELECT FROM es.view_build WHERE {AGED})"  # noqa: S608 - a constant
# The row is locked: one that is being shown again is left alone.
TIDY = f"""
SELECT es.drop_build(build) FROM (
  SELECT build FROM es.view_build WHERE {AGED} FOR UPDATE SKIP LOCKED) old
"""  # noqa: S608 - a constant


class BuildRefused(Exception):
    """What an operator asks of the builds cannot be done; ``code`` says which rule."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One build and how far it is: in the own journal, in what was heard."""

    number: int
    code_hash: str
    journal: int = 0
    heard: int = 0
    state: str = "building"

    @property
    def place(self) -> str:
        """Return what its tables' names begin with: their schema and a dot."""
        return f"views_{self.number}."


class Builds:
    """The registry of builds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def exclusive(self, patience: float = 0.0) -> AsyncIterator[Session]:
        """Let nobody else make, swap or drop; the server ends it with our session.

        Raises:
            BuildRefused: Somebody does, for longer than *patience* (seconds).
        """
        until = time.monotonic() + patience
        async with self._database.acquire_session() as session:
            while not await session.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
                if time.monotonic() >= until:
                    raise BuildRefused(
                        "views-busy", "another build is being made, swapped or dropped"
                    )
                await asyncio.sleep(PAUSE)
            yield session

    async def live(self, *, locked: bool = False) -> Build | None:
        """Return the build that readers see, for as long as a transaction lasts."""
        return await self._one(f"{LIVE} FOR UPDATE" if locked else LIVE)

    async def one(self, number: int, *, locked: bool = False) -> Build | None:
        """Return a build by its number."""
        return await self._one(f"{ONE} FOR UPDATE" if locked else ONE, number)

    async def kept(self, code_hash: str | None = None) -> Build | None:
        """Return the newest build beside the live one (made by this code)."""
        return await self._one(KEPT, code_hash)

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
            made = [created(build.place, table) for table in tables]
            await self._database.execute(";".join(made))
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

    async def keep(self, build: Build) -> None:
        """Keep a finished build beside the live one."""
        await self._became(build.number, "old")

    async def swap(self, build: Build, tables: Iterable[Table]) -> None:
        """Show this build to readers from the end of the transaction on."""
        views = [
            f"CREATE VIEW views.{table.name} AS SELECT * FROM {build.place}{table.name}"  # noqa: S608 - own names
            for table in tables
        ]
        await self._redirect(";".join(views))
        live = await self.live(locked=True)
        if live is not None:
            await self._became(live.number, "old")
        await self._became(build.number, "live")

    async def drop(self, number: int) -> None:
        """Forget a build that is not live."""
        await self._database.execute("SELECT es.drop_build($1)", number)

    async def stale(self) -> bool:
        """Say whether there is anything to tidy."""
        return bool(await self._database.fetchval(STALE))

    async def tidy(self) -> None:
        """Drop builds that were replaced more than a day ago."""
        await self._database.execute(TIDY)

    async def _redirect(self, views: str) -> None:
        """Put new SQL views in the place of the old ones.

        Whoever reads an old view keeps us waiting, and whoever reads later waits for
        our end and finds the new one: a statement that has seen one old view sees no
        new one. It may want a second view that we have taken already. Then we are the
        one who lets go, before the server ends either of us, and try again.
        """
        for tried in count(1):
            try:
                async with self._database.transaction():
                    await self._database.execute(f"SET LOCAL lock_timeout = '{TURN}'")
                    shown = await self._database.fetch(SHOWN)
                    drops = [f'DROP VIEW views."{row[0]}"' for row in shown]
                    await self._database.execute(";".join([*drops, views]))
            except Unavailable as error:
                locked = getattr(error.__cause__, "sqlstate", "") == LOCKED
                if not locked or tried == TRIES:
                    raise
                await asyncio.sleep(PAUSE / TRIES * tried)
            else:
                return

    async def _one(self, sql: str, *args: object) -> Build | None:
        row = await self._database.fetchrow(sql, *args)
        if row is None:
            return None
        number, code_hash, journal, heard, state = row
        return Build(
            number=number,
            code_hash=code_hash,
            journal=journal,
            heard=heard,
            state=state,
        )

    async def _became(self, number: int, state: str) -> None:
        done = await self._database.execute(
            "UPDATE es.view_build SET state = $2, made_at = clock_timestamp()"
            " WHERE build = $1",
            number,
            state,
        )
        if done != "UPDATE 1":
            raise BuildRefused("no-such-build", f"build {number} is gone")


def created(place: str, table: Table) -> str:
    """Return what makes one table; it is filled before it gets key and indexes."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns.items())
    return f"CREATE TABLE {place}{table.name} ({columns})"


def identified(place: str, table: Table) -> str:
    """Return what gives one table its key."""
    key = ", ".join(table.key)
    return f"ALTER TABLE {place}{table.name} ADD PRIMARY KEY ({key})"


def indexed(place: str, table: Table) -> list[str]:
    """Return what gives one table its further indexes."""
    name = f"{place}{table.name}"
    return [f"CREATE INDEX ON {name} ({', '.join(c)})" for c in table.indexes]
