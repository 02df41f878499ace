"""A sender whose records form a chain, and a consumer on a real database."""

from collections import defaultdict
from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, UUID, uuid5

from contracts.envelope import Envelope, Transport, to_headers, to_key, to_value
from services.chassis.bus import Record, TopicPartition
from services.chassis.consumer import Actions, Consumer, Patience, Tolerance
from services.chassis.journal import ANY, Append
from services.chassis.journal.postgres import PostgresJournal
from tests.chassis.journal_contract import TALK, Said
from tests.chassis.telling import HOME, STORY, Told
from tests.conftest import MORNING

NAME = "planning.reactions.v1"
AT = TopicPartition(HOME, 0)
AT_ONCE = Tolerance(patience=Patience(first=0.0, cause=0.0, cause_long=0.0))


class Refused(Exception):
    """A rule said no."""

    code = "not-today"


class Sender:
    """Sends as a relay does: each partition's records form one chain."""

    def __init__(self, topic=HOME):
        self.topic = topic
        self.position = 0
        self.last = defaultdict(int)
        self.sent = defaultdict(list)

    def tell(self, number, key="k", partition=0, **changes):
        """Return the next record; *changes* make it other than it should be."""
        self.position += 64
        link = Transport(pos=self.position, prev=self.last[partition], version=1)
        self.last[partition] = link.pos
        envelope = Envelope(
            id=uuid5(NAMESPACE_URL, f"{self.topic}/{key}/{number}"),
            source="planning",
            type=changes.pop("kind", Told.TYPE),
            subject=f"thing-{key}",
            partitionkey=key,
            time=MORNING,
            data=changes.pop("data", {"number": number}),
            correlationid=STORY,
            causationid=UUID(int=number),
        )
        return self.place(
            Record(
                topic=self.topic,
                partition=partition,
                offset=0,
                key=to_key(envelope),
                value=to_value(envelope),
                headers=(*to_headers(envelope), *link.to_headers()),
            ),
            **changes,
        )

    def again(self, record):
        """Return the record as a relay sends it once more: at a new offset."""
        return self.place(record)

    def place(self, record, without=(), **changes):
        """Put a record at the end of its partition."""
        headers = tuple(h for h in record.headers if h[0] not in without)
        log = self.sent[record.partition]
        placed = replace(record, **{"headers": headers, **changes}, offset=len(log))
        log.append(placed)
        return placed


@dataclass
class Reactions:
    """Writes each number down in the own journal; *wrong* says what is raised."""

    wrong: dict
    seen: list

    async def react(self, event, journal):
        self.seen.append(event.number)
        said = Said(text=str(event.number))
        await journal.append(Append(stream="talk-effects", expected=ANY, events=[said]))
        if (error := self.wrong.get(event.number)) is not None:
            raise error


class Rig:
    """A consumer, what it reacts with, and where the effects can be read."""

    def __init__(self, database, clock):
        self.database = database
        self.journal = PostgresJournal(database, [TALK], clock)
        self.reactions = Reactions({}, [])
        self.sender = Sender()

    def consumer(self, *, name=NAME, hears=(Told,), tolerance=AT_ONCE, sink=None):
        """Return another process's consumer of the same group."""
        actions = Actions(
            journal=self.journal,
            reactions=dict.fromkeys(hears, self.reactions.react),
            sink=sink,
            refusals=(Refused,),
        )
        return Consumer(name, self.database, actions, hears, tolerance)

    async def ready(self, *partitions, **more):
        """Return a consumer that has its partitions."""
        consumer = self.consumer(**more)
        await consumer.assigned(list(partitions) or [AT])
        return consumer

    async def effects(self):
        """Return the numbers written down, in order."""
        events = await self.journal.read("talk-effects")
        return [int(recorded.event.text) for recorded in events]

    async def parked(self):
        """Return what is parked: key, offset and code."""
        rows = await self.database.fetch("SELECT * FROM es.parked ORDER BY id")
        return [(row["key"], row["off"], row["code"]) for row in rows]

    async def state(self, key="k"):
        """Return what a parked key waits for, and how often it was tried."""
        row = await self.database.fetchrow(
            "SELECT state, attempts FROM es.parked_key WHERE key = $1", key
        )
        return None if row is None else tuple(row)


async def ledger(consumer):
    """Return the consumer's account over all partitions, after checking it."""
    found = await consumer.status()
    assert all(standing.adds_up for standing in found)
    assert all(standing.parked == standing.parked_now for standing in found)
    names = ("consumed", "applied", "duplicate", "ignored", "parked", "gap_held")
    return {name: sum(getattr(s, name) for s in found) for name in names}
