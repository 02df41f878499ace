"""Intents in memory, as a dispatcher takes them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol
from uuid import UUID

from services.chassis.dispatcher import Lease, Leased, LeaseLost, Owed


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An intent as the journal keeps it; moments are the event loop's."""

    id: UUID
    stream: str
    kind: str
    payload: Mapping[str, Any]
    recorded_by: UUID
    correlation_id: UUID
    state: str = "pending"
    attempts: int = 0
    next_at: float = 0.0
    lease_until: float = 0.0
    owner: str = ""
    last_error: str = ""

    @property
    def free_at(self) -> float:
        """Return when it may be taken."""
        return max(self.next_at, self.lease_until)


class Keeper(Protocol):
    """What keeps the intents: a memory journal."""

    @property
    def intents(self) -> list[Kept]:
        """Return all intents ever recorded, oldest first."""
        ...

    def keep(self, intent: Kept) -> None:
        """Put the changed intent in the old one's place."""
        ...

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Let no other transaction in; take part in the one that is open."""
        ...


class MemoryIntents:
    """The intents of a memory journal."""

    def __init__(self, journal: Keeper) -> None:
        self._journal = journal

    async def lease(self, owner: str, seconds: float, limit: int) -> list[Lease]:
        """Take intents whose time has come."""
        async with self._journal.alone():
            now = _now()
            free = [i for i in self._pending() if i.free_at <= now]
            taken = [
                replace(
                    kept,
                    owner=owner,
                    attempts=kept.attempts + 1,
                    lease_until=now + seconds,
                )
                for kept in sorted(free, key=lambda i: i.next_at)[:limit]
            ]
            for kept in taken:
                self._journal.keep(kept)
            return [_lease(kept) for kept in taken]

    async def release(self, owner: str) -> None:
        """Give back what *owner* had leased in an earlier life."""
        async with self._journal.alone():
            for kept in self._pending():
                if kept.owner == owner:
                    self._journal.keep(replace(kept, lease_until=0.0))

    async def settle(
        self, intent: Leased, state: Literal["done", "failed"], error: str = ""
    ) -> None:
        """End the intent, in the transaction that is open."""
        async with self._journal.alone():
            kept = self._mine(intent)
            self._journal.keep(
                replace(kept, state=state, last_error=error, lease_until=0.0)
            )

    async def again(self, intent: Leased, seconds: float, error: str) -> None:
        """Have the intent tried again after *seconds*."""
        async with self._journal.alone():
            kept, at = self._mine(intent), _now() + seconds
            self._journal.keep(
                replace(kept, next_at=at, last_error=error, lease_until=0.0)
            )

    async def owed(self) -> Owed:
        """Count what is to be done."""
        pending, now = self._pending(), _now()
        return Owed(
            pending=len(pending),
            failed=sum(i.state == "failed" for i in self._journal.intents),
            next_in=min((max(i.free_at - now, 0.0) for i in pending), default=None),
        )

    def _pending(self) -> list[Kept]:
        return [i for i in self._journal.intents if i.state == "pending"]

    def _mine(self, intent: Leased) -> Kept:
        for kept in self._pending():
            if kept.id == intent.id and kept.attempts == intent.attempt:
                return kept
        raise LeaseLost(f"intent {intent.id}, try {intent.attempt}")


def _now() -> float:
    return asyncio.get_running_loop().time()


def _lease(kept: Kept) -> Lease:
    return Lease(
        intent=Leased(
            id=kept.id,
            stream=kept.stream,
            kind=kept.kind,
            payload=kept.payload,
            attempt=kept.attempts,
        ),
        correlation_id=kept.correlation_id,
    )
