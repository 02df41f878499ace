"""What a nemesis may use: the system, dice, and somebody to ask how it goes."""

import asyncio
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx

from services.chassis.bus.kafka import read_all
from services.cli.ledger import topics
from tests.eventually import eventually

RECOVERY = 180.0


class Bench:
    """The running system, seen from outside; faults and operators act through it."""

    def __init__(self, running, nursery, client, history, dice, halts):  # noqa: PLR0913, PLR0917 - its parts
        self.running = running
        self.dice = dice
        self.nursery = nursery
        self.injected = {}
        self.rewound = []
        self.topics = topics()
        self.halts = halts
        self.history = history
        self._client = client
        self._ports = {n: f"http://{u.operate}" for n, u in running.services.items()}

    @asynccontextmanager
    async def superuser(self, service="postgres"):
        """Lend a connection that may do anything, to a service's database."""
        url = urlsplit(self.running.postgres)._replace(path=f"/{service}")
        connection = await asyncpg.connect(urlunsplit(url))
        try:
            yield connection
        finally:
            await connection.close()

    async def in_use(self, least=20):
        """Return a topic that holds something to speak of, and its records."""
        while True:
            for topic in self.dice.sample(self.topics, len(self.topics)):
                records = await read_all(self.running.kafka, topic)
                if len(records) >= least:
                    return topic, records
            await asyncio.sleep(0.5)

    async def events(self):
        """Return how many events the journals hold, about."""
        rests = [await self.rest(name) for name in self._ports]
        return sum(rest["journal"]["head"] for rest in rests if rest)

    async def rest(self, name):
        """Return where a service stands, or None while it does not answer."""
        try:
            answer = await self._client.get(f"{self._ports[name]}/restz", timeout=5)
        except httpx.HTTPError:
            return None
        return answer.json() if answer.is_success else None

    async def published_by_now(self, name, within=60.0):
        """Wait until the relay is past what the journal holds at this moment."""
        head = (await self.rest_at_last(name))["journal"]["head"]

        async def past():
            rest = await self.rest(name)
            return rest and rest["journal"]["head"] - rest["relay"]["pending"] >= head

        await _within(within, past, f"{name} has not published up to {head}")

    async def recovered(self):
        """Wait until all that was recorded by now is published and read everywhere."""
        for name in self._ports:
            await self.published_by_now(name, RECOVERY)
        published = {}
        for name in self._ports:
            published |= (await self.rest_at_last(name))["relay"]["topics"]
        for name in self._ports:

            async def read(name=name):
                rest = await self.rest(name)
                return rest and _has_read(rest, published)

            await _within(RECOVERY, read, f"{name} has not read up to {published}")

    async def rest_at_last(self, name):
        """Return where a service stands, once it answers."""
        return await self.ask(name, "restz")

    async def resolve(self, place, by, within):
        """Wait until every consumer of a topic has parked a record, and discard it."""
        left = await self.consumers(place.topic)
        async with asyncio.timeout(within):
            while left:
                for name in {service for service, _ in left}:
                    left -= await self._discarded(name, place, by)
                await asyncio.sleep(0.1)

    async def ask(self, name, path):
        """Return what a service's operator port answers, once it does."""
        found = []

        async def answered():
            try:
                answer = await self._client.get(f"{self._ports[name]}/{path}")
            except httpx.HTTPError:
                return False
            found.append(answer)
            return answer.is_success

        await _within(RECOVERY, answered, f"{name} does not answer {path}")
        return found[-1].json()

    async def operate(self, name, path, **told):
        """Do something as an operator; again while nobody is there."""
        found = []

        async def done():
            try:
                url = f"{self._ports[name]}/{path}"
                answer = await self._client.post(url, json=told)
            except httpx.HTTPError:
                return False
            found.append(answer)
            return not answer.is_server_error

        await _within(RECOVERY, done, f"{name} does not do {path}")
        return found[-1]

    async def begin(self, name, path, **told):
        """Ask an operator's port once; it may die of it before it answers."""
        with suppress(httpx.HTTPError):
            await self._client.post(f"{self._ports[name]}/{path}", json=told)

    async def consumers(self, topic):
        """Return which consumers, of which services, hear a topic."""
        return {
            (name, consumer)
            for name in self._ports
            for consumer in (await self.rest_at_last(name))["consumers"]
            if await self._hears(name, consumer, topic)
        }

    async def _hears(self, name, consumer, topic):
        async with self.superuser(name) as connection:
            return await connection.fetchval(
                "SELECT true FROM es.checkpoint WHERE consumer = $1 AND topic = $2"
                " LIMIT 1",
                consumer,
                topic,
            )

    async def _discarded(self, name, place, by):
        url, done = self._ports[name], set()
        try:
            parked = (await self._client.get(f"{url}/parked")).json()["items"]
            for row in filter(place.holds, parked):
                act = f"{url}/parked/{row['id']}/discard"
                if (await self._client.post(act, json=by)).is_success:
                    done.add((name, row["consumer"]))
        except (httpx.HTTPError, KeyError, ValueError):
            pass  # it does not answer at this moment; asked again
        return done


class NotRecovered(AssertionError):
    """A fault was taken back long ago, and something still stands still."""


async def _within(seconds, condition, why):
    try:
        await eventually(condition, within=seconds)
    except TimeoutError:
        raise NotRecovered(f"after {seconds:.0f} s {why}") from None


def _has_read(rest, published):
    return all(
        parts.get(part, {}).get("source_pos", 0) >= position
        for topics_of in rest["consumers"].values()
        for topic, parts in topics_of.items()
        for part, position in published.get(topic, {}).items()
    )
