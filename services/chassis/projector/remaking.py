"""The builds, as an operator handles them: made beside, verified, shown, dropped.

One thing at a time, in all processes of the service: whoever does one of these holds
the builds' lock, and the server gives it back when the holder dies. What was half made
then is never shown; the next one who begins removes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.chassis.errors import Unavailable
from services.chassis.failpoints import hit
from services.chassis.logging import log
from services.chassis.postgres import Database, Row, Session
from services.chassis.projector.applying import Applying
from services.chassis.projector.builds import Build, BuildRefused, Builds
from services.chassis.projector.declaring import Projection, Table
from services.chassis.projector.making import EVERYTHING, Making
from services.chassis.projector.progress import Progress
from services.chassis.projector.reading import END, Reach, Reading
from services.chassis.projector.verifying import Drift, compare, compare_some
from services.chassis.projector.writing import Sum

# What was written before and what is read now: one moment, nobody waits for us.
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
LONG = 3600.0  # another replica may be making the same build: it is ours too


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """A new build, and in which rows the one before it was not what the events say."""

    build: int
    position: int
    shown: bool
    drift: tuple[Drift, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A range of positions to fold: of the own journal, of what was heard."""

    journal: tuple[int, int] = (1, END)
    heard: tuple[int, int] = (1, END)

    @property
    def whole(self) -> bool:
        """Say whether it is everything: then a row missing in it is a difference."""
        return self == Span()


class Remaking:
    """Makes builds beside the live one, and says which is live."""

    def __init__(
        self,
        projections: Sequence[Projection],
        database: Database,
        reading: Reading,
        applying: Applying,
        code_hash: str,
    ) -> None:
        self._projections = projections
        self._database = database
        self._reading = reading
        self._applying = applying
        self._code_hash = code_hash
        self._builds = Builds(database)

    async def begun(self) -> Build:
        """Return the live build of this code; make or show one if there is none."""
        live = await self._builds.live()
        if live is None or not self._ours(live):
            async with self._builds.exclusive(LONG) as held:
                live = await self._builds.live()  # while we waited
                if live is None or not self._ours(live):
                    live = await self._taken_up(held)
        await self.tidy()
        return live

    async def rebuild(self, progress: Progress, *, show: bool = True) -> Rebuilt:
        """Make the views anew beside the live ones, check them, and show them.

        Raises:
            BuildRefused: Another build is being made.
            RuntimeError: The new build does not hold what was written into it.
        """
        async with self._builds.exclusive() as held:
            return await self._rebuilt(held, progress, show=show)

    async def verify(self, progress: Progress) -> list[Drift]:
        """Compare the live rows with what the events say; report what differs."""
        return await self.replay(progress, Span())

    async def replay(self, progress: Progress, span: Span) -> list[Drift]:
        """Fold a range beside the live rows; return what differs, keep nothing.

        Raises:
            BuildRefused: Another build is being made, or other code writes the views.
        """
        async with self._builds.exclusive():
            live = await self._builds.live()
            if live is None:
                return []
            if not self._ours(live):
                raise _another_code(live)
            making = await self._made(progress, live, span)
            try:
                return await self._compared(progress, making, live, span)
            finally:
                await self._builds.drop(making.build.number)

    async def swap(self, number: int | None = None) -> int:
        """Show a build that is kept (by default the newest); nothing is lost by it.

        It is brought to where the live one is first.

        Raises:
            BuildRefused: There is none, or it is none that this code can bring on.
        """
        async with self._builds.exclusive() as held:
            build = await (self._builds.one(number) if number else self._builds.kept())
            if build is None:
                raise BuildRefused("no-such-build", "there is no such build")
            if build.state != "old":
                raise BuildRefused(f"build-{build.state}", f"it is {build.state}")
            if not self._ours(build):
                raise _another_code(build)
            return (await self._shown(held, build)).number

    async def drop(self, number: int) -> None:
        """Forget a build that is not live.

        Raises:
            BuildRefused: There is none, or readers see it.
        """
        async with self._builds.exclusive():
            build = await self._builds.one(number)
            if build is None:
                raise BuildRefused("no-such-build", "there is no such build")
            if build.state == "live":
                raise BuildRefused("build-live", "readers see it; swap first")
            await self._builds.drop(number)

    async def tidy(self) -> None:
        """Drop builds that were replaced more than a day ago, unless we are at it."""
        if not await self._builds.stale():
            return
        try:
            async with self._builds.exclusive():
                await self._builds.tidy()
        except BuildRefused:
            return  # at the next turn

    async def builds(self) -> list[Row]:
        """Return every build there is, the newest first."""
        return await self._builds.all()

    async def _taken_up(self, held: Session) -> Build:
        """Show the build that this code made before, or make one."""
        kept = await self._builds.kept(self._code_hash)
        if kept is not None:
            return await self._shown(held, kept)
        await self._rebuilt(held, Progress(), show=True)
        live = await self._builds.live()
        if live is None:
            raise Unavailable("there is no live build")
        return live

    async def _rebuilt(
        self, held: Session, progress: Progress, *, show: bool
    ) -> Rebuilt:
        live = await self._builds.live()
        ours = live if live is not None and self._ours(live) else None
        making = await self._made(progress, ours, Span())
        drift = await self._compared(progress, making, ours, Span())
        await making.follow(self._reading, EVERYTHING)
        build = making.build
        log("projection.rebuild.verified", build=build.number, position=build.journal)
        progress.entered("swapping")
        build = await self._shown(held, build) if show else await self._kept(build)
        return Rebuilt(
            build=build.number, position=build.journal, shown=show, drift=tuple(drift)
        )

    async def _made(self, progress: Progress, live: Build | None, span: Span) -> Making:
        """Make a build of what the live one shows (of all there is, if none is)."""
        begun = await self._builds.begin(self._code_hash, self._tables())
        progress.build = begun.number
        log("projection.rebuild.started", build=begun.number)
        after = replace(begun, journal=span.journal[0] - 1, heard=span.heard[0] - 1)
        until, end = _until(span, live), await self._reading.end()
        progress.expects(
            max(0, min(until.journal, end.journal) - after.journal)
            + max(0, min(until.heard, end.heard) - after.heard)
        )
        progress.entered("folding")
        making = Making(self._projections, self._database, self._builds, after)
        await making.follow(self._reading, until, progress)
        progress.entered("indexing")
        await making.finish()
        return making

    async def _compared(
        self, progress: Progress, making: Making, live: Build | None, span: Span
    ) -> list[Drift]:
        """Check what was made; compare it with the live rows of one moment.

        The live build goes on meanwhile: we see it as it was at our first look, and
        bring ours to exactly there, in the same transaction.
        """
        progress.entered("checking")
        async with self._database.transaction():
            await self._database.execute(SNAPSHOT)
            live = await self._builds.live() if live else None
            if live is not None:
                await making.follow(self._reading, _until(span, live))
            sums = await making.check()
            if live is None:
                return []
            found = await self._differing(live, making.build, sums, span)
        for drift in found:
            log("projection.drift", table=drift.table, rows=drift.rows)
        return found

    async def _differing(
        self, live: Build, made: Build, sums: Mapping[str, Sum], span: Span
    ) -> list[Drift]:
        if span.whole:
            return await compare(self._database, live, made, self._tables(), sums)
        return await compare_some(self._database, live, made, self._tables())

    async def _shown(self, held: Session, build: Build) -> Build:
        """Bring a build to where the live one is, and show it: at one commit.

        Readers see the old views until then, the new ones from then on. The live row is
        locked, so nobody brings the old build further while we pass it.
        """
        build = await self._applying.catch_up(build)
        await held.fetchval("SELECT 1")  # raises where the lock was lost with it
        async with self._database.transaction():
            live = await self._builds.live(locked=True)
            while (further := await self._applying.batch(build)) != build:
                build = further
            if live and (build.journal < live.journal or build.heard < live.heard):
                raise Unavailable(f"build {build.number} would lose what was shown")
            await self._builds.swap(build, self._tables())
            hit("rebuild.swapping")
        log("projection.rebuild.swapped", build=build.number)
        return replace(build, state="live")

    async def _kept(self, build: Build) -> Build:
        await self._builds.keep(build)
        return replace(build, state="old")

    def _tables(self) -> list[Table]:
        return [table for p in self._projections for table in p.tables]

    def _ours(self, build: Build) -> bool:
        return build.code_hash == self._code_hash


def _until(span: Span, live: Build | None) -> Reach:
    """Return where a range ends, if nothing is folded that the live build lacks."""
    if live is None:
        return Reach(journal=span.journal[1], heard=span.heard[1])
    return Reach(
        journal=min(span.journal[1], live.journal),
        heard=min(span.heard[1], live.heard),
    )


def _another_code(build: Build) -> BuildRefused:
    return BuildRefused(
        "another-code",
        f"build {build.number} was made by another release's code, and only that can "
        "bring it on: start that release, it shows its own build when it starts",
    )
