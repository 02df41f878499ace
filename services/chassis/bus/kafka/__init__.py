"""The bus on Kafka: FastStream consumes, aiokafka produces. The only bus.

FastStream is the shell: it polls, joins the group, starts and stops. Offsets and
decoding stay in our hands, for its defaults lose what fails.
"""

from __future__ import annotations

from services.chassis.bus.kafka.consuming import KafkaBus
from services.chassis.bus.kafka.looking import (
    create_topics,
    end_offsets,
    existing,
    read_all,
    read_between,
)
from services.chassis.bus.kafka.producing import KafkaProducer

__all__ = [
    "KafkaBus",
    "KafkaProducer",
    "create_topics",
    "end_offsets",
    "existing",
    "read_all",
    "read_between",
]
