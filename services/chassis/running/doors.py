"""A port that answers HTTP, in the process' own loop."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

DRAIN = 5  # seconds that requests in hand have to end
BACKLOG = 512
KEEP_ALIVE = 75  # longer than clients keep a connection they may still use


class _Server(uvicorn.Server):
    """Leaves the signals to the process: it knows the order of stopping."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


class Door:
    """One listening port; ``serve`` answers until ``close``."""

    def __init__(self, address: str, app: Any) -> None:
        self._socket = _listening(address)
        self._server = _Server(
            uvicorn.Config(
                app,
                access_log=False,
                lifespan="off",
                log_config=None,
                server_header=False,
                timeout_graceful_shutdown=DRAIN,
                timeout_keep_alive=KEEP_ALIVE,
                ws="none",
            )
        )

    async def serve(self) -> None:
        """Answer until closed and what was in hand is answered."""
        await self._server.serve(sockets=[self._socket])

    def close(self) -> None:
        """Let nobody in any more."""
        self._server.should_exit = True


def _listening(address: str) -> socket.socket:
    """Return a socket that listens there.

    Its protocol is named, for only then does asyncio send small answers at once: else
    each would wait 40 ms for an acknowledgement (Nagle's algorithm).
    """
    host, _, port = address.rpartition(":")
    (family, kind, protocol, _, place), *_ = socket.getaddrinfo(
        host, int(port), type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
    )
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(place)
    listening.listen(BACKLOG)
    return listening
