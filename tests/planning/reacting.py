"""Lets planning hear itself in tests, as its own consumer would; and time."""

from dataclasses import replace
from uuid import uuid5

from services.chassis.context import acting
from services.chassis.timers import Timers
from services.planning.subscriptions import burdens


async def react(journal, table=burdens.OWN, after=0):
    """Answer each event once, in order; return where it stands."""
    while recorded := await journal.after(after, 1):
        [one] = recorded
        after = one.position
        reaction = table.get(type(one.event))
        if reaction is None:
            continue
        context = replace(
            one.context.from_the_start(),
            command_id=uuid5(one.id, "reaction"),
            occurred_at=one.occurred_at,
            expected=None,
        )
        with acting(context):
            await reaction(one.event, journal)
    return after


async def pass_time(journal, at, clock, now):
    """Let the clock be *now*, and answer all that fell due."""
    clock.now = now
    await Timers(journal, at, clock).catch_up(now)
