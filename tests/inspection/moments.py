"""Acting at a moment: each request of a test has an id and a time of its own."""

from datetime import datetime
from uuid import uuid5

from services.chassis.access import Principal
from services.chassis.context import HANOI, Context, acting
from tests.conftest import STORY

HEAD = Principal(agency_id="hong-ngu-noi-vu", role="team-head", person_ref="p-01")


def hanoi(month, day, hour=9, minute=0):
    return datetime(2023, month, day, hour, minute, tzinfo=HANOI)


def at(moment, label="", principal=HEAD):
    """Enter the context of a request made at *moment*."""
    command = uuid5(STORY, f"{moment.isoformat()}/{label}")
    return acting(
        Context(
            actor=principal.actor,
            correlation_id=STORY,
            causation_id=command,
            command_id=command,
            occurred_at=moment,
            principal=principal,
        )
    )


async def react(service, recorded, journal):
    """Let the service hear an event of its own journal, as the engine does."""
    reaction = service.own.get(type(recorded.event))
    if reaction is None:
        return
    context = Context(
        actor="service:inspection",
        correlation_id=recorded.context.correlation_id,
        causation_id=recorded.id,
        occurred_at=recorded.occurred_at,
    )
    with acting(context):
        async with journal.transaction():
            await reaction(recorded.event, journal)


async def settle(service, journal, after=0):
    """Let the service hear all of its own journal, what that brings included."""
    while found := await journal.after(after, 100):
        for recorded in found:
            await react(service, recorded, journal)
        after = found[-1].position
    return after


async def ring(service, journal, now):
    """Answer what is due as the timers do: each in its own transaction and time."""
    rung = 0
    while found := await journal.due(now, 1):
        [due] = found
        context = Context(
            actor="service:inspection",
            correlation_id=due.correlation_id,
            causation_id=due.id,
            first_event_id=due.id,
            occurred_at=due.at,
        )
        with acting(context):
            async with journal.transaction():
                await service.at[due.kind](due, journal)
                await journal.settle(due, "done")
        rung += 1
    return rung
