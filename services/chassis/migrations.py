"""Numbered SQL, forward only: applied once, in order, never edited afterwards.

The chassis' own files lie in ``chassis/journal/migrations`` and come first, a
service's in its ``migrations``. They run as the role ``<service>_owner``; in them
``@owner@ @app@ @relay@ @ro@`` stand for the service's roles, which are made without a
login where they are missing: who deploys gives them one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from services.chassis.failpoints import hit
from services.chassis.postgres import Database, Limits, PostgresError, Session

ROLES = ("owner", "app", "relay", "ro")
LOCK = (0x4B54, 1)  # "KT": two keys, another space than the journal's locks
FORBIDDEN = "42501"
APPLIED = "SELECT origin, number, checksum FROM es.migration ORDER BY origin, number"
TABLE = """
CREATE TABLE IF NOT EXISTS es.migration (
  origin text NOT NULL, number int NOT NULL, name text NOT NULL,
  checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (origin, number));
GRANT USAGE ON SCHEMA es TO @app@;
GRANT SELECT ON es.migration TO @app@;
"""


class MigrationRefused(Exception):
    """The files and the database do not belong together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One file."""

    origin: str
    number: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """Return what an applied file is held against."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def migrations(service: str) -> list[Migration]:
    """Return the files of *service*, the chassis' own first, in order."""
    chassis = Path(__file__).parent / "journal" / "migrations"
    own = Path(str(files(f"services.{service}"))) / "migrations"
    return [*_read("chassis", chassis), *_read(service, own)]


async def migrate(
    url: str, service: str, found: Sequence[Migration] | None = None
) -> list[str]:
    """Bring the database at *url* to the level of the files; return what was applied.

    Raises:
        MigrationRefused: An applied file was edited, or a new one comes too late.
        Unavailable: The server is away, or a lock was not to be had in time.
    """
    found = migrations(service) if found is None else found
    patient = Limits(statement="120s", lock="120s", transaction="120s")
    database = await Database.open(url, name="kiemtra-migrate", size=1, limits=patient)
    try:
        async with database.acquire_session() as session:
            await session.execute(f"SELECT pg_advisory_lock{LOCK}")
            await session.execute("SET lock_timeout = '5s'")
            await _prepare(session, service)
            applied = await session.fetch(APPLIED)
            pending = _pending(found, [tuple(row) for row in applied])
            for migration in pending:
                await _apply(session, service, migration)
    finally:
        await database.close()
    return [migration.name for migration in pending]


async def behind(
    database: Database, service: str, found: Sequence[Migration] | None = None
) -> list[str]:
    """Return the files that *database* still lacks; a service is not ready before.

    Raises:
        MigrationRefused: An applied file was edited, or a new one comes too late.
    """
    found = migrations(service) if found is None else found
    if await database.fetchval("SELECT to_regclass('es.migration')") is None:
        return [migration.name for migration in found]
    applied = [tuple(row) for row in await database.fetch(APPLIED)]
    return [migration.name for migration in _pending(found, applied)]


def _read(origin: str, folder: Path) -> list[Migration]:
    found = [
        Migration(
            origin=origin,
            number=int(path.name.partition("_")[0]),
            name=path.name,
            text=path.read_text(encoding="utf-8"),
        )
        for path in sorted(folder.glob("*.sql"))
    ]
    if len({migration.number for migration in found}) < len(found):
        raise MigrationRefused(f"two files of one number in {folder}")
    return found


def _pending(
    found: Sequence[Migration], applied: Sequence[tuple[str, int, str]]
) -> list[Migration]:
    """Return what is to be applied; files newer than ours in the database are fine."""
    done = {(origin, number): checksum for origin, number, checksum in applied}
    last = {origin: number for origin, number, _ in sorted(applied)}
    pending = []
    for migration in found:
        checksum = done.get((migration.origin, migration.number))
        if checksum is None:
            if migration.number < last.get(migration.origin, 0):
                raise MigrationRefused(f"{migration.name} comes too late")
            pending.append(migration)
        elif checksum != migration.checksum:
            raise MigrationRefused(f"{migration.name} was edited after it was applied")
    return pending


def _named(service: str, text: str) -> str:
    for role in ROLES:
        text = text.replace(f"@{role}@", f'"{service}_{role}"')
    return text


async def _prepare(session: Session, service: str) -> None:
    for role in ROLES:
        await _ensure_role(session, f"{service}_{role}")
    name = await session.fetchval("SELECT quote_ident(current_database())")
    everyone = _named(service, "@owner@, @app@, @relay@, @ro@")
    await session.execute(
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC;"
        f"GRANT CONNECT ON DATABASE {name} TO {everyone};"
        + _named(service, f"GRANT CREATE ON DATABASE {name} TO @owner@;")
    )
    async with session.transaction():
        await _become(session, service)
        await session.execute("CREATE SCHEMA IF NOT EXISTS es")
        await session.execute(_named(service, TABLE))


async def _ensure_role(session: Session, role: str) -> None:
    """Make the role; another database's migrator may be at it in the same moment."""
    if await session.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
        return
    await session.execute(
        f'DO $$ BEGIN CREATE ROLE "{role}" NOLOGIN; '
        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    )


async def _become(session: Session, service: str) -> None:
    become = _named(service, "SET LOCAL ROLE @owner@")
    try:
        async with session.transaction():
            await session.execute(become)
    except PostgresError as error:
        if error.sqlstate != FORBIDDEN:
            raise
        await session.execute(_named(service, "GRANT @owner@ TO CURRENT_USER"))
    await session.execute(become)


async def _apply(session: Session, service: str, migration: Migration) -> None:
    async with session.transaction():
        await _become(session, service)
        await session.execute(_named(service, migration.text))
        await session.execute(
            "INSERT INTO es.migration (origin, number, name, checksum) "
            "VALUES ($1, $2, $3, $4)",
            migration.origin,
            migration.number,
            migration.name,
            migration.checksum,
        )
        hit("migration.applying")
    hit("migration.applied")
