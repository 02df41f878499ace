"""From one service's journal to another's, and everything that goes wrong between.

Two databases, competing relays, competing consumers, connections killed, batches lost
or repeated, poison that heals. What counts is checked at the end: each event had its
effect once, in its stream's order, and the ledger adds up.
"""

import asyncio
import random  # noqa: TID251 - seeded below
from collections import defaultdict
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from contracts.envelope import Transport
from services.chassis.consumer import Actions, Consumer, Patience, Tolerance
from services.chassis.context import Context, acting
from services.chassis.cursors import PostgresCursors
from services.chassis.deciding import Aggregate
from services.chassis.errors import Unavailable
from services.chassis.journal import ANY, Append
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.chassis.relay import Relay
from tests.chassis.consuming import Refused
from tests.chassis.journal_contract import TALK, Said
from tests.chassis.telling import Happened, Told
from tests.conftest import MORNING, STORY

THINGS = Aggregate(
    category="thing", initial=tuple, evolve=lambda s, _: s, events=(Happened,)
)
SOON = Tolerance(limit=100_000, patience=Patience(first=0.02, factor=1, attempts=10**9))
KEYS = 12


class Crash(Exception):
    """The writer gives up."""


class Seatless(PostgresCursors):
    """Cursors without the seat: two relays may believe that they lead."""

    @asynccontextmanager
    async def leading(self):
        yield


@dataclass
class Delivery:
    """The two services and the dice."""

    sender: Database
    relaying: Database
    receiver: Database
    clock: object
    seed: int
    topic: str = "planning.events.v1"
    poison: set = field(default_factory=set)
    tasks: list = field(default_factory=list)

    def __post_init__(self):
        self.dice = random.Random(self.seed)  # noqa: S311 - repeated by its seed
        self.source = PostgresJournal(self.sender, [THINGS], self.clock)
        self.effects = PostgresJournal(self.receiver, [TALK], self.clock)
        self.home = self.topic.partition(".")[0]
        self.kind = type("Told", (Told,), {"TYPE": f"{self.home}.told.v1"})
        self.writing = True

    def relay(self, bus):
        """Return a relay that fences others by the epoch alone."""
        return Relay(self.home, self.source, Seatless(self.relaying), bus, self.publish)

    def publish(self, event):
        """Tell each thing as often as it says."""
        told = self.kind(number=event.number, text=event.text)
        return [told] * event.times

    def consumer(self):
        """Return a member of the one group."""
        actions = Actions(
            journal=self.effects,
            reactions={self.kind: self.react},
            refusals=(Refused,),
        )
        name = "inspection.reactions.v1"
        return Consumer(name, self.receiver, actions, [self.kind], SOON)

    async def react(self, event, journal):
        """Write the number down under the key, unless it is poison just now."""
        said = [Said(text=str(event.number))]
        stream = f"talk-{event.text}"
        await journal.append(Append(stream=stream, expected=ANY, events=said))
        if event.number in self.poison:
            raise Refused

    async def write(self, writer, events):
        """Append to random streams; some transactions are rolled back, some poison."""
        dice = random.Random(self.seed * 97 + writer)  # noqa: S311 - repeated
        for number in range(writer * 10_000, writer * 10_000 + events):
            key = f"k{dice.randrange(KEYS)}"
            cause = UUID(int=number + 1)
            context = Context(
                actor="w", correlation_id=STORY, causation_id=cause, occurred_at=MORNING
            )
            happened = Happened(
                number=number, text=key, times=dice.choice((0, 1, 1, 2))
            )
            if dice.random() < 0.05:
                self.poison.add(number)
            with acting(context), suppress(Crash, Unavailable):
                async with self.source.transaction():
                    append = Append(
                        stream=f"thing-{key}", expected=ANY, events=[happened], key=key
                    )
                    await self.source.append(append)
                    if dice.random() < 0.1:
                        raise Crash
            if dice.random() < 0.2:
                await asyncio.sleep(dice.random() * 0.01)

    async def heal(self):
        """Take the poison away, one by one."""
        while self.writing or self.poison:
            await asyncio.sleep(0.05)
            if self.poison:
                self.poison.discard(self.dice.choice(sorted(self.poison)))

    async def live_and_die(self, begin):
        """Run something, again and again, each time for a moment."""
        while self.writing:
            task = asyncio.create_task(begin())
            await asyncio.sleep(self.dice.random() * 0.4)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        self.tasks.append(asyncio.create_task(begin()))

    async def kill(self, superuser):
        """Cut connections of either service now and then."""
        while self.writing:
            await asyncio.sleep(0.1 + self.dice.random() * 0.3)
            await superuser.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename IN ('planning_app', 'planning_relay', 'inspection_app')"
                " ORDER BY random() LIMIT 1"
            )

    async def expected(self):
        """Return what each key should have had as effects, in order."""
        found, position = defaultdict(list), 0
        while batch := await self.source.after(position, 500):
            for recorded in batch:
                event = recorded.event
                found[event.text] += [event.number] * event.times
            position = batch[-1].position
        return dict(found)

    async def happened(self):
        """Return the effects that each key had, in order."""
        found, position = defaultdict(list), 0
        while batch := await self.effects.after(position, 500):
            for recorded in batch:
                key = recorded.stream.removeprefix("talk-")
                found[key].append(int(recorded.event.text))
            position = batch[-1].position
        return dict(found)

    async def drained(self, within=60):
        """Wait until everything arrived; return what was expected and what happened."""
        async with asyncio.timeout(within):
            while True:
                expected, happened = await self.expected(), await self.happened()
                if sum(map(len, happened.values())) >= sum(map(len, expected.values())):
                    return expected, happened
                await asyncio.sleep(0.05)

    async def stop(self):
        """End what still runs."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


def chains(records):
    """Count the first occurrences; each must follow the one before (I4b)."""
    last, count = defaultdict(int), 0
    for record in records:
        link = Transport.from_headers(record.headers)
        if link.prev == last[record.partition]:
            last[record.partition], count = link.pos, count + 1
    return count


def numbered(number):
    """Return an id for whatever a test makes several of."""
    return uuid5(STORY, str(number))
