"""A client of a service's API over ASGI: no port, no server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import httpx

from services.chassis.access import development
from services.chassis.http import Edge, serve

if TYPE_CHECKING:
    from services.chassis.clock import Clock
    from services.chassis.journal import Journal
    from services.chassis.running import Service
    from services.chassis.viewing import Row, Rows

TOKEN = "dev:hong-ngu:authority:p-01"  # noqa: S105 - names an officer of the tests


class NoRows:
    """The views of a test that needs none."""

    async def fetch(self, sql: str, *arguments: Any) -> Sequence[Row]:
        """Hold nothing.

        Raises:
            LookupError: Always: hand in real rows to ask for views.
        """
        raise LookupError(f"this test has no views: {sql} {arguments}")

    async def caught_up(self, position: int) -> None:
        """Be there: there is nothing to wait for."""


async def _at_once(position: int) -> bool:
    return position >= 0


def open_client(
    service: Service,
    journal: Journal,
    clock: Clock,
    *,
    rows: Rows | None = None,
    token: str = TOKEN,
) -> httpx.AsyncClient:
    """Return a client that asks as the officer of *token* (dev:agency:role:person)."""
    edge = Edge(
        journal=journal,
        rows=rows or NoRows(),
        clock=clock,
        identify=development,
        reached=_at_once,
    )
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=serve(service, edge)),
        base_url="http://test",
        headers=bearer(token),
    )


def bearer(token: str) -> dict[str, str]:
    """Return the header that carries *token*."""
    return {"Authorization": f"Bearer {token}"}
