"""What is new, written into a build that is finished: batch by batch."""

from __future__ import annotations

from collections.abc import Sequence

from services.chassis.postgres import Database
from services.chassis.projector.builds import Build, Builds
from services.chassis.projector.declaring import Projection, seen_in
from services.chassis.projector.folding import Fold
from services.chassis.projector.hearing import Hearing
from services.chassis.projector.reading import Source
from services.chassis.projector.writing import apply_batch

BATCH = 500


class Applying:
    """Brings builds on."""

    def __init__(
        self,
        projections: Sequence[Projection],
        database: Database,
        journal: Source,
        hearing: Hearing,
    ) -> None:
        self._projections = projections
        self._database = database
        self._journal = journal
        self._hearing = hearing
        self._builds = Builds(database)

    async def anything(self, build: Build) -> bool:
        """Say whether there is anything to do; asked often, so without a lock."""
        return bool(
            await self._journal.after(build.journal, 1)
            or await self._hearing.after(build.heard, 1)
        )

    async def batch(self, build: Build) -> Build:
        """Apply the next batch to a build, inside a transaction; return how far it is.

        The same build comes back where there is nothing to apply.
        """
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

    async def catch_up(self, build: Build) -> Build:
        """Apply what there is until little is left; return how far the build is."""
        while True:
            async with self._database.transaction():
                further = await self.batch(build)
            passed = max(further.journal - build.journal, further.heard - build.heard)
            build = further
            if passed < BATCH:
                return build
