"""From the bus, and from the own journal, into a service: effects once, in order.

``Consumer`` listens to topics, ``OwnConsumer`` to the service's own journal. Both
write effects, checkpoint, parked messages and ledger in one transaction per batch.
"""

from __future__ import annotations

from services.chassis.consumer.acting import Actions, Reaction, Sink
from services.chassis.consumer.hearing import JOURNAL, Heard
from services.chassis.consumer.listening import Consumer
from services.chassis.consumer.own import OwnConsumer
from services.chassis.consumer.parking import Patience, Tolerance
from services.chassis.consumer.standing import Standing

__all__ = [
    "JOURNAL",
    "Actions",
    "Consumer",
    "Heard",
    "OwnConsumer",
    "Patience",
    "Reaction",
    "Sink",
    "Standing",
    "Tolerance",
]
