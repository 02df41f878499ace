"""A service as small as can be, for the tests of the engines: counters that count."""

from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from contracts.event import Event
from services.chassis.access import rule
from services.chassis.commanding import Command
from services.chassis.deciding import Aggregate, decide
from services.chassis.http import Verb
from services.chassis.projector import Add, Change, Drop, Projection, Put, Table
from services.chassis.running import Service
from services.chassis.viewing import Detail, Listing, Part, View


class CounterRefused(Exception):
    def __init__(self, code, detail):
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    counter: str
    amount: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    counter: str


class Count(Command):
    """Count on."""

    amount: int = Field(ge=1)
    notes: tuple[str, ...] = ()


class Erase(Command):
    """Begin anew."""


class Named(Event):
    """A counter was given a name, elsewhere."""

    TYPE = "small.named.v1"
    VISIBILITY = "internal"

    counter: str
    name: str


COUNTER = Aggregate(
    category="counter",
    initial=int,
    evolve=lambda state, event: (
        state + event.amount if isinstance(event, Counted) else 0
    ),
    events=(Counted, Erased),
)


def count(state, key, command):
    if state + command.amount > 100:
        raise CounterRefused("too-much", "a counter ends at 100")
    return [Counted(counter=key, amount=command.amount, note="; ".join(command.notes))]


async def on_count(key, command, journal):
    return await decide(journal, COUNTER, key, lambda state: count(state, key, command))


async def on_erase(key, _, journal):
    return await decide(
        journal, COUNTER, key, lambda state: [Erased(counter=key)] if state else []
    )


def _counted(seen):
    event, key = seen.event, {"counter": seen.event.counter}
    return [
        Change("counters", key, {"note": event.note or None, "version": seen.version}),
        Add("counters", key, {"total": event.amount, "times": 1}),
        Put(
            "steps",
            {
                "counter": event.counter,
                "version": seen.version,
                "amount": event.amount,
                "at": seen.occurred_at,
                "tags": ["odd" if event.amount % 2 else "even", 'a"b'],
                "data": {"amount": event.amount, "list": [1, None, "đ"]},
            },
        ),
    ]


def _erased(seen):
    return [Drop("counters", {"counter": seen.event.counter})]


def _named(seen):
    return [
        Change("counters", {"counter": seen.event.counter}, {"name": seen.event.name})
    ]


COUNTERS = Projection(
    name="counters",
    tables=(
        Table(
            name="counters",
            columns={
                "counter": "text",
                "name": "text",
                "note": "text",
                "version": "integer",
                "total": "bigint",
                "times": "integer",
            },
            key=("counter",),
            indexes=(("total",),),
        ),
        Table(
            name="steps",
            columns={
                "counter": "text",
                "version": "integer",
                "amount": "integer",
                "at": "timestamptz",
                "tags": "text[]",
                "data": "jsonb",
            },
            key=("counter", "version"),
        ),
    ),
    own={Counted: _counted, Erased: _erased},
    heard={Named: _named},
)


async def total(rows, asked):
    found = await rows.fetch(
        "SELECT counter, total FROM counters WHERE counter = $1", asked["id"]
    )
    return found[0] if found else None


WRITERS = rule("counters.count", "authority", "planner")
READERS = rule("counters.read", "authority", "planner", "auditor")
SMALL = Service(
    name="small",
    aggregates=(COUNTER,),
    refusals={CounterRefused: 409},
    publish=lambda _: [],
    verbs=(
        Verb(
            collection="counters",
            name="count",
            command=Count,
            handler=on_count,
            permit=WRITERS,
        ),
        Verb(
            collection="counters",
            name="erase",
            command=Erase,
            handler=on_erase,
            permit=WRITERS,
        ),
    ),
    listings=(
        Listing(
            collection="counters",
            table="counters",
            key="counter",
            read=READERS,
            equals=("note", "total"),
            choices={"state": {"high": "total > 50", "low": "total <= 50"}},
        ),
    ),
    details=(
        Detail(
            collection="counters",
            aggregate=COUNTER,
            table="counters",
            key="counter",
            read=READERS,
            parts={"steps": Part(table="steps", by="counter", order=("version",))},
        ),
    ),
    views=(
        View(
            path="/counters/{id}/total",
            query=total,
            read=READERS,
            parameters=("unit",),
        ),
    ),
    projections=(COUNTERS,),
)
STORY = UUID("00000000-0000-4000-8000-000000000061")
