"""Sending on Kafka: one atomic record batch at a time, acknowledged by all."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress

from aiokafka import AIOKafkaProducer

from services.chassis.bus import Outgoing, Record
from services.chassis.bus.kafka.looking import last_records
from services.chassis.bus.kafka.patience import (
    CLOSING,
    FAILURES,
    PATIENCE,
    in_time,
    undisturbed,
)
from services.chassis.errors import InvalidMessage, Unavailable

BATCH_BYTES = 1_000_000  # below the broker's message.max.bytes, before compression


class KafkaProducer:
    """Sends atomic batches: idempotent, acknowledged by all, compressed."""

    def __init__(self, bootstrap: str, member: str) -> None:
        self._bootstrap = bootstrap
        self._closed = False
        self._raw = AIOKafkaProducer(
            bootstrap_servers=bootstrap,
            client_id=f"{member}-relay",
            acks="all",
            enable_idempotence=True,
            compression_type="zstd",
            max_batch_size=BATCH_BYTES,
            max_request_size=BATCH_BYTES + 48_576,
            request_timeout_ms=int(PATIENCE * 1000),
        )

    async def connect(self) -> None:
        """Connect.

        Raises:
            Unavailable: Kafka did not answer in time.
        """
        try:
            async with in_time():
                await undisturbed(self._raw.start())
        except BaseException:
            await self.close()
            raise

    async def partitions(self, topic: str) -> int:
        """Return how many partitions the topic has."""
        async with in_time():
            return len(await self._raw.partitions_for(topic))

    async def send(self, topic: str, partition: int, batch: Sequence[Outgoing]) -> None:
        """Send the records as one atomic batch; return once they are acknowledged.

        Raises:
            InvalidMessage: The batch is larger than Kafka takes.
            Unavailable: Not acknowledged in time; whether they arrived is unknown.
        """
        if self._closed:
            raise Unavailable("this producer is closed")
        builder = self._raw.create_batch()
        for each in batch:
            kept = builder.append(
                timestamp=None,
                key=each.key,
                value=each.value,
                headers=list(each.headers),
            )
            if kept is None or builder.size() > BATCH_BYTES:  # the first always fits
                raise InvalidMessage(f"{len(batch)} records do not fit one batch")
        async with in_time():
            await (await self._raw.send_batch(builder, topic, partition=partition))

    async def last(self, topic: str) -> Mapping[int, Record]:
        """Return the last record of each partition that holds any."""
        return await last_records(self._bootstrap, topic)

    async def close(self) -> None:
        """Stop, within a bounded time, whatever Kafka does.

        An idempotent producer flushes for ever while Kafka is away.
        """
        self._closed = True
        await undisturbed(self._close())

    async def _close(self) -> None:
        with suppress(*FAILURES):
            async with asyncio.timeout(CLOSING):
                await self._raw.stop()
                return
        sender = self._raw._sender  # noqa: SLF001 - stop() has no other way out
        if sender.sender_task is not None:
            sender.sender_task.cancel()
        with suppress(*FAILURES):
            async with asyncio.timeout(CLOSING):
                await self._raw.client.close()
