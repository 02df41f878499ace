"""What every command is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Command(BaseModel):
    """A request: frozen, and with nothing in it that is not asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=20_000)
