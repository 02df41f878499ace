"""Intents to gateways: leased, at least once, one id for every try.

An event records the intent (``Aggregate.intents``); the journal writes its row in the
same transaction. The dispatcher leases it, calls the gateway with the intent's id as
the idempotency key, and brings the outcome back as a command.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from services.chassis.journal import Journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """An intent in hand; its id is the same for every try, counted from 1."""

    id: UUID
    stream: str
    kind: str
    payload: Mapping[str, Any]
    attempt: int


class DeliveryFailed(Exception):
    """The other side said no, or was not there; ``final`` when no further try helps."""

    def __init__(self, code: str, detail: str, *, final: bool = False) -> None:
        super().__init__(detail)
        self.code = code
        self.final = final


class Gateway(Protocol):
    """Carries one intent outside.

    Raises:
        DeliveryFailed: It did not arrive, as far as is known.
    """

    async def __call__(self, intent: Leased) -> None:
        """Do it; the same id may have been tried before."""
        ...


Done = Callable[[Leased, Journal], Awaitable[None]]
Failed = Callable[[Leased, DeliveryFailed, Journal], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """How one kind of intent is run: by whom, and what its outcomes are told to.

    ``done`` and ``failed`` are reactions: they decide on the intent's stream, in the
    transaction that settles the intent's row. A failure that is not final, and not the
    last of ``attempts``, is tried again with back-off.
    """

    gateway: Gateway
    done: Done
    failed: Failed
    attempts: int = 10
