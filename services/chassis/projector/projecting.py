"""The projector: keeps the live build up to date, makes new ones, holds them true."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from services.chassis.errors import Unavailable
from services.chassis.failpoints import hit
from services.chassis.logging import log
from services.chassis.pausing import until
from services.chassis.postgres import Database, Row
from services.chassis.projector.applying import BATCH, Applying
from services.chassis.projector.builds import Build, Builds
from services.chassis.projector.declaring import Projection
from services.chassis.projector.hashing import code_hash
from services.chassis.projector.hearing import Hearing
from services.chassis.projector.progress import Progress
from services.chassis.projector.reading import Reading, Source
from services.chassis.projector.remaking import Rebuilt, Remaking, Span
from services.chassis.projector.verifying import Drift

PATIENCE = 2.0
IDLE = 2.0  # what is appended and heard here wakes us
BACK_OFF_FIRST, BACK_OFF_LAST = 0.1, 30.0
TIDY = 600.0


class Projector:
    """Writes a service's views."""

    def __init__(
        self,
        projections: Sequence[Projection],
        database: Database,
        journal: Source,
        hearing: Hearing,
    ) -> None:
        projections = tuple(projections)
        self._code_hash = code_hash(projections)
        self._database = database
        self._journal = journal
        self._builds = Builds(database)
        self._hearing = hearing
        self._applying = Applying(projections, database, journal, hearing)
        self._remaking = Remaking(
            projections,
            database,
            Reading(journal, hearing),
            self._applying,
            self._code_hash,
        )
        self._woken = asyncio.Event()
        self._moved = asyncio.Condition()
        self._live: Build | None = None
        self._tidied = time.monotonic()
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
        self._live = await self._remaking.begun()

    async def run(self) -> None:
        """Follow the journal and what is heard, until cancelled."""
        pause = BACK_OFF_FIRST
        while True:
            try:
                self._woken.clear()
                await self.catch_up()
                await self._tidy()
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

    async def rebuild(
        self, progress: Progress | None = None, *, show: bool = True
    ) -> Rebuilt:
        """Make the views anew beside the live ones, check them, and swap.

        Raises:
            BuildRefused: Another build is being made, swapped or dropped.
            RuntimeError: The new build does not hold what was written into it.
        """
        rebuilt = await self._remaking.rebuild(progress or Progress(), show=show)
        await self._look()
        return rebuilt

    async def swap(self, number: int | None = None) -> int:
        """Show a build that is kept, the newest by default; return its number.

        Raises:
            BuildRefused: There is none, or none that this code can bring on.
        """
        number = await self._remaking.swap(number)
        await self._look()
        return number

    async def drop(self, number: int) -> None:
        """Forget a build.

        Raises:
            BuildRefused: There is none, or readers see it.
        """
        await self._remaking.drop(number)

    async def builds(self) -> list[Row]:
        """Return every build of the views, the newest first."""
        return await self._builds.all()

    async def verify(self, progress: Progress | None = None) -> list[Drift]:
        """Compare the live rows with what the events say; report what differs."""
        return await self._remaking.verify(progress or Progress())

    async def replay(self, span: Span, progress: Progress | None = None) -> list[Drift]:
        """Fold a range beside the live rows, report what differs, keep nothing."""
        return await self._remaking.replay(progress or Progress(), span)

    async def _step(self) -> bool:
        """Apply one batch to the live build; say whether it brought it on."""
        before = self._live
        if before is None or not await self._applying.anything(before):
            return False
        async with self._database.transaction():
            live = await self._builds.live(locked=True)
            if live is None:
                raise Unavailable("there is no live build")
            ours = live.code_hash == self._code_hash  # else newer code writes it
            after = await self._applying.batch(live) if ours else live
        hit("projection.committed")
        await self._note(after)
        return after != before

    async def _tidy(self) -> None:
        if time.monotonic() - self._tidied >= TIDY:
            await self._remaking.tidy()
            self._tidied = time.monotonic()

    async def _look(self) -> None:
        """See which build is live now."""
        live = await self._builds.live()
        if live is not None:
            await self._note(live)

    async def _note(self, build: Build) -> None:
        async with self._moved:
            self._live = build
            self._moved.notify_all()
