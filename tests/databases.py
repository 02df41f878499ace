"""Databases of a service at the level of the migrations: made once, then cloned."""

import itertools
import os
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from services.chassis.migrations import ROLES, migrate

PASSWORD = "in-tests-only"  # noqa: S105 - the server dies with the run


@dataclass(frozen=True)
class Urls:
    """One database, as the superuser and as the service's roles."""

    super: str

    def of(self, role):
        parts = urlsplit(self.super)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{role}:{PASSWORD}@{host}"))


class Databases:
    """Clones of a template for each service."""

    def __init__(self, servers, server):
        self._servers = servers
        self._server = server
        self._numbers = itertools.count()
        self._templates = {}

    @contextmanager
    def clone(self, service):
        """Lend a fresh database of *service*."""
        template = self._template(service)
        name = f"clone_{os.getpid()}_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        # A clone has no grants of its own; the owner makes schemas for views.
        self._do(f'GRANT CREATE ON DATABASE {name} TO "{service}_owner"')
        # Roles are the whole server's: a system that used it gave them its passwords.
        self._do(";".join(_lets_in(f"{service}_{role}") for role in ROLES[1:]))
        url = self._url(name)
        yield Urls(url)
        self._servers.drop_database(self._server, url)

    def _template(self, service):
        if service not in self._templates:
            url = self._servers.create_database(self._server)
            self._servers.do(migrate(url, service))
            self._templates[service] = urlsplit(url).path[1:]
        return self._templates[service]

    def _url(self, name):
        return urlunsplit(urlsplit(self._server)._replace(path=f"/{name}"))

    def _do(self, statement):
        self._servers.do(execute(self._server, statement))


def _lets_in(role):
    return f"ALTER ROLE {role} LOGIN PASSWORD '{PASSWORD}'"


async def execute(url, statement):
    """Run one statement on a connection of its own."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.execute(statement)
    finally:
        await connection.close()
