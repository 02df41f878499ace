"""What a process is told from outside: environment variables, and files for secrets.

``KIEMTRA_POSTGRES_FILE`` names a file whose text is the value of ``KIEMTRA_POSTGRES``.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "KIEMTRA_"
FILE = "_FILE"
Address = Annotated[str, StringConstraints(pattern=r"^[^:\s/]+:\d{1,5}$")]


class BadSettings(Exception):
    """The process was told something that it cannot run with."""


class Settings(BaseSettings):
    """All that can be set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    name: str = ""  # of the process; unique in the system (a pod's name)
    postgres: str
    postgres_owner: str = ""  # who migrates; empty: a deploy step does
    postgres_relay: str = ""
    kafka: str
    http: Address = "127.0.0.1:8080"
    operate: Address = "127.0.0.1:9080"
    smtp: str = ""
    clock: Literal["real", "controlled"] = "real"
    embedded: bool = False  # one machine: development tokens, the clock can be set
    failpoint: str = ""  # where a fault test strikes (failpoints.py)
    seals: str = ""  # a folder: seals are told to a file in it; empty: none are made
    seal_key: str = ""  # who signs, a PEM file; empty: in that folder
    parked_limit: int = 1000
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    def fingerprint(self) -> str:
        """Return what tells one configuration from another, secrets hidden."""
        return hashlib.sha256(repr(self.shown()).encode()).hexdigest()[:12]

    def shown(self) -> dict[str, str]:
        """Return the settings as they may be seen: no passwords."""
        return {
            name: re.sub(r"(://[^:/@]*):[^@]+@", r"\1:***@", str(value))
            for name, value in self.model_dump().items()
        }


def load() -> Settings:
    """Return the settings of this process, from its environment.

    Raises:
        BadSettings: Something is missing or makes no sense.
    """
    files = {
        name.removeprefix(PREFIX).removesuffix(FILE).lower(): _read(path)
        for name, path in os.environ.items()
        if name.startswith(PREFIX) and name.endswith(FILE)
    }
    try:
        return Settings(**files)
    except ValidationError as error:
        wrong = ", ".join(
            f"{PREFIX}{str(each['loc'][0]).upper()}: {each['msg']}"
            for each in error.errors(include_input=False)
        )
        raise BadSettings(wrong) from None


def _read(path: str) -> Any:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSettings(f"{path} cannot be read") from error
