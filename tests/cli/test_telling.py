"""A step is asked for again while its service is busy or away."""

import contextlib
from uuid import UUID

import httpx
import pytest

from services.chassis.http.idempotency import once
from services.chassis.http.problems import Problem
from services.chassis.journal import Claim
from services.cli.settling import Watcher
from services.cli.story import Step, Story
from services.cli.telling import Teller

STEP = Step.model_validate(
    {
        "at": "2023-05-09T08:00",
        "as": {"agency": "G09.00.00", "role": "planner"},
        "post": "planning/plans/KH-1/draft",
    }
)
STORY = Story(story="small", title="Small", clock=STEP.at, steps=(STEP,))


class Busy:
    """A journal in which somebody is at the command."""

    def transaction(self):
        return contextlib.nullcontext()

    async def claim(self, *_):
        return Claim.IN_FLIGHT, None


async def busy():
    """Return what a service answers while the same request is being answered."""
    with pytest.raises(Problem) as refused:
        await once(Busy(), UUID(int=1), "hash", None)
    return httpx.Response(refused.value.status, text=refused.value.body())


def teller(answers):
    """Return who tells the story to a service that gives these answers in turn."""
    left = iter(answers)
    client = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: next(left)))
    http = {"planning": "http://planning"}
    return Teller(
        story=STORY, client=client, http=http, watcher=Watcher(client, ports={})
    )


async def test_a_request_that_is_being_answered_is_asked_again():
    answers = [await busy(), httpx.Response(503), httpx.Response(200, json={})]

    assert [told.outcome async for told in teller(answers).tell()] == ["done"]
