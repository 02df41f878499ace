"""A journal with hostile writers: numbers taken early, committed late, or never.

It does what ``es.append`` and ``es.relay_fetch`` do, step by step, so that a reader may
come between any two of them.
"""

import asyncio
from contextvars import copy_context
from dataclasses import dataclass
from uuid import UUID, uuid5

from services.chassis.context import Context
from services.chassis.errors import Unavailable
from services.chassis.journal import Recorded
from tests.chassis.telling import Happened, publish
from tests.conftest import MORNING, STORY

NEVER = float("inf")


@dataclass(frozen=True)
class Step:
    """One append of a writer: what it records, how long it stays open, how it ends."""

    number: int
    key: str
    times: int = 1
    registers: bool = False
    events: int = 1
    open: float = 0.0
    rolled_back: bool = False


class Book:
    """The journal's server: the sequence, what is committed, who has announced what."""

    def __init__(self, dice):
        self._dice = dice
        self.sequence = 0
        self.rows = []
        self.floors = {}
        self.versions = {}
        self.heads = {}
        self.wakes = []

    async def pause(self):
        """Let others come between two steps, sometimes many."""
        chance = self._dice.random()
        if chance < 0.7:
            await asyncio.sleep(0)
        else:
            await asyncio.sleep(chance * (0.004 if chance < 0.95 else 0.1))

    async def write(self, step):
        """Append as the function does: head, floor, numbers, commit."""
        async with self.heads.setdefault(step.key, asyncio.Lock()):
            highest = self.sequence
            await self.pause()
            self.floors[step.number] = highest
            await self.pause()
            rows = []
            for ordinal in range(step.events):
                self.sequence += 1
                rows.append(self._recorded(step, ordinal))
                await self.pause()
            if step.open:
                await asyncio.sleep(step.open)
            if not step.rolled_back:
                self.rows = sorted([*self.rows, *rows], key=lambda r: r.position)
                self.versions[step.key] = rows[-1].version
            await self.pause()
            del self.floors[step.number]
        for wake, context in self.wakes:
            asyncio.get_running_loop().call_soon(wake, context=context)

    def _recorded(self, step, ordinal):
        number = step.number * 10 + ordinal
        context = Context(
            actor="writer",
            correlation_id=STORY,
            causation_id=UUID(int=step.number + 1),
            occurred_at=MORNING,
        )
        return Recorded(
            id=uuid5(STORY, str(number)),
            position=self.sequence,
            stream=f"thing-{step.key}",
            key=step.key,
            version=self.versions.get(step.key, 0) + ordinal + 1,
            event=Happened(
                number=number,
                times=step.times,
                text=step.key,
                registers=step.registers,
            ),
            occurred_at=MORNING,
            recorded_at=MORNING,
            context=context,
        )

    async def ceiling(self):
        """Read the sequence."""
        await self.pause()
        return self.sequence

    async def floor(self):
        """Read the lowest floor that is announced."""
        await self.pause()
        return min(self.floors.values(), default=NEVER)

    async def safe(self):
        """Return up to where nothing can appear any more: ceiling first, then floor."""
        ceiling = await self.ceiling()
        return min(ceiling, await self.floor())

    async def fetch(self, position, limit):
        """Return what lies past *position* and is safe, in a snapshot of its own."""
        safe = await self.safe()
        await self.pause()
        return [r for r in self.rows if position < r.position <= safe][:limit]

    def last(self):
        """Return the position of the last event."""
        return self.rows[-1].position if self.rows else 0


def named(recorded):
    """Return what must be published of an event, in order: topic and id."""
    return [
        (
            f"{event.TYPE.partition('.')[0]}.events.v1",
            str(uuid5(recorded.id, f"{event.TYPE}/{number}")),
        )
        for number, event in enumerate(publish(recorded.event))
    ]


def expected(book):
    """Return the ids of all that must be published, in order, by topic and key."""
    found = {}
    for recorded in book.rows:
        for topic, name in named(recorded):
            found.setdefault((topic, recorded.key), []).append(name)
    return found


class Journal:
    """One process's way to the journal: what a relay needs of one."""

    def __init__(self, book, link):
        self._book, self._link = book, link

    async def after(self, position, limit):
        await self._over()
        rows = await self._book.fetch(position, limit)
        await self._over()
        return rows

    async def head(self):
        await self._over()
        return await self._book.safe()

    def on_append(self, wake):
        self._book.wakes.append((wake, copy_context()))

    async def _over(self):
        if not await self._link.hop():
            raise Unavailable("the journal is away")
