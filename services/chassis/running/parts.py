"""The parts of a running service, put around what ``app.build`` returns."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from services.chassis.bus.kafka import KafkaBus
from services.chassis.calendar import official
from services.chassis.clock import Clock, ControlledClock, system_clock
from services.chassis.consumer import Actions, Consumer, OwnConsumer, Tolerance
from services.chassis.cursors import PostgresCursors
from services.chassis.dispatcher import Dispatcher
from services.chassis.holding import RELAY, Holds
from services.chassis.journal import Recorded
from services.chassis.journal.intents import PostgresIntents
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.logging import log
from services.chassis.postgres import Database, Limits
from services.chassis.projector import Hearing, Projector
from services.chassis.relay import Relay
from services.chassis.running.service import Ports, Service
from services.chassis.running.waiting import at_level, patiently
from services.chassis.sealing import Sealer, SealFile, signer
from services.chassis.settings import Settings
from services.chassis.timers import Timers
from services.chassis.viewing.rows import LiveRows, open_rows
from services.chassis.wrapping import publishable

Build = Callable[[Ports], Service]
# Making views anew takes longer than any request may.
LONG = Limits(
    statement="10min", lock="5s", idle_in_transaction="10min", transaction="10min"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything of one service that runs."""

    service: Service
    settings: Settings
    clock: Clock
    database: Database
    rows: LiveRows
    journal: PostgresJournal
    relay: Relay
    consumers: tuple[Consumer, ...]
    own: OwnConsumer | None
    projector: Projector
    timers: Timers
    dispatcher: Dispatcher
    holds: Holds
    sealer: Sealer | None = None

    def bus(self) -> KafkaBus:
        """Return a new bus that our consumers listen to, not started."""
        bus = KafkaBus(self.settings.kafka, self.settings.name)
        for consumer in self.consumers:
            consumer.listen(bus)
        return bus


@dataclass(frozen=True, slots=True)
class _Outbox:
    """The journal as the relay's role reads it; woken where events are appended."""

    journal: PostgresJournal
    appending: PostgresJournal

    async def after(self, position: int, limit: int) -> list[Recorded]:
        """Return what was recorded past *position*, in order, without gaps."""
        return await self.journal.after(position, limit)

    async def head(self) -> int:
        """Return the position of the last event that is safe to read."""
        return await self.journal.head()

    def on_append(self, wake: Callable[[], None]) -> None:
        """Call *wake* after each commit that appended something."""
        self.appending.on_append(wake)


async def assemble(
    stack: AsyncExitStack, settings: Settings, name: str, build: Build
) -> Parts:
    """Open the databases, bring them to level, and put the parts together."""
    database = await _opened(stack, settings.postgres, settings.name)
    await at_level(settings, name, database)
    clock = await _clock(settings, database)
    journal = PostgresJournal(database, (), clock)
    rows = await open_rows(settings.postgres, name=f"{settings.name}-views")
    stack.push_async_callback(rows.close)
    service = build(
        Ports(journal=journal, rows=rows, calendar=official(), smtp=settings.smtp)
    )
    journal.learn(service.aggregates, check=publishable(service.publish))
    await journal.gate()
    hearing = Hearing(database, service.projections)
    actions = Actions(
        journal=journal,
        reactions={**service.on, **service.own},
        refusals=tuple(service.refusals),
    )
    tolerance = Tolerance(limit=settings.parked_limit)
    keeping = await _opened(
        stack, settings.postgres, f"{settings.name}-projector", LONG
    )
    timers = Timers(journal, service.at, clock)
    if isinstance(clock, ControlledClock):
        clock.on_move(timers.wake)
    return Parts(
        service=service,
        settings=settings,
        clock=clock,
        database=database,
        rows=rows,
        journal=journal,
        relay=await _relay(stack, settings, service, journal, clock),
        consumers=await _consumers(service, database, actions, hearing, tolerance),
        own=_own(service, database, actions, tolerance),
        projector=Projector(service.projections, keeping, journal, hearing),
        timers=timers,
        dispatcher=Dispatcher(
            settings.name, journal, PostgresIntents(database), service.errands, clock
        ),
        holds=Holds(database),
        sealer=_sealer(settings, name, database, journal, clock),
    )


async def hold_still(parts: Parts) -> None:
    """Let the parts rest that were told to, before and since this start."""
    holds = parts.holds
    parts.relay.rests = partial(holds.rests, RELAY)
    holds.on_change(parts.relay.wake)
    for consumer in (*parts.consumers, *((parts.own,) if parts.own else ())):
        consumer.rests = partial(holds.rests, consumer.name)
        holds.on_change(consumer.look_again)
    await holds.refresh()


async def _opened(
    stack: AsyncExitStack, url: str, name: str, limits: Limits | None = None
) -> Database:
    database = await patiently(
        "postgres", lambda: Database.open(url, name=name, limits=limits)
    )
    stack.push_async_callback(database.close)
    return database


async def _clock(settings: Settings, database: Database) -> Clock:
    if settings.clock == "real":
        return system_clock
    clock = ControlledClock(database)
    await clock.restore()
    return clock


async def _relay(
    stack: AsyncExitStack,
    settings: Settings,
    service: Service,
    journal: PostgresJournal,
    clock: Clock,
) -> Relay:
    url = settings.postgres_relay or settings.postgres
    database = await _opened(stack, url, f"{settings.name}-relay")
    outbox = _Outbox(PostgresJournal(database, service.aggregates, clock), journal)
    bus = KafkaBus(settings.kafka, settings.name)
    cursors = PostgresCursors(database)
    return Relay(service.name, outbox, cursors, bus, service.publish)


def _sealer(
    settings: Settings,
    service: str,
    database: Database,
    journal: PostgresJournal,
    clock: Clock,
) -> Sealer | None:
    """Return what seals the journal; nothing, where no folder is set."""
    if not settings.seals:
        log("seal.off")
        return None
    folder = Path(settings.seals)
    key = Path(settings.seal_key) if settings.seal_key else folder / f"{service}.key"
    signs = signer(key, make=settings.embedded)
    folder.mkdir(parents=True, exist_ok=True)
    signs.publish(folder / f"{service}.pub")
    sealer = Sealer(
        service,
        database,
        signer=signs,
        file=SealFile(folder / f"{service}.jsonl"),
        bus=KafkaBus(settings.kafka, f"{settings.name}-sealer"),
        clock=clock,
    )
    journal.on_append(sealer.wake)
    return sealer


async def _consumers(
    service: Service,
    database: Database,
    actions: Actions,
    hearing: Hearing,
    tolerance: Tolerance,
) -> tuple[Consumer, ...]:
    """Return what listens to the bus: reactions, and the views' memory."""
    found = []
    if service.on:
        reactions = f"{service.name}.reactions.v1"
        found.append(Consumer(reactions, database, actions, service.on, tolerance))
    if hearing.events:
        views = f"{service.name}.views.v{await hearing.number()}"
        keep = Actions(journal=actions.journal, sink=hearing.keep)
        heard = hearing.events.values()
        found.append(Consumer(views, database, keep, heard, tolerance))
    return tuple(found)


def _own(
    service: Service, database: Database, actions: Actions, tolerance: Tolerance
) -> OwnConsumer | None:
    if not service.own:
        return None
    own = f"{service.name}.own.v1"
    return OwnConsumer(own, database, actions, service.own, tolerance)
