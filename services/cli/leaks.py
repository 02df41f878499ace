"""Did anybody learn too early? Unannounced inspections on the topics (trust.md I14a).

Read from the first offset, as the ledger is: what lies there was told. Before the team
arrives, only internal events may name the inspection or its round.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.catalogue import CATALOGUE
from services.chassis.bus.kafka import read_all
from services.cli.ledger import topics

ORDERED = "planning.unannounced-inspection-ordered.v1"
STARTED = "inspection.visit-started.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it lies on its topic."""

    kind: str
    time: datetime
    body: Any

    @property
    def internal(self) -> bool:
        """Say whether its type may never leave the services."""
        event = CATALOGUE.get(self.kind)
        return event is not None and event.VISIBILITY == "internal"


async def on_kafka(bootstrap: str) -> list[Message]:
    """Return every message of every topic, from the first offset."""
    return [
        _message(dict(record.headers), record.value)
        for topic in topics()
        for record in await read_all(bootstrap, topic)
    ]


def _message(headers: dict[str, bytes], value: bytes | None) -> Message:
    return Message(
        kind=headers["ce_type"].decode(),
        time=datetime.fromisoformat(headers["ce_time"].decode()),
        body=json.loads(value or b"null"),
    )


def leaks(messages: Iterable[Message]) -> list[str]:
    """Return what was told too early, a line each: which inspection, by which type."""
    told = tuple(messages)
    begun = {m.body["inspection_id"]: m.time for m in told if m.kind == STARTED}
    found = []
    for order in (m for m in told if m.kind == ORDERED):
        secret = {order.body["inspection_id"], order.body["round_id"]}
        until = begun.get(order.body["inspection_id"])
        found += _too_early(told, secret, until)
    return found


def _too_early(
    told: Sequence[Message], secret: set[str], until: datetime | None
) -> list[str]:
    return [
        f"{message.kind} names {name}"
        for message in told
        if not message.internal and (until is None or message.time < until)
        for name in sorted(secret & set(_texts(message.body)))
    ]


def _texts(value: Any) -> Iterable[str]:
    """Return every text that stands anywhere in a body, names of fields included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
