"""Every message belongs to a trace."""

from uuid import UUID

from services.chassis.context import Context, acting
from services.chassis.journal import ANY, Append
from services.chassis.testing import MemoryJournal
from services.chassis.wrapping import wrap
from tests.chassis.telling import STORY, Happened, publish

GIVEN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


async def recorded_under(traceparent, clock):
    journal = MemoryJournal(clock)
    context = Context(
        actor="test",
        correlation_id=STORY,
        causation_id=UUID(int=1),
        occurred_at=clock(),
        traceparent=traceparent,
    )
    with acting(context):
        await journal.append(
            Append(stream="thing-k", expected=ANY, events=[Happened(number=1)], key="k")
        )
    (recorded,) = await journal.read("thing-k")
    return recorded


def wrapped(recorded):
    (said,) = publish(recorded.event)
    return wrap("planning", recorded, 0, said)


async def test_a_story_that_came_without_a_trace_is_given_one(clock):
    """Its trace is its own id, so that what it leads to elsewhere joins in."""
    recorded = await recorded_under(None, clock)

    envelope = wrapped(recorded)

    assert envelope.traceparent == f"00-{STORY.hex}-{envelope.id.hex[:16]}-01"
    assert wrapped(recorded) == envelope


async def test_a_command_s_own_trace_goes_with_what_comes_of_it(clock):
    assert wrapped(await recorded_under(GIVEN, clock)).traceparent == GIVEN
