"""A database for every service, and who may enter it.

What the roles may do inside is said by the service's migrations; they run as somebody
who belongs to its owner role.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from services.chassis.embedded.errors import Unreachable

LOGINS = ("app", "relay", "ro")


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """The URLs of one service's database, by role."""

    app: str
    relay: str
    ro: str
    migrator: str


async def create_databases(
    admin: str, services: Iterable[str], passwords: Path
) -> dict[str, Database]:
    """Make what is missing; return each service's URLs.

    Raises:
        Unreachable: The server does not answer, or does not let us.
    """
    names = list(services)
    roles = [f"{name}_{login}" for name in names for login in LOGINS]
    known = await asyncio.to_thread(_kept, passwords, roles)
    try:
        await _create(admin, names, known)
    except (OSError, asyncpg.PostgresError) as error:
        raise Unreachable(
            f"PostgreSQL does not let us make the databases: {error}\n"
            "  KIEMTRA_POSTGRES_ADMIN must name a server that runs, and a role that\n"
            "  may create databases and roles there."
        ) from error
    return {name: _urls(admin, name, known) for name in names}


async def _create(admin: str, names: Iterable[str], known: Mapping[str, str]) -> None:
    """Make every service's roles and database."""
    connection = await asyncpg.connect(admin)
    try:
        # One system at a time: roles belong to the whole server.
        await connection.execute(
            "SELECT pg_advisory_lock(hashtext('kiemtra.databases'))"
        )
        for name in names:
            await _create_one(connection, name, known)
    finally:
        await connection.close()


async def _create_one(
    connection: asyncpg.Connection, name: str, passwords: Mapping[str, str]
) -> None:
    """Make one service's roles and database."""
    owner = f"{name}_owner"
    roles = {
        row["rolname"] for row in await connection.fetch("SELECT rolname FROM pg_roles")
    }
    if owner not in roles:
        await connection.execute(f"CREATE ROLE {owner} NOLOGIN")
        await connection.execute(f"GRANT {owner} TO CURRENT_USER")
    for login in LOGINS:
        role = f"{name}_{login}"
        verb = "ALTER" if role in roles else "CREATE"
        password = passwords[role]
        await connection.execute(f"{verb} ROLE {role} LOGIN PASSWORD '{password}'")
    exists = "SELECT true FROM pg_database WHERE datname = $1"
    if not await connection.fetchval(exists, name):
        await connection.execute(f"CREATE DATABASE {name} OWNER {owner}")
    await connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
    who = ", ".join(f"{name}_{login}" for login in LOGINS)
    await connection.execute(f"GRANT CONNECT ON DATABASE {name} TO {who}")


def _kept(path: Path, roles: Iterable[str]) -> dict[str, str]:
    """Return the passwords kept in the file; make up those that are missing."""
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [role for role in roles if role not in known]
    if missing:
        known |= {role: secrets.token_hex(24) for role in missing}
        path.touch(mode=0o600)
        path.write_text(json.dumps(known, indent=1))
    return known


def _urls(admin: str, name: str, passwords: Mapping[str, str]) -> Database:
    parts = urlsplit(admin)
    place = parts.netloc.rpartition("@")[2]

    def url(login: str) -> str:
        role = f"{name}_{login}"
        netloc = f"{role}:{quote(passwords[role])}@{place}"
        return urlunsplit(parts._replace(netloc=netloc, path=f"/{name}"))

    return Database(
        app=url("app"),
        relay=url("relay"),
        ro=url("ro"),
        migrator=urlunsplit(parts._replace(path=f"/{name}")),
    )
