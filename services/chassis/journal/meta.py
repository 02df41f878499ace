"""What an event remembers of the context it was recorded in, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.chassis.access import Principal
from services.chassis.context import Context


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
    kept = json.loads(text)
    command_id, principal = kept.get("command_id"), kept.get("principal")
    return Context(
        actor=kept["actor"],
        correlation_id=UUID(kept["correlation_id"]),
        causation_id=UUID(kept["causation_id"]),
        occurred_at=occurred_at,
        command_id=UUID(command_id) if command_id else None,
        principal=Principal(**principal) if principal else None,
        traceparent=kept.get("traceparent"),
    )
