"""Hearing on Kafka: FastStream's subscribers with our settings, our offsets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka import TopicPartition as KafkaPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage
from faststream.kafka.message import FAKE_CONSUMER

from services.chassis.bus import Listener, Steered, TopicPartition
from services.chassis.bus.kafka.looking import record_of
from services.chassis.bus.kafka.patience import CLOSING, FAILURES
from services.chassis.bus.kafka.producing import KafkaProducer

MAX_RECORDS = 500
COMMIT_EVERY = 1.0
AWHILE_MS = 1000  # one wait for records; it ends with the first that comes

_Consumer = Callable[[], AIOKafkaConsumer | None]


class KafkaBus:
    """Carries records over one Kafka cluster; *member* is this process's name."""

    def __init__(
        self, bootstrap: str, member: str, *, max_records: int = MAX_RECORDS
    ) -> None:
        self._bootstrap = bootstrap
        self._member = member
        self._max_records = max_records
        self._bridges: list[_Bridge] = []
        self.broker = KafkaBroker(
            bootstrap,
            allow_auto_create_topics=False,
            acks="all",
            consumer_only=True,  # what is sent goes through KafkaProducer
            parser=_unread,
            graceful_timeout=20,
            logger=None,
        )

    async def producer(self) -> KafkaProducer:
        """Return a new producer, connected."""
        producer = KafkaProducer(self._bootstrap, self._member)
        await producer.connect()
        return producer

    def subscribe(self, topics: Sequence[str], group: str, listener: Listener) -> None:
        """Let *listener* hear the topics as a member of *group*; before ``start``."""
        bridge = _Bridge(listener)
        subscriber = self.broker.subscriber(
            *topics,
            batch=True,
            max_records=self._max_records,
            batch_timeout_ms=50,
            ack_policy=AckPolicy.MANUAL,
            auto_offset_reset="earliest",
            no_reply=True,
            decoder=_undecoded,
            listener=bridge,
            group_id=group,
            group_instance_id=self._member,
            session_timeout_ms=30_000,
            heartbeat_interval_ms=3_000,
            rebalance_timeout_ms=60_000,
        )
        bridge.follow(lambda: subscriber.consumer)

        @subscriber
        async def hear(_: None, message: KafkaMessage) -> None:
            await bridge.hear(message.raw_message)

        self._bridges.append(bridge)

    def ends(self) -> dict[TopicPartition, int]:
        """Return where the partitions we hold end, as far as we last heard."""
        return {at: end for bridge in self._bridges for at, end in bridge.ends()}

    async def start(self) -> None:
        """Begin to deliver."""
        for bridge in self._bridges:
            bridge.start()
        await self.broker.connect()
        config = self.broker.config.broker_config
        made: Any = config.builder  # a partial of AIOKafkaConsumer, with our settings
        config.builder = partial(_Attentive, **made.keywords)
        await self.broker.start()

    async def stop(self) -> None:
        """Finish what is in hand and deliver no more."""
        for bridge in self._bridges:
            await bridge.stop()
        await self.broker.stop()


class _Attentive(AIOKafkaConsumer):  # type: ignore[misc] # aiokafka is untyped
    """A consumer that answers when there is something.

    After an empty answer FastStream sleeps as long as it has waited: half of the time
    it would be deaf, and an idle group would wake twenty times a second.
    """

    async def getmany(
        self,
        *partitions: KafkaPartition,
        timeout_ms: int = 0,  # noqa: ARG002 - we wait for records, not for a time
        max_records: int | None = None,
    ) -> dict[KafkaPartition, list[ConsumerRecord]]:
        while True:
            found: dict[Any, Any] = await super().getmany(
                *partitions, timeout_ms=AWHILE_MS, max_records=max_records
            )
            if found:
                return found


class _Bridge(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka is untyped
    """Carries a listener's offsets out to its consumer, and the records in."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._consumer: _Consumer = lambda: None
        self._held: set[TopicPartition] = set()
        self._done: dict[KafkaPartition, int] = {}
        self._committing: asyncio.Task[None] | None = None

    def follow(self, consumer: _Consumer) -> None:
        self._consumer = consumer

    def start(self) -> None:
        self._committing = asyncio.create_task(self._commit_now_and_then())

    async def stop(self) -> None:
        """Let the listener finish, then tell Kafka how far it came."""
        await self._listener.revoked(sorted(self._held))
        self._held.clear()
        if self._committing is not None:
            self._committing.cancel()
            await asyncio.gather(self._committing, return_exceptions=True)
            self._committing = None
        await self._commit()

    def ends(self) -> Iterable[tuple[TopicPartition, int]]:
        consumer = self._consumer()
        if consumer is None:
            return
        for partition in consumer.assignment():
            end = consumer.highwater(partition)
            if end is not None:
                yield TopicPartition(*partition), end

    async def on_partitions_assigned(self, assigned: Iterable[KafkaPartition]) -> None:
        taken = sorted(TopicPartition(*partition) for partition in assigned)
        self._held.update(taken)
        if taken:
            self._seek(await self._listener.assigned(taken))

    async def on_partitions_revoked(self, revoked: Iterable[KafkaPartition]) -> None:
        given = sorted(TopicPartition(*partition) for partition in revoked)
        self._held.difference_update(given)
        if given:
            await self._listener.revoked(given)

    async def hear(self, batch: Sequence[ConsumerRecord]) -> None:
        again = await self._listener.receive([record_of(raw) for raw in batch]) or {}
        self._seek(again)
        for raw in batch:
            if TopicPartition(raw.topic, raw.partition) not in again:
                self._done[KafkaPartition(raw.topic, raw.partition)] = raw.offset + 1
        await self._steer()

    async def _steer(self) -> None:
        """Fetch what the listener wants to hear, from where it wants to go on."""
        consumer, listener = self._consumer(), self._listener
        if consumer is None or not isinstance(listener, Steered):
            return
        rest = self._held & set(listener.resting())
        paused = {TopicPartition(*at) for at in consumer.paused()} & self._held
        with suppress(KafkaError):  # gone meanwhile: it is another's
            consumer.pause(*(KafkaPartition(*at) for at in rest - paused))
            if again := sorted((paused - rest) | (self._held & set(listener.moved()))):
                self._seek(await listener.assigned(again))
            consumer.resume(*(KafkaPartition(*at) for at in paused - rest))

    def _seek(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Go on from there; a partition that is gone meanwhile is another's."""
        consumer = self._consumer()
        for partition, offset in offsets.items():
            with suppress(KafkaError):
                if consumer is not None:
                    consumer.seek(KafkaPartition(*partition), offset)

    async def _commit_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(COMMIT_EVERY)
            await self._steer()
            await self._commit()

    async def _commit(self) -> None:
        """Commit for the lag tools; our own offsets stand in Postgres."""
        consumer, done = self._consumer(), self._done
        self._done = {}
        if consumer is None or not done:
            return
        with suppress(*FAILURES):
            async with asyncio.timeout(CLOSING):
                await consumer.commit(done)


async def _undecoded(_: object) -> None:
    """Leave the bodies alone: the engine reads them, one by one.

    Asynchronous, for FastStream hands what is not to another thread.
    """


async def _unread(batch: tuple[ConsumerRecord, ...]) -> KafkaMessage:
    """Read no header: one that cannot be read must not lose the batch."""
    first = batch[0]
    return KafkaMessage(
        body=b"",
        raw_message=batch,
        message_id=f"{first.topic}/{first.partition}/{first.offset}",
        consumer=FAKE_CONSUMER,  # nobody acknowledges through it
    )
