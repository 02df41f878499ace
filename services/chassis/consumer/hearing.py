"""What a message says, read as far as it can be; nothing about it is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid5

from pydantic import ValidationError

from contracts.catalogue import CATALOGUE
from contracts.envelope import (
    Attributes,
    BadEnvelope,
    Transport,
    read_attributes,
    read_event,
)
from contracts.event import Event
from services.chassis.bus import Record, TopicPartition
from services.chassis.context import Context
from services.chassis.journal import Recorded

NOT_HEARD = "not-heard"
UNKNOWN_TYPE = "unknown-type"
LONGEST_KEY = 1000  # bytes, of which an index keeps twice as many
JOURNAL = "journal"  # the topic that stands for a service's own journal


# Heard and Item are not frozen: one of each is made for every record, and it costs.
@dataclass(slots=True, kw_only=True)
class Heard:
    """A published event that a service listens to, and where it lay.

    ``body`` is the event's JSON as it came, ``position`` is es_pos, ``version`` that of
    its stream.
    """

    envelope: Attributes
    event: Event
    body: str
    position: int
    version: int
    topic: str
    partition: int
    timestamp_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a message cannot be acted on; *code* is for ever, *detail* for people."""

    code: str
    detail: str = ""


@dataclass(slots=True, kw_only=True)
class Item:
    """One message, from the bus or from the own journal.

    ``subject`` is what reactions and sinks are given. Without it the message is either
    at ``fault`` or ``ignored`` for a reason.
    """

    at: TopicPartition
    offset: int
    key: str
    name: str
    kind: str
    position: int | None = None
    previous: int | None = None
    subject: Heard | Recorded | None = None
    context: Context | None = None
    ignored: str | None = None
    fault: Fault | None = None
    record: Record | None = None

    @property
    def event(self) -> Any:
        """Return the event itself."""
        return None if self.subject is None else self.subject.event


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Reads records for one consumer, which hears the types of ``hears``."""

    consumer: str
    hears: Mapping[str, type[Event]]

    def read(self, record: Record) -> Item:
        """Return what the record says, or why it says nothing."""
        transport: Transport | None = None
        try:
            transport = Transport.from_headers(record.headers)
            envelope = read_attributes(record.headers, record.key)
        except BadEnvelope as error:
            name = f"{record.topic}/{record.partition}/{record.offset}"
            fault = Fault(code=error.code, detail=str(error))
            return _item(record, transport, name, fault=fault)
        name, kind = str(envelope.id), envelope.type
        if kind not in self.hears:
            if kind in CATALOGUE:
                return _item(record, transport, name, kind, ignored=NOT_HEARD)
            fault = Fault(code=UNKNOWN_TYPE, detail=kind)
            return _item(record, transport, name, kind, fault=fault)
        try:
            event = read_event(self.hears[kind], record.value)
        except BadEnvelope as error:
            fault = Fault(code=error.code, detail=str(error))
            return _item(record, transport, name, kind, fault=fault)
        except ValidationError as error:
            fault = Fault(code="invalid-event", detail=_told(error))
            return _item(record, transport, name, kind, fault=fault)
        heard = Heard(
            envelope=envelope,
            event=event,
            body=(record.value or b"").decode(),
            position=transport.pos,
            version=transport.version,
            topic=record.topic,
            partition=record.partition,
            timestamp_ms=record.timestamp_ms,
        )
        context = self._because_of(envelope)
        return _item(record, transport, name, kind, subject=heard, context=context)

    def _because_of(self, envelope: Attributes) -> Context:
        return Context(
            actor=f"service:{service_of(self.consumer)}",
            correlation_id=envelope.correlationid,
            causation_id=envelope.id,
            command_id=uuid5(envelope.id, self.consumer),
            occurred_at=envelope.time,
            traceparent=envelope.traceparent,
        )


def _item(
    record: Record,
    transport: Transport | None,
    name: str,
    kind: str = "",
    **more: Any,
) -> Item:
    return Item(
        at=record.at,
        offset=record.offset,
        key=key_of(record),
        name=name,
        kind=kind,
        position=transport.pos if transport else None,
        previous=transport.prev if transport else None,
        record=record,
        **more,
    )


def service_of(consumer: str) -> str:
    """Return the service a consumer belongs to."""
    return consumer.partition(".")[0]


def key_of(record: Record) -> str:
    """Return the record's key as text that a table can keep.

    Without a key a record is a story of its own: only itself can be parked.
    """
    if record.key is None:
        return f"none:{record.partition}/{record.offset}"
    if len(record.key) > LONGEST_KEY:
        return f"sha256:{sha256(record.key).hexdigest()}"
    try:
        text = record.key.decode()
    except UnicodeDecodeError:
        return f"hex:{record.key.hex()}"
    return f"hex:{record.key.hex()}" if "\0" in text else text


def _told(error: ValidationError) -> str:
    """Say what is wrong without repeating the values."""
    problems = error.errors(include_input=False, include_url=False)
    places = (".".join(str(part) for part in p["loc"]) for p in problems[:5])
    return "; ".join(
        f"{at}: {p['msg']}" for at, p in zip(places, problems, strict=False)
    )
