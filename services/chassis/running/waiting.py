"""Before a service can run: its database is there, at the level of our migrations."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from services.chassis.errors import Unavailable
from services.chassis.logging import log
from services.chassis.migrations import behind, migrate
from services.chassis.postgres import Database
from services.chassis.settings import Settings

T = TypeVar("T")
FIRST, LAST = 0.1, 2.0


async def patiently(what: str, attempt: Callable[[], Awaitable[T]]) -> T:
    """Try until what we need is there; say each time that we wait for it."""
    pause = FIRST
    while True:
        try:
            return await attempt()
        except Unavailable as error:
            log("service.waiting", what=what, detail=str(error))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LAST)


async def at_level(settings: Settings, name: str, database: Database) -> None:
    """Migrate, or wait until a deploy step has done so."""
    if settings.postgres_owner:
        applied = await patiently(
            "migrations", lambda: migrate(settings.postgres_owner, name)
        )
        for migration in applied:
            log("migration.applied", migration=migration)
        return

    async def check() -> None:
        if missing := await behind(database, name):
            log("migration.pending", migrations=missing)
            raise Unavailable(f"{missing[0]} is not applied")

    await patiently("migrations", check)
