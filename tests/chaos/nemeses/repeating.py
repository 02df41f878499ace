"""A relay gone wrong that sends again what was sent: F13."""

from itertools import groupby

from services.chassis.bus import Outgoing
from services.chassis.bus.kafka import KafkaBus


class RogueRelay:
    """The end of a topic is sent a second time, the same bytes to the same places."""

    fault = "F13"

    async def strike(self, bench):
        topic, records = await bench.in_use()
        share = bench.dice.uniform(0.1, 1.0)
        producer = await KafkaBus(bench.running.kafka, "rogue").producer()
        sent = 0
        try:
            for partition, found in groupby(
                sorted(records, key=lambda r: (r.partition, r.offset)),
                key=lambda record: record.partition,
            ):
                again = [_again(record) for record in found if _is_ours(record)]
                again = again[int(len(again) * (1 - share)) :]
                for first in range(0, len(again), 100):
                    await producer.send(topic, partition, again[first : first + 100])
                sent += len(again)
        finally:
            await producer.close()
        return f"{topic}, {sent} messages"


def _is_ours(record):
    """Say whether a relay sent it; junk that the run put there is not sent again."""
    return "es_pos" in dict(record.headers)


def _again(record):
    return Outgoing(key=record.key, value=record.value, headers=record.headers)
