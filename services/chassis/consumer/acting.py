"""Reactions and sinks: what a consumer does about one message, and what may go wrong.

Transient errors go up: everything is rolled back and tried again, for ever. All others
belong to one message; they become a ``Fault``, and the message is parked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from services.chassis.consumer.checkpoint import Fenced
from services.chassis.consumer.hearing import Fault, Item
from services.chassis.consumer.parking import WAITING_CAUSE
from services.chassis.context import acting
from services.chassis.errors import (
    CauseUnseen,
    Halted,
    InvalidMessage,
    Unavailable,
    WrongVersion,
)
from services.chassis.journal import Journal
from services.chassis.logging import log

TRIES = 3
TRANSIENT = (Unavailable, WrongVersion, Fenced, Halted, OSError, TimeoutError)

Reaction = Callable[[Any, Journal], Awaitable[None]]
Sink = Callable[[Sequence[Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """What a consumer does: reactions by event class, and a sink for whole batches.

    ``refusals`` are the domain's: a rule that says no says it again.
    """

    journal: Journal
    reactions: Mapping[type[Any], Reaction] = field(default_factory=dict)
    sink: Sink | None = None
    refusals: tuple[type[Exception], ...] = ()

    @property
    def _deterministic(self) -> tuple[type[Exception], ...]:
        return (InvalidMessage, ValidationError, *self.refusals)

    async def do(self, items: Sequence[Item]) -> None:
        """Act on all of them, in order; whatever is wrong with one is raised."""
        for item in items:
            reaction = self.reactions.get(type(item.event))
            if reaction is not None and item.context is not None:
                with acting(item.context.begin_again()):
                    await reaction(item.event, self.journal)
        if self.sink is not None and items:
            await self.sink([item.subject for item in items])

    async def attempt(
        self, item: Item, savepoint: Callable[[], AbstractAsyncContextManager[None]]
    ) -> Fault | None:
        """Act on one message as a whole or not at all; return why it cannot be done."""
        with acting(item.context) if item.context else nullcontext():
            return await self._attempt(item, savepoint)

    async def _attempt(
        self, item: Item, savepoint: Callable[[], AbstractAsyncContextManager[None]]
    ) -> Fault | None:
        for attempt in range(1, TRIES + 1):
            try:
                async with savepoint():
                    await self.do([item])
            except TRANSIENT:
                raise
            except CauseUnseen as error:
                return Fault(code=WAITING_CAUSE, detail=str(error))
            except self._deterministic as error:
                code = getattr(error, "code", None) or type(error).__name__
                return Fault(code=str(code), detail=str(error))
            except Exception as error:  # noqa: BLE001 - the edge: it parks the message
                kind, name = item.kind, item.name
                log("event.failed", ce_id=name, type=kind, attempt=attempt, error=error)
                failed = error
            else:
                return None
        return Fault(code="unexpected-error", detail=repr(failed))
