"""The published language as one AsyncAPI 3.0 document, from the catalogue alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from pydantic.json_schema import models_json_schema

from contracts.catalogue import CATALOGUE, EVENTS, topic_of
from contracts.envelope import JSON_TYPE, schema_of
from contracts.event import Event

Samples = Mapping[str, Mapping[str, Any]]
KAFKA = "0.5.0"  # version of AsyncAPI's Kafka bindings
PARTITIONS = 12  # design: fixed, for a stream never changes partition
KEYS = {
    "planning": "The plan's id; that of a work programme, team or round is its own.",
    "registry": "The agency's id.",
    "inspection": "The inspection's id; a round is keyed by its own.",
    "remediation": "The inspection's id; what belongs to none is keyed by its own.",
    "notification": "The id of the agency that is told.",
}
TEXT = {"type": "string"}
NUMBER = {"type": "string", "pattern": "^[0-9]{1,19}$"}
ID = {"type": "string", "format": "uuid"}
HEADERS: dict[str, tuple[dict[str, Any], str]] = {
    "ce_specversion": ({"const": "1.0"}, "CloudEvents 1.0, binary mode."),
    "ce_id": (ID, "The event's id; the same however often it is sent."),
    "ce_source": (TEXT, "Who publishes it, such as /kiemtra/planning."),
    "ce_type": (TEXT, "What happened; names the schema of the body."),
    "ce_time": (
        {"type": "string", "format": "date-time"},
        "When it occurred, with the offset of Hà Nội.",
    ),
    "ce_subject": (TEXT, "The stream it belongs to."),
    "ce_dataschema": (TEXT, "The name of the body's JSON Schema."),
    "ce_correlationid": (ID, "The whole story it is part of."),
    "ce_causationid": (ID, "The command, event or deadline that caused it."),
    "ce_partitionkey": (TEXT, "What orders it: the record's key."),
    "content-type": ({"const": JSON_TYPE}, "The body is JSON in UTF-8."),
    "es_pos": (NUMBER, "Its position in the sender's journal."),
    "es_prev": (NUMBER, "The position sent before it to this partition; 0: none."),
    "es_ver": (NUMBER, "The version of its stream."),
}
TRACE = ({"type": "string"}, "W3C trace context: the command's, or the story's id.")


def document(samples: Samples) -> dict[str, Any]:
    """Return the whole document."""
    topics = sorted({topic_of(event.TYPE) for event in EVENTS})
    references, bodies = _bodies()
    return {
        "asyncapi": "3.0.0",
        "id": "urn:kiemtra:events",
        "info": {
            "title": "kiemtra",
            "version": "1.0.0",
            "description": (
                "Events of the inspection cycle: from plan to remedy.\n"
                "Readers ignore fields and types that they do not know; fields are only"
                " added, and a change of meaning is a new type.\n"
                "x-visibility says who may ever see a type: internal, concerned,"
                " agencies or public.\n"
            ),
        },
        "defaultContentType": JSON_TYPE,
        "channels": {topic: _channel(topic) for topic in topics},
        "operations": {
            name: operation
            for topic in topics
            for name, operation in _operations(topic).items()
        },
        "components": {
            "messages": {
                event.TYPE: _message(event, references[event], samples.get(event.TYPE))
                for event in EVENTS
            },
            "correlationIds": {
                "story": {"location": "$message.header#/ce_correlationid"}
            },
            "schemas": {"Headers": _headers(), **bodies},
        },
    }


def asyncapi(samples: Samples) -> str:
    """Return the document's text, the same each time."""
    return yaml.dump(
        document(samples),
        Dumper=_Plain,
        sort_keys=False,
        allow_unicode=True,
        width=88,
    )


class _Plain(yaml.SafeDumper):
    """Writes equal parts out: anchors are for programs, this is for readers too."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def _channel(topic: str) -> dict[str, Any]:
    service = topic.partition(".")[0]
    kinds = [kind for kind in CATALOGUE if topic_of(kind) == topic]
    return {
        "address": topic,
        "title": f"What {service} tells",
        "messages": {kind: {"$ref": f"#/components/messages/{kind}"} for kind in kinds},
        "bindings": {
            "kafka": {
                "topic": topic,
                "partitions": PARTITIONS,
                "topicConfiguration": {
                    "cleanup.policy": ["delete"],
                    "retention.ms": -1,
                },
                "bindingVersion": KAFKA,
            }
        },
    }


def _operations(topic: str) -> dict[str, Any]:
    """Return how a topic is written, by its one service, and read, by groups."""
    service = topic.partition(".")[0]
    channel = {"$ref": f"#/channels/{topic}"}
    group = {
        "type": "string",
        "pattern": r"^[a-z-]+\.[a-z-]+\.v[0-9]+$",
        "description": "reader.purpose.vN, such as inspection.reactions.v1",
    }
    return {
        f"publish-{service}": {
            "action": "send",
            "channel": channel,
            "summary": f"Every event that {service} publishes, in order of its key.",
        },
        f"hear-{service}": {
            "action": "receive",
            "channel": channel,
            "summary": f"Hear what {service} tells; each group hears everything.",
            "bindings": {"kafka": {"groupId": group, "bindingVersion": KAFKA}},
        },
    }


def _message(
    event: type[Event], body: dict[str, Any], sample: Mapping[str, Any] | None
) -> dict[str, Any]:
    said = {"ce_type": event.TYPE, "ce_dataschema": schema_of(event.TYPE)}
    own = {name: {"const": value} for name, value in said.items()}
    message: dict[str, Any] = {
        "name": event.TYPE,
        "title": event.__name__,
        "summary": (event.__doc__ or "").strip().partition("\n")[0],
        "contentType": JSON_TYPE,
        "correlationId": {"$ref": "#/components/correlationIds/story"},
        "headers": {
            "allOf": [
                {"$ref": "#/components/schemas/Headers"},
                {"type": "object", "properties": own},
            ]
        },
        "payload": body,
        "bindings": {
            "kafka": {
                "key": {
                    "type": "string",
                    "description": KEYS[event.TYPE.partition(".")[0]],
                },
                "bindingVersion": KAFKA,
            }
        },
        "x-visibility": event.VISIBILITY,
    }
    if sample is not None:
        message["examples"] = [{"payload": dict(sample)}]
    return message


def _headers() -> dict[str, Any]:
    described = {**HEADERS, "ce_traceparent": TRACE}
    return {
        "type": "object",
        "description": "CloudEvents 1.0, and where the record stands (es_*).",
        "required": list(HEADERS),
        "properties": {
            name: {**shape, "description": text}
            for name, (shape, text) in described.items()
        },
    }


def _bodies() -> tuple[dict[Any, dict[str, Any]], dict[str, Any]]:
    """Return a reference to the body of each event, and what the references name."""
    found, generated = models_json_schema(
        [(event, "validation") for event in EVENTS],
        ref_template="#/components/schemas/{model}",
    )
    definitions: dict[str, Any] = generated["$defs"]
    references = {model: reference for (model, _), reference in found.items()}
    return references, {name: definitions[name] for name in sorted(definitions)}
