"""One owner for a folder, and ports that are kept in it.

Locks, no pid files: process numbers are used again, and a dead process that nobody
has waited for still has one.
"""

from __future__ import annotations

import asyncio
import errno
import fcntl
import json
import os
import secrets
import socket
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from services.chassis.embedded.errors import HomeInUse, PortTaken

OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range")
LOWEST = 15000


@asynccontextmanager
async def sole_owner(folder: Path, patience: float = 40.0) -> AsyncIterator[int]:
    """Own the folder; yield the descriptor of its lock, for the server to inherit.

    Two locks, for two questions. ``owner`` is ours alone: who cannot have it is
    refused at once. ``lock`` is the server's too, and outlives us with it: a folder
    whose owner died is ready when the old server has gone.

    Raises:
        HomeInUse: Another living process owns it, or its server does not go.
    """
    with _opened(folder / "owner") as owner, _opened(folder / "lock") as lock:
        if not _locked(owner):
            number = os.pread(owner, 32, 0).decode().strip() or "unknown"
            raise HomeInUse(
                f"{folder} is in use by process {number}. Stop it (`kiemtra down`, or "
                "Ctrl-C in its terminal), or choose another folder (--home)."
            )
        os.ftruncate(owner, 0)
        os.pwrite(owner, str(os.getpid()).encode(), 0)
        await _when_locked(lock, folder, patience)
        yield lock


def owner_of(folder: Path) -> int | None:
    """Return the number of the living process that owns the folder, if there is one."""
    if not (folder / "owner").exists():
        return None
    with _opened(folder / "owner") as owner:
        if _locked(owner):
            return None
        number = os.pread(owner, 32, 0).decode().strip()
        return int(number) if number else None


async def _when_locked(lock: int, folder: Path, patience: float) -> None:
    try:
        async with asyncio.timeout(patience):
            while not _locked(lock):  # noqa: ASYNC110 - flock has no asynchronous wait
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise HomeInUse(
            f"a server whose owner is dead still runs on {folder}; "
            f"find it: fuser {folder}/lock"
        ) from None


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def ports(
    folder: Path, names: Sequence[str], wanted: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Return a loopback port for each name: wanted, else the last one, else a new one.

    New ports lie below the range from which the system serves outgoing connections,
    for a port out of that range (what binding to port 0 returns) can be gone again
    before the server binds it.

    Raises:
        PortTaken: A wanted port is not to be had.
    """
    kept = folder / "ports.json"
    last = json.loads(kept.read_text()) if kept.exists() else {}
    fresh = _fresh_ports()
    chosen: dict[str, int] = {}
    for name in names:
        port = (wanted or {}).get(name)
        if port is not None and not _free(port):
            raise PortTaken(
                f"port {port} ({name}) is taken by another program. "
                "Stop it or configure another port."
            )
        port = port or last.get(name)
        if port is None or port in chosen.values() or not _free(port):
            port = next(fresh)
        chosen[name] = port
    kept.write_text(json.dumps(chosen))
    return chosen


def forget_ports(folder: Path) -> None:
    """Choose anew next time."""
    (folder / "ports.json").unlink(missing_ok=True)


def _fresh_ports() -> Iterator[int]:
    try:
        outgoing = int(OUTGOING.read_text().split()[0])
    except OSError:
        outgoing = 49152
    top = outgoing if outgoing > LOWEST + 1000 else 65000
    candidates = secrets.SystemRandom().sample(range(LOWEST, top), top - LOWEST)
    return (port for port in candidates if _free(port))


def _free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
        return True
