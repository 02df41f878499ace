"""A service that hears itself, and time, in memory."""

from uuid import uuid5

from services.chassis.context import Context, acting
from services.chassis.timers import Timers


async def react(journal, own, *, after=0):
    """Give every event past *after* to its reaction, and what comes of it too."""
    position = after
    while events := await journal.after(position, 1):
        (recorded,) = events
        position = recorded.position
        reaction = own.get(type(recorded.event))
        if reaction is None:
            continue
        because = Context(
            actor="service:planning",
            correlation_id=recorded.context.correlation_id,
            causation_id=recorded.id,
            command_id=uuid5(recorded.id, "planning.own.v1"),
            occurred_at=recorded.occurred_at,
        )
        with acting(because):
            await reaction(recorded.event, journal)
    return position


async def pass_time(journal, at, clock, now):
    """Let the clock be *now*, and answer all that fell due."""
    clock.now = now
    await Timers(journal, at, clock).catch_up(now)
