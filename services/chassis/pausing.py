"""Waiting for news, but not for ever: how every engine rests."""

from __future__ import annotations

import asyncio
from contextlib import suppress


async def until(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event, at most that long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
