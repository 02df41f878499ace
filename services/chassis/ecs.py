"""The names of log fields in the Elastic Common Schema."""

from __future__ import annotations

from collections.abc import Mapping

# What call sites say, and what it is called in the Elastic Common Schema's way.
ECS: Mapping[str, str] = {
    "stream": "stream.id",
    "version": "stream.version",
    "ce_id": "ce.id",
    "type": "ce.type",
    "consumer": "kafka.group",
    "topic": "kafka.topic",
    "partition": "kafka.partition",
    "offset": "kafka.offset",
    "lag": "lag.events",
}
