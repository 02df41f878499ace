"""Views of remediation in Postgres, of what some streams tell."""

from contextlib import asynccontextmanager
from uuid import uuid5

from services.chassis.context import acting
from services.chassis.journal import NEW, Append
from services.chassis.testing.views import open_views
from tests.conftest import STORY
from tests.remediation.examples import acted, hanoi


@asynccontextmanager
async def views_of(streams, databases, service, journal):
    """Show, on a database of its own, what stands in *streams*: events by name."""
    with databases.clone("remediation") as urls:
        async with open_views(urls.of("remediation_app"), service, journal) as it:
            for stream, events in streams.items():
                with acting(acted(hanoi(2025, 7, 1, 9), cause=uuid5(STORY, stream))):
                    append = Append(stream=stream, expected=NEW, events=events)
                    await journal.append(append)
            await it.show()
            yield it
