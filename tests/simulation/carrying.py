"""A broker in memory: batches lost, unheard or late; groups that are dealt out anew."""

import asyncio
from dataclasses import replace

from services.chassis.bus import Record, TopicPartition
from services.chassis.errors import Unavailable
from tests.simulation.scheduling import outside

REBALANCE_TIMEOUT = 0.3

NOTICED = 0.3  # how often who was put out of the group learns of it with a batch


class Broker:
    """Topics of partitions, and the one group that hears them."""

    def __init__(self, partitions, dice):
        self.partitions = partitions
        self.dice = dice
        self.logs = {}
        self.members = []
        self.lose = self.mute = self.late = 0.0
        self.tasks = []
        self._dealing = asyncio.Lock()

    def log(self, topic):
        """Return the topic's partitions, made when first asked for."""
        if topic not in self.logs:
            self.logs[topic] = [[] for _ in range(self.partitions)]
        return self.logs[topic]

    def place(self, topic, partition, batch):
        """Put records at the end of a partition, all of them."""
        log = self.log(topic)[partition]
        for each in batch:
            record = Record(
                topic=topic,
                partition=partition,
                offset=len(log),
                key=each.key,
                value=each.value,
                headers=each.headers,
            )
            log.append(record)
        for member in self.members:
            member.news.set()

    def names(self, topic):
        """Return the ids of all that lies in the topic."""
        return {
            dict(record.headers)["ce_id"].decode()
            for log in self.log(topic)
            for record in log
        }

    def resend(self, topic, partition, first):
        """Be a rogue relay: send what lies from *first* on once more."""
        log = self.log(topic)[partition]
        self.place(topic, partition, [replace(record) for record in log[first:]])

    def records(self):
        """Return everything, partition by partition."""
        return [r for logs in self.logs.values() for log in logs for r in log]

    async def deal(self, turn=0):
        """Take all partitions back and deal them out; who does not answer is out."""
        async with self._dealing:
            members = [m for m in self.members if m.process.alive]
            for member in members:
                member.at_generation += 1
            given = [m.process.spawn(m.give_up(m.at_generation)) for m in members]
            if given:
                await asyncio.wait(given, timeout=REBALANCE_TIMEOUT)
            members = [
                member
                for member, task in zip(members, given, strict=True)
                if task.done() and member.process.alive
            ]
            for member in [m for m in self.members if m not in members]:
                member.out = True  # it is not told: it goes on with what it has
                member.news.set()
            every = [
                TopicPartition(topic, partition)
                for topic in sorted(self.logs)
                for partition in range(self.partitions)
            ]
            for number, member in enumerate(members):
                share = [
                    at for at in every if (at.partition + turn) % len(members) == number
                ]
                member.process.spawn(member.take(share, member.at_generation))


class Producer:
    """Sends as Kafka's does: what it does not hear of may have arrived, or will yet."""

    def __init__(self, broker, link):
        self._broker, self._link = broker, link
        self._closed = False

    async def partitions(self, topic):
        await self._over()
        self._broker.log(topic)
        return self._broker.partitions

    async def send(self, topic, partition, batch):
        await self._over()
        broker, chance = self._broker, self._broker.dice.random()
        if self._closed:
            raise Unavailable("this producer is closed")
        if chance < broker.lose:
            await asyncio.sleep(0.05)
            raise Unavailable("the batch did not arrive")
        arrived = asyncio.get_running_loop().create_future()
        late = chance < broker.lose + broker.late
        after = broker.dice.random() * 0.5 if late else 0.0
        outside(_arrive, broker, (topic, partition, batch), arrived, after=after)
        try:
            async with asyncio.timeout(0.1):
                await asyncio.shield(arrived)
        except TimeoutError:
            raise Unavailable("not in time") from None
        if broker.dice.random() < broker.mute:
            raise Unavailable("nobody said that the batch arrived")
        await self._over()

    async def last(self, topic):
        await self._over()
        logs = enumerate(self._broker.log(topic))
        return {partition: log[-1] for partition, log in logs if log}

    async def close(self):
        self._closed = True
        await self._link.hop()

    async def _over(self):
        if not await self._link.hop():
            raise Unavailable("the broker is away")


def _arrive(broker, batch, arrived):
    broker.place(*batch)
    if not arrived.done():
        arrived.set_result(None)


class Bus:
    """One process's way to the broker: ``Bus``, for a relay and for a consumer."""

    def __init__(self, broker, link):
        self._broker, self._link = broker, link
        self.listener = None

    async def producer(self):
        if not await self._link.hop():
            raise Unavailable("the broker is away")
        return Producer(self._broker, self._link)

    def subscribe(self, topics, group, listener):
        del group  # there is one
        for topic in topics:
            self._broker.log(topic)
        self.listener = listener


class Member:
    """One process in the group: fetches, hands over, seeks back, is dealt out anew."""

    def __init__(self, process, broker, listener, dice):
        self.process, self.broker, self.listener = process, broker, listener
        self.dice = dice
        self.at, self.held = {}, []
        self.at_generation = 0
        self.out = False
        self.news = asyncio.Event()

    async def run(self):
        """Deliver for ever."""
        while True:
            self.news.clear()
            batch = self._fetch()
            if self.out and (not batch or self.dice.random() < NOTICED):
                self.out = False  # it finds out, and joins again
                outside(self._rejoin)
            if not batch:
                await self.news.wait()
                continue
            again = await self.listener.receive(batch) or {}
            for at, offset in again.items():
                if at in self.at:
                    self.at[at] = offset
            self.news.set()

    def _rejoin(self):
        deal = self.broker.deal(self.at_generation)
        self.broker.tasks.append(asyncio.get_running_loop().create_task(deal))

    async def give_up(self, generation):
        """Hand back what we hold, as the rebalance asks, unless it is long over."""
        if generation != self.at_generation:
            return
        held, self.held, self.at = self.held, [], {}
        await self.listener.revoked(held)

    async def take(self, share, generation):
        """Be given partitions; the listener says where to go on."""
        self.held = share
        offsets = await self.listener.assigned(share)
        if generation == self.at_generation:
            self.at = {**dict.fromkeys(share, 0), **offsets}
            self.news.set()

    def _fetch(self):
        batch, room = [], self.dice.choice((1, 2, 3, 5, 20))
        for at in sorted(self.at):
            log = self.broker.log(at.topic)[at.partition]
            found = log[self.at[at] : self.at[at] + room]
            self.at[at] += len(found)
            batch += found
        return batch
