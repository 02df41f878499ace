"""Asking a service whether it is ready: one GET, with nothing to import for it."""

from __future__ import annotations

import asyncio

PATIENCE = 5.0
OK = 200


async def status_of(address: str, path: str) -> int:
    """Return the status with which "host:port" answers.

    Raises:
        OSError: Nothing listens there, or it hung up.
    """
    host, _, port = address.rpartition(":")
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection(host, int(port))
        try:
            request = f"GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n"
            writer.write(f"{request}\r\n".encode())
            line = await reader.readline()
            await reader.read()
        finally:
            writer.close()
    words = line.split()
    if len(words) < 2:  # noqa: PLR2004 - protocol and status
        raise ConnectionError(f"{address} hung up")
    return int(words[1])


async def ready(address: str) -> None:
    """Return if the service at this operator's address is ready.

    Raises:
        OSError: It is not, or not yet.
    """
    status = await status_of(address, "/readyz")
    if status != OK:
        raise ConnectionError(f"{address} answers {status}")
