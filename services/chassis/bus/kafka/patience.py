"""Kafka's failures and its silence: bounded, and named as the house names them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from aiokafka.errors import KafkaError

from services.chassis.errors import Unavailable

PATIENCE = 30.0  # seconds for one send or one question
CLOSING = 5.0
FAILURES = (KafkaError, OSError, TimeoutError)


@asynccontextmanager
async def in_time(seconds: float = PATIENCE) -> AsyncIterator[None]:
    """Turn Kafka's failures, and its silence, into ``Unavailable``."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except FAILURES as error:
        raise Unavailable(f"Kafka: {error!r}") from error


async def undisturbed(work: Coroutine[Any, Any, None]) -> None:
    """Do the work to its end, even if we are cancelled meanwhile.

    aiokafka swallows a cancellation while it closes, and leaks while it starts.
    """
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=2 * CLOSING)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
