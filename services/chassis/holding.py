"""What an operator has told to stand still: kept in a table, asked in memory.

A hold survives every restart. The process that is told knows at once, its replicas at
their next look (``LOOK``). What stands still goes on polling and keeps its place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.chassis.bus import TopicPartition
from services.chassis.postgres import Database

RELAY = "relay"
EVERY = -1  # partition
LOOK = 5  # beats of the heart
READ = "SELECT what, topic, part, who, why, since FROM es.hold ORDER BY 1, 2, 3"
PUT = """
INSERT INTO es.hold (what, topic, part, who, why) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING RETURNING true
"""
TAKE = "DELETE FROM es.hold WHERE (what, topic, part) = ($1, $2, $3) RETURNING true"


def never(_: TopicPartition | None = None) -> bool:
    """Say that nothing stands still: what a part believes until it is told."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is held: all of a part, one topic of it, or one partition."""

    what: str
    topic: str = ""
    partition: int = EVERY

    def covers(self, what: str, at: TopicPartition | None) -> bool:
        """Say whether *at* of *what* lies in here; None is all of it."""
        if self.what != what:
            return False
        if at is None:
            return not self.topic and self.partition == EVERY
        return self.topic in {"", at.topic} and self.partition in {EVERY, at.partition}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A place that stands still: since when, by whom, and why."""

    place: Place
    who: str
    why: str
    since: datetime


class Holds:
    """The holds of one service."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: tuple[Hold, ...] = ()
        self._wakes: list[Callable[[], None]] = []

    def on_change(self, wake: Callable[[], None]) -> None:
        """Call *wake* whenever something was held or let go."""
        self._wakes.append(wake)

    def all(self) -> tuple[Hold, ...]:
        """Return every hold, as far as we last heard."""
        return self._held

    def rests(self, what: str, at: TopicPartition | None = None) -> bool:
        """Say whether a partition (or all) of *what* stands still."""
        return any(hold.place.covers(what, at) for hold in self._held)

    async def refresh(self) -> None:
        """Read the table: another process may have been told.

        Raises:
            Unavailable: Postgres is away; what was known stays.
        """
        found = tuple(
            Hold(
                place=Place(
                    what=row["what"], topic=row["topic"], partition=row["part"]
                ),
                who=row["who"],
                why=row["why"],
                since=row["since"],
            )
            for row in await self._database.fetch(READ)
        )
        if found != self._held:
            self._held = found
            for wake in self._wakes:
                wake()

    async def hold(self, place: Place, who: str, why: str) -> bool:
        """Let it stand still; say whether it did not already (then that one stays)."""
        key = (place.what, place.topic, place.partition)
        return bool(await self._database.fetchval(PUT, *key, who, why))

    async def release(self, place: Place) -> bool:
        """Let it go on; say whether it was held."""
        key = (place.what, place.topic, place.partition)
        return bool(await self._database.fetchval(TAKE, *key))
