"""The projector: keeps the live build up to date, makes new ones, holds them true."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from services.chassis.errors import Unavailable
from services.chassis.failpoints import hit
from services.chassis.journal import Recorded
from services.chassis.logging import log
from services.chassis.pausing import until
from services.chassis.postgres import Database, Row
from services.chassis.projector.builds import Build, Builds
from services.chassis.projector.declaring import Projection, Table, seen_in
from services.chassis.projector.folding import Fold
from services.chassis.projector.hashing import code_hash
from services.chassis.projector.hearing import Hearing
from services.chassis.projector.verifying import Drift, compare
from services.chassis.projector.writing import apply_batch, write_all

BATCH = 500
PATIENCE = 2.0
IDLE = 2.0  # what is appended and heard here wakes us
BACK_OFF_FIRST, BACK_OFF_LAST = 0.1, 30.0


class Source(Protocol):
    """What a projector needs of the journal."""

    async def after(self, position: int, limit: int) -> list[Recorded]:
        """Return what was recorded past *position*, in order, without gaps."""
        ...

    def on_append(self, wake: Callable[[], None]) -> None:
        """Call *wake* after each commit that appended something."""
        ...


class Projector:
    """Writes a service's views."""

    def __init__(
        self,
        projections: Sequence[Projection],
        database: Database,
        journal: Source,
        hearing: Hearing,
    ) -> None:
        self._projections = tuple(projections)
        self._code_hash = code_hash(self._projections)
        self._database = database
        self._journal = journal
        self._builds = Builds(database)
        self._hearing = hearing
        self._woken = asyncio.Event()
        self._moved = asyncio.Condition()
        self._live: Build | None = None
        journal.on_append(self._woken.set)
        self._hearing.on_heard(self._woken.set)

    @property
    def position(self) -> int:
        """Return how far in the own journal the views are."""
        return self._live.journal if self._live else 0

    @property
    def hears(self) -> bool:
        """Say whether the views are made of other services' events too."""
        return bool(self._hearing.events)

    async def pending(self, head: int) -> int:
        """Return how many events are still to be shown (own ones: a batch at most).

        *head* is that of the journal: whoever asks often saves a reading.
        """
        if self._live is None:
            return 0
        behind = self._live.journal < head
        own = await self._journal.after(self._live.journal, BATCH) if behind else ()
        return len(own) + await self._hearing.pending(self._live.heard)

    async def start(self) -> None:
        """Take up the live build, or make one if the code is another than its."""
        self._live = await self._builds.live()
        if self._live is None or self._live.code_hash != self._code_hash:
            await self.rebuild()
        await self._builds.tidy()

    async def run(self) -> None:
        """Follow the journal and what is heard, until cancelled."""
        pause = BACK_OFF_FIRST
        while True:
            try:
                self._woken.clear()
                await self.catch_up()
            except Exception as error:  # noqa: BLE001 - nothing is skipped: tried again
                log("projection.failed", error=error, position=self.position)
                await asyncio.sleep(pause)
                pause = min(pause * 2, BACK_OFF_LAST)
                continue
            pause = BACK_OFF_FIRST
            await until(self._woken, IDLE)

    async def reached(self, position: int) -> bool:
        """Wait, for a bounded time, until the views hold *position*; say if they do."""
        if self.position < position:
            self._woken.set()  # another process may have appended it
        try:
            async with asyncio.timeout(PATIENCE), self._moved:
                await self._moved.wait_for(lambda: self.position >= position)
        except TimeoutError:
            return False
        return True

    async def catch_up(self) -> None:
        """Apply all there is."""
        while await self._step():
            pass

    async def rebuild(self) -> int:
        """Make the views anew beside the live ones, check them, and swap.

        Raises:
            RuntimeError: The new build is not what the events say.
        """
        begun = await self._builds.begin(self._code_hash, self._tables())
        log("projection.rebuild.started", build=begun.number)
        fold = Fold(self._projections)
        build = await self._folded(fold, begun)
        async with self._database.transaction():
            await write_all(self._database, build.place, fold)
            await self._builds.advance(build, build.journal, build.heard)
        if fold.touched and (drift := await self._verify(build)):
            raise RuntimeError(f"the new build is not what the events say: {drift}")
        log("projection.rebuild.verified", build=build.number, position=build.journal)
        async with self._database.transaction():
            await self._builds.live(locked=True)
            while (further := await self._batch(build)) != build:
                build = further
            await self._builds.swap(build, self._tables())
            hit("rebuild.swapping")
        await self._note(build)
        log("projection.rebuild.swapped", build=build.number)
        return build.number

    async def builds(self) -> list[Row]:
        """Return every build of the views, the newest first."""
        return await self._builds.all()

    async def verify(self) -> list[Drift]:
        """Compare the live rows with what the events say; report what differs."""
        async with self._database.transaction():
            live = await self._builds.live(locked=True)
            return await self._verify(live) if live else []

    def _tables(self) -> list[Table]:
        return [table for p in self._projections for table in p.tables]

    async def _step(self) -> bool:
        """Apply one batch to the live build; say whether it brought it on."""
        before = self._live
        if before is None or not await self._anything(before):
            return False
        async with self._database.transaction():
            live = await self._builds.live(locked=True)
            if live is None:
                raise Unavailable("there is no live build")
            ours = live.code_hash == self._code_hash  # else newer code writes it
            after = await self._batch(live) if ours else live
        hit("projection.committed")
        await self._note(after)
        return after != before

    async def _anything(self, build: Build) -> bool:
        """Say whether there is anything to do; asked often, so without a lock."""
        return bool(
            await self._journal.after(build.journal, 1)
            or await self._hearing.after(build.heard, 1)
        )

    async def _batch(self, build: Build) -> Build:
        """Apply the next batch to a build, inside a transaction."""
        recorded = await self._journal.after(build.journal, BATCH)
        heard = await self._hearing.after(build.heard, BATCH)
        if not recorded and not heard:
            return build
        fold = Fold(self._projections)
        seen = [*(seen_in(r) for r in recorded), *(event for _, event in heard)]
        operations = [made for event in seen for made in fold.operations(event)]
        await apply_batch(self._database, build.place, fold, operations)
        return await self._builds.advance(
            build,
            recorded[-1].position if recorded else build.journal,
            heard[-1][0] if heard else build.heard,
        )

    async def _folded(
        self, fold: Fold, build: Build, until: Build | None = None
    ) -> Build:
        """Fold everything (up to *until*'s positions); return how far that is."""
        journal = heard = 0
        last_own = until.journal if until else sys.maxsize
        last_heard = until.heard if until else sys.maxsize
        while recorded := await self._journal.after(journal, BATCH):
            fold.see_all(seen_in(one) for one in recorded if one.position <= last_own)
            journal = recorded[-1].position
        while events := await self._hearing.after(heard, BATCH):
            fold.see_all(event for position, event in events if position <= last_heard)
            heard = events[-1][0]
        return replace(build, journal=journal, heard=heard)

    async def _verify(self, build: Build) -> list[Drift]:
        """Fold the events anew, as far as the build is, and compare."""
        fold = Fold(self._projections)
        await self._folded(fold, build, until=build)
        found = await compare(self._database, build, fold)
        for drift in found:
            log("projection.drift", table=drift.table, rows=drift.rows)
        return found

    async def _note(self, build: Build) -> None:
        async with self._moved:
            self._live = build
            self._moved.notify_all()
