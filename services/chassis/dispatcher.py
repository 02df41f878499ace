"""Intents to gateways: leased, at least once, one id for every try.

An event records the intent (``Aggregate.intents``); the journal writes its row in the
same transaction. The dispatcher leases it, calls the gateway with the intent's id as
the idempotency key, and brings the outcome back as a command. A process that dies in
between costs a try, never the intent: outcomes had better not tell the number of tries
unless one failed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from uuid import UUID, uuid5

from services.chassis.clock import Clock
from services.chassis.context import Context, acting
from services.chassis.errors import ServiceError, Unavailable, WrongVersion
from services.chassis.journal import Journal
from services.chassis.logging import log
from services.chassis.pausing import until

POLL = 5.0  # the longest sleep, should nobody wake us
AT_ONCE = 8
PATIENCE = 30.0  # with a gateway
LEASE = 90.0  # the gateway's time, and time to tell the outcome
AGAIN_FIRST, AGAIN_LAST = 1.0, 3600.0
BACK_OFF_FIRST, BACK_OFF_LAST = 0.1, 30.0
TELLING = (0.0, 0.05, 0.2, 0.8, 2.0, 5.0)  # pauses before we try to tell an outcome


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """An intent in hand, and the story it belongs to."""

    intent: Leased
    correlation_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is still to be done outside, what was given up, and when to look again."""

    pending: int
    failed: int
    next_in: float | None = None


class LeaseLost(ServiceError):
    """Our time was up, and somebody else has the intent now."""


class Intents(Protocol):
    """Where intents are kept. A lease ends by itself; its try's number fences it."""

    async def lease(self, owner: str, seconds: float, limit: int) -> list[Lease]:
        """Take intents whose time has come, for *seconds* of the database's time."""
        ...

    async def release(self, owner: str) -> None:
        """Give back what *owner* had leased in an earlier life."""
        ...

    async def settle(
        self, intent: Leased, state: Literal["done", "failed"], error: str = ""
    ) -> None:
        """End the intent, in the transaction that is open.

        Raises:
            LeaseLost: Somebody else has it.
        """
        ...

    async def again(self, intent: Leased, seconds: float, error: str) -> None:
        """Have the intent tried again after *seconds*.

        Raises:
            LeaseLost: Somebody else has it.
        """
        ...

    async def owed(self) -> Owed:
        """Count what is to be done."""
        ...


class Dispatcher:
    """Runs the errands of a service's intents."""

    def __init__(
        self,
        owner: str,
        journal: Journal,
        intents: Intents,
        errands: Mapping[str, Errand],
        clock: Clock,
    ) -> None:
        self._owner = owner
        self._journal = journal
        self._intents = intents
        self._errands = errands
        self._clock = clock
        self._news = asyncio.Event()
        self._stopped = asyncio.Event()
        journal.on_append(self.wake)

    def wake(self) -> None:
        """Look again now: an intent was recorded."""
        self._news.set()

    def stop(self) -> None:
        """Go no further than the errands in hand."""
        self._stopped.set()
        self._news.set()

    async def run(self) -> None:
        """Run errands until told to stop; what our earlier life leased is free."""
        pause, released = BACK_OFF_FIRST, False
        while not self._stopped.is_set():
            self._news.clear()
            try:
                if not released:
                    await self._intents.release(self._owner)
                    released = True
                await self.catch_up()
                rest = (await self._intents.owed()).next_in
            except Exception as error:  # noqa: BLE001 - the edge: it ends the round
                log("errand.paused", pause=pause, error=error)
                await until(self._news, pause)
                pause = min(pause * 2, BACK_OFF_LAST)
            else:
                pause = BACK_OFF_FIRST
                await until(self._news, POLL if rest is None else min(rest, POLL))

    async def catch_up(self) -> int:
        """Run every errand whose time has come; return how many tries that took."""
        tries = 0
        while not self._stopped.is_set():
            leases = await self._intents.lease(self._owner, LEASE, AT_ONCE)
            if not leases:
                break
            async with asyncio.TaskGroup() as group:
                for lease in leases:
                    group.create_task(self._run(lease))
            tries += len(leases)
        return tries

    async def pending(self) -> Owed:
        """Count what is to be done and what was given up, for ``/statusz``."""
        return await self._intents.owed()

    async def _run(self, lease: Lease) -> None:
        intent = lease.intent
        with acting(self._about(lease, "try")):
            try:
                errand = self._errands.get(intent.kind)
                if errand is None:
                    await self._again(intent, DeliveryFailed("no-errand", intent.kind))
                    return
                failure = await _carried(errand.gateway, intent)
                if (
                    failure is None
                    or failure.final
                    or intent.attempt >= errand.attempts
                ):
                    await self._tell(lease, errand, failure)
                else:
                    await self._again(intent, failure)
            except (LeaseLost, Unavailable) as error:
                # The lease ends by itself, and the same id is tried again.
                log(
                    "errand.untold", stream=intent.stream, kind=intent.kind, error=error
                )

    async def _tell(
        self, lease: Lease, errand: Errand, failure: DeliveryFailed | None
    ) -> None:
        """Bring the outcome back; others may be writing, or Postgres be away."""
        intent = lease.intent
        for pause in TELLING:
            await asyncio.sleep(pause)
            try:
                await self._record(lease, errand, failure)
            except (Unavailable, WrongVersion) as error:
                last: Exception = error
            except LeaseLost:
                raise
            except Exception as error:  # noqa: BLE001 - a refusal or a bug: others go on
                last = error
                break
            else:
                return
        names: dict[str, Any] = {"stream": intent.stream, "kind": intent.kind}
        log("errand.untold", error=last, **names)
        code = f"untold: {getattr(last, 'code', type(last).__name__)}"
        if intent.attempt >= errand.attempts and not isinstance(
            last, Unavailable | WrongVersion
        ):
            await self._intents.settle(intent, "failed", code)
        else:
            await self._again(intent, DeliveryFailed(code, str(last)))

    async def _record(
        self, lease: Lease, errand: Errand, failure: DeliveryFailed | None
    ) -> None:
        intent = lease.intent
        outcome: Literal["done", "failed"] = "failed" if failure else "done"
        with acting(self._about(lease, outcome)):
            async with self._journal.transaction():
                if failure is None:
                    await errand.done(intent, self._journal)
                else:
                    await errand.failed(intent, failure, self._journal)
                code = failure.code if failure else ""
                await self._intents.settle(intent, outcome, code)
            names: dict[str, Any] = {"stream": intent.stream, "kind": intent.kind}
            if failure is None:
                log("errand.done", attempt=intent.attempt, **names)
            else:
                log("errand.failed", attempt=intent.attempt, code=code, **names)

    async def _again(self, intent: Leased, failure: DeliveryFailed) -> None:
        pause = min(AGAIN_FIRST * 2 ** min(intent.attempt - 1, 20), AGAIN_LAST)
        await self._intents.again(intent, pause, failure.code)
        log(
            "errand.retried",
            stream=intent.stream,
            kind=intent.kind,
            attempt=intent.attempt,
            code=failure.code,
            pause=pause,
        )

    def _about(self, lease: Lease, outcome: str) -> Context:
        return Context(
            actor="dispatcher",
            correlation_id=lease.correlation_id,
            causation_id=lease.intent.id,
            command_id=uuid5(lease.intent.id, outcome),
            occurred_at=self._clock(),
        )


async def _carried(gateway: Gateway, intent: Leased) -> DeliveryFailed | None:
    """Let the gateway try; return why it did not arrive, as far as is known."""
    try:
        async with asyncio.timeout(PATIENCE):
            await gateway(intent)
    except DeliveryFailed as failure:
        return failure
    except TimeoutError:
        return DeliveryFailed("timeout", f"no answer in {PATIENCE:.0f} s")
    except Exception as error:  # noqa: BLE001 - whatever it is, it did not arrive
        return DeliveryFailed(type(error).__name__, str(error))
    return None
