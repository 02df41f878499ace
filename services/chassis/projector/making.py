"""One build in the making: folded in memory, written by COPY, indexed, checked.

The fold keeps a bounded number of rows. What is beyond is written, forgotten, and read
again only if a later event changes it: memory does not grow with the journal, and an
event costs the same whether it is the thousandth or the ten-millionth.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace

from services.chassis.postgres import Database
from services.chassis.projector.builds import Build, Builds, identified, indexed
from services.chassis.projector.declaring import Projection, Seen
from services.chassis.projector.folding import Fold
from services.chassis.projector.progress import Progress
from services.chassis.projector.reading import END, Batch, Reach, Reading
from services.chassis.projector.writing import Sum, load, pour, pour_over, summed

MOST = 50_000  # rows in memory: some 100 MB


class Making:
    """Makes one build."""

    def __init__(
        self,
        projections: Sequence[Projection],
        database: Database,
        builds: Builds,
        build: Build,
    ) -> None:
        self.build = build
        self._fold = Fold(projections)
        self._database = database
        self._builds = builds
        self._held: dict[str, Sum] = {}
        self._poured = False

    async def follow(
        self, reading: Reading, until: Reach, progress: Progress | None = None
    ) -> None:
        """Fold what lies between where the build is and *until*, and write it."""
        began = self.build.journal + self.build.heard
        own = reading.own(self.build.journal, until.journal)
        async for last in self._folded(own):
            self.build = replace(self.build, journal=last)
            _tell(progress, self.build, began)
        heard = reading.heard(self.build.heard, until.heard)
        async for last in self._folded(heard):
            self.build = replace(self.build, heard=last)
            _tell(progress, self.build, began)
        await self._pour()

    async def finish(self) -> None:
        """Give the tables their indexes, and the planner what it should know."""
        place = self.build.place
        made = [sql for t in self._fold.tables.values() for sql in indexed(place, t)]
        filled = [
            f"ANALYZE {place}{name}" for name, sum_ in self._held.items() if sum_.rows
        ]
        if made or filled:
            await self._database.execute(";".join([*made, *filled]))

    async def check(self) -> dict[str, Sum]:
        """Return what each table holds.

        Raises:
            RuntimeError: It is not what was written into it.
        """
        found = await summed(self._database, self.build.place, self._fold.tables)
        if wrong := [
            n for n, sum_ in found.items() if sum_ != self._held.get(n, Sum())
        ]:
            raise RuntimeError(f"the new build is not what was written: {wrong}")
        return found

    async def _folded(self, batches: AsyncIterator[Batch]) -> AsyncIterator[int]:
        """Fold batch after batch; yield the position after each."""
        async with aclosing(batches) as read:  # type: ignore[type-var]  # a generator
            async for batch in read:
                if batch:
                    await self._take([seen for _, seen in batch])
                    yield batch[-1][0]

    async def _take(self, events: Sequence[Seen]) -> None:
        fold = self._fold
        if self._poured:  # what an event changes may have been written and forgotten
            made = [operation for seen in events for operation in fold.operations(seen)]
            await load(self._database, self.build.place, fold, made)
            for operation in made:
                fold.apply(operation)
        else:
            fold.see_all(events)
        if fold.size >= MOST:
            await self._pour()

    async def _pour(self) -> None:
        """Write what was folded since the last time, and forget it."""
        place, fold = self.build.place, self._fold
        async with self._database.transaction():
            write = pour_over if self._poured else pour
            for name, more in (await write(self._database, place, fold)).items():
                self._held[name] = self._held.get(name, Sum()) + more
            if not self._poured:
                keys = [identified(place, table) for table in fold.tables.values()]
                await self._database.execute(";".join(keys))
            build = self.build
            await self._builds.advance(build, build.journal, build.heard)
        self._poured = True
        fold.forget()


def _tell(progress: Progress | None, build: Build, began: int) -> None:
    if progress is not None:
        progress.reached(build.journal + build.heard - began)


EVERYTHING = Reach(journal=END, heard=END)
