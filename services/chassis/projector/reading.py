"""What a build is made of, batch by batch: the own journal, then what was heard."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from typing import Protocol

from services.chassis.journal import Recorded
from services.chassis.projector.declaring import Seen, seen_in
from services.chassis.projector.hearing import Hearing

READ = 2000  # events at a time; memory, against round trips
END = sys.maxsize
Batch = list[tuple[int, Seen]]
Read = Callable[[int, int], Awaitable[Batch]]
Begin = Callable[[int], asyncio.Task[Batch]]


class Source(Protocol):
    """What a projector needs of the journal."""

    async def after(self, position: int, limit: int) -> list[Recorded]:
        """Return what was recorded past *position*, in order, without gaps."""
        ...

    async def head(self) -> int:
        """Return the position of the last event that is safe to read."""
        ...

    def on_append(self, wake: Callable[[], None]) -> None:
        """Call *wake* after each commit that appended something."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far something is: in the own journal, in what was heard."""

    journal: int = 0
    heard: int = 0


class Reading:
    """Reads both, and the next batch while the last one is being folded.

    It reads in the context it was made in, so outside of its caller's transaction: a
    journal is read in the newest snapshot, whatever the caller's is.
    """

    def __init__(self, journal: Source, hearing: Hearing) -> None:
        self._journal = journal
        self._hearing = hearing
        self._outside = copy_context()

    def own(self, after: int, until: int = END) -> AsyncIterator[Batch]:
        """Yield what was recorded past one position, up to and with another."""
        return _ahead(self._begun(self._recorded), after, until)

    def heard(self, after: int, until: int = END) -> AsyncIterator[Batch]:
        """Yield what was heard past one position, up to and with another."""
        return _ahead(self._begun(self._hearing.after), after, until)

    async def end(self) -> Reach:
        """Return how far there is anything to read."""
        heard = await self._hearing.head()
        return Reach(journal=await self._journal.head(), heard=heard)

    async def _recorded(self, position: int, limit: int) -> Batch:
        recorded = await self._journal.after(position, limit)
        return [(one.position, seen_in(one)) for one in recorded]

    def _begun(self, read: Read) -> Begin:
        def begun(after: int) -> asyncio.Task[Batch]:
            async def reading() -> Batch:
                return await read(after, READ)

            return asyncio.create_task(reading(), context=self._outside.copy())

        return begun


async def _ahead(begin: Begin, after: int, until: int) -> AsyncIterator[Batch]:
    coming = begin(after)
    try:
        while found := await coming:
            last = found[-1][0]
            if last >= until:
                yield [one for one in found if one[0] <= until]
                return
            coming = begin(last)
            await asyncio.sleep(0)  # the question is on its way while we fold
            yield found
    finally:
        coming.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await coming
