"""Kafka's jars: pinned by ``kafka.lock``, fetched once, checked at every start.

jgo fetches; what it fetches is checked here, for jgo 3.2.0 does not: its own checksum
check is called nowhere, a wrong SHA-1 is only a warning, and a cut download stays in
the Maven repository under its final name and is taken for whole ever after.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.chassis.embedded.environment import cache
from services.chassis.embedded.errors import JarsMissing
from services.chassis.embedded.progress import fetching

LOCK = Path(__file__).with_name("kafka.lock")
# The ahead-of-time cache is bound to the jars' time, and a second fetch changes it.
DATE = 1_000_000_000
ROOTS = (  # kafka_2.13 names no SLF4J binding: without the second a broker logs nothing
    "org.apache.kafka:kafka_2.13:4.3.1",
    "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4!",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Jar:
    """One line of ``kafka.lock``."""

    sha256: str
    size: int
    group: str
    artifact: str
    version: str

    @property
    def name(self) -> str:
        """Its file's name in the cache."""
        return f"{self.artifact}-{self.version}.jar"


def locked(lock: Path = LOCK) -> list[Jar]:
    """Read ``kafka.lock``."""
    jars = []
    for line in lock.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        digest, size, coordinate = line.split()
        group, artifact, version = coordinate.split(":")
        jars.append(
            Jar(
                sha256=digest,
                size=int(size),
                group=group,
                artifact=artifact,
                version=version,
            )
        )
    return jars


def classpath(lock: Path = LOCK, folder: Path | None = None) -> list[Path]:
    """Return the jars' paths in order; fetch the missing, replace the damaged.

    Raises:
        JarsMissing: They cannot be fetched, or are not what the lock names.
    """
    jars = locked(lock)
    folder = folder or cache() / "jars"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [jar for jar in jars if not _whole(folder / jar.name, jar)]
    if wanted:
        _fetch(wanted, folder, total=len(jars))
    return [folder / jar.name for jar in jars]


def digest(lock: Path = LOCK) -> str:
    """Return a short name for exactly these jars."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()[:12]


def _whole(path: Path, jar: Jar) -> bool:
    try:
        if path.stat().st_size != jar.size:
            return False
        with path.open("rb") as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256
    except FileNotFoundError:
        return False
    if whole and path.stat().st_mtime != DATE:
        with contextlib.suppress(PermissionError):
            os.utime(path, (DATE, DATE))
    return whole


def _fetch(jars: Sequence[Jar], folder: Path, *, total: int) -> None:
    size = sum(jar.size for jar in jars)
    with (
        fetching("Fetching Apache Kafka", size) as advance,
        tempfile.TemporaryDirectory(prefix=".fetching-", dir=folder) as staging,
        ThreadPoolExecutor(8) as pool,
    ):
        get = _getter(Path(staging), advance)
        outcomes = pool.map(lambda jar: _take(jar, get, folder), jars)
        failed = [reason for reason in outcomes if reason]
    if failed:
        raise JarsMissing(
            f"{len(failed)} of Kafka's {total} jars could not be fetched into "
            f"{folder}.\n  First: {failed[0]}\n"
            "  Connect this machine and run `make setup` again, or copy that folder\n"
            "  from a machine that has it, or name a mirror of Maven Central under\n"
            "  [repositories] in ~/.config/jgo.conf."
        )


def _take(jar: Jar, get: Callable[[Jar], Path], folder: Path) -> str | None:
    """Fetch one jar into the cache; return why not, if not."""
    try:
        fetched = get(jar)
    except Exception as error:  # noqa: BLE001 - jgo raises whatever its HTTP client raises
        return f"{jar.name}: {type(error).__name__}: {str(error)[:200]}"
    if not _whole(fetched, jar):
        return (
            f"{jar.name}: the repository sent other bytes than kafka.lock names "
            "(sha256); nothing was kept"
        )
    fetched.replace(folder / jar.name)
    return None


def _getter(staging: Path, advance: Callable[[int], None]) -> Callable[[Jar], Path]:
    """Return what fetches one jar from Maven Central into *staging*."""
    from jgo.config import GlobalSettings  # noqa: PLC0415 - 0.3 s, needed once
    from jgo.maven import MavenContext, PythonResolver  # noqa: PLC0415 - the same

    @contextlib.contextmanager
    def progress(_name: str, _size: int) -> Iterator[Callable[[int], None]]:
        yield advance

    context = MavenContext(
        resolver=PythonResolver(progress_callback=progress),
        # Never ~/.m2: a cut download there would be taken for whole.
        repo_cache=staging,
        local_repos=[],
        remote_repos=GlobalSettings.load().repositories or None,
        timeout=30,
    )

    def get(jar: Jar) -> Path:
        project: Any = context.project(jar.group, jar.artifact)
        return Path(project.at_version(jar.version).artifact().resolve())

    return get


def write_lock(roots: Sequence[str] = ROOTS, lock: Path = LOCK) -> None:
    """Resolve the roots and write ``kafka.lock`` (for developers: read the diff)."""
    from jgo.maven import MavenContext  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory() as repository:
        context = MavenContext(repo_cache=Path(repository), local_repos=[], timeout=30)
        wanted = [context.create_dependency(root) for root in roots]
        direct, further = context.resolver.resolve(wanted)
        running = [jar for jar in further if jar.scope in ("compile", "runtime")]
        lines = [_line(jar) for jar in (*direct, *running)]
    head = f"# {' '.join(roots)}\n# sha256, bytes, coordinate; by `make lock-jars`\n"
    lock.write_text(head + "\n".join(lines) + "\n")


def _line(jar: Any) -> str:
    content = jar.artifact.resolve().read_bytes()
    coordinate = f"{jar.groupId}:{jar.artifactId}:{jar.version}"
    return f"{hashlib.sha256(content).hexdigest()} {len(content):>8} {coordinate}"
