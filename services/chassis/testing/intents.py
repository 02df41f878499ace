"""Intents in memory, as a dispatcher takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An intent as the journal keeps it."""

    id: UUID
    stream: str
    kind: str
    payload: Mapping[str, Any]
    recorded_by: UUID
    correlation_id: UUID
    state: str = "pending"
    attempts: int = 0
    owner: str = ""
    last_error: str = ""
