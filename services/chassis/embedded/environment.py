"""What the embedded servers take from the environment, and what they must not.

These folders are asked before there is a service that could have settings.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

JAVA_ALTERING = ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH")
POSTGRES_ALTERING = ("PG", "LC_", "LANG")


def cache() -> Path:
    """Return the user's cache folder: ``KIEMTRA_CACHE``, else the system's."""
    chosen = os.environ.get("KIEMTRA_CACHE")
    return Path(chosen or platformdirs.user_cache_path("kiemtra")).absolute()


def postgres_binaries() -> Path | None:
    """Return the folder of another PostgreSQL (``KIEMTRA_POSTGRES_BIN``)."""
    chosen = os.environ.get("KIEMTRA_POSTGRES_BIN")
    return Path(chosen) if chosen else None


@dataclass(frozen=True, slots=True, kw_only=True)
class External:
    """Servers that run already; an empty one is started here."""

    kafka: str = ""
    postgres: str = ""
    smtp: str = ""


def external() -> External:
    """Return the servers that the environment names."""
    return External(
        kafka=os.environ.get("KIEMTRA_KAFKA", ""),
        postgres=os.environ.get("KIEMTRA_POSTGRES_ADMIN", ""),
        smtp=os.environ.get("KIEMTRA_SMTP", ""),
    )


def for_java() -> dict[str, str]:
    """Return our environment without what alters Java; its locale spells any path."""
    kept = {
        name: text for name, text in os.environ.items() if name not in JAVA_ALTERING
    }
    return kept | {"LC_ALL": "C.UTF-8"}


def for_postgres() -> dict[str, str]:
    """Return our environment without what alters PostgreSQL."""
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(POSTGRES_ALTERING)
    }
    return kept | {"LC_ALL": "C"}


def for_service(settings: dict[str, str]) -> dict[str, str]:
    """Return our environment for a service: no ``KIEMTRA_`` names but *settings*."""
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("KIEMTRA_")
    }
    return kept | settings


def replace(settings: dict[str, str]) -> None:
    """Take *settings* for our environment (in a child that was forked, not started)."""
    os.environ.clear()
    os.environ.update(settings)
