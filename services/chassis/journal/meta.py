"""What an event remembers of the context it was recorded in, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Required
from uuid import UUID

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from services.chassis.access import Principal
from services.chassis.context import Context


class _Kept(TypedDict, total=False):
    actor: Required[str]
    correlation_id: Required[UUID]
    causation_id: Required[UUID]
    command_id: UUID
    principal: Principal
    traceparent: str


_KEPT = TypeAdapter(_Kept)


def remembered(context: Context) -> Context:
    """Return *context* without what mattered only while deciding."""
    return replace(context, expected=None, first_event_id=None, begins=False)


def canonical(value: Any) -> str:
    """Return the one JSON text of *value*: the same data, the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def encode(context: Context) -> str:
    """Return what is kept of *context*; the moment has a column of its own."""
    kept: dict[str, Any] = {
        "actor": context.actor,
        "correlation_id": str(context.correlation_id),
        "causation_id": str(context.causation_id),
    }
    if context.command_id is not None:
        kept["command_id"] = str(context.command_id)
    if context.principal is not None:
        kept["principal"] = asdict(context.principal)
    if context.traceparent is not None:
        kept["traceparent"] = context.traceparent
    return canonical(kept)


def decode(text: str, occurred_at: datetime) -> Context:
    """Return the context that *text* keeps."""
    return Context(occurred_at=occurred_at, **_KEPT.validate_json(text))
