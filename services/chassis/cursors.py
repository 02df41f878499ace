"""How far a service's journal is published: one durable row per topic."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far one topic is published: everything up to *position* is acknowledged.

    ``last`` is the last position sent to each partition, the source of ``es_prev``.
    """

    topic: str
    position: int
    last: tuple[int, ...]
    epoch: int = 0

    @property
    def layout(self) -> str:
        """Return how keys are spread; another one would break their order."""
        return f"{self.topic}/{len(self.last)}/murmur2"


class Cursors(Protocol):
    """Where a relay's cursors are kept, one row per topic."""

    def leading(self) -> AbstractAsyncContextManager[None]:
        """Hold the one seat of the service's relay; wait until it is free."""
        ...

    async def take_over(self, home: Cursor) -> list[Cursor]:
        """Fence whoever led before; return all rows, *home* added if it is new.

        Raises:
            Halted: The row was made for another layout.
        """
        ...

    async def advance(self, before: Sequence[Cursor], after: Sequence[Cursor]) -> bool:
        """Move all rows on, new ones too, if none was moved or taken over meanwhile."""
        ...
