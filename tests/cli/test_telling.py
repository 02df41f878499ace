"""A step is asked for again while its service is busy or away."""

import asyncio
import contextlib
from uuid import UUID

import httpx
import pytest

from services.chassis.http.idempotency import once
from services.chassis.http.problems import Problem
from services.chassis.journal import Claim
from services.cli.settling import Watcher
from services.cli.story import Step, Story
from services.cli.telling import StepFailed, Teller

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


def steps(*posts):
    """Return a story of these posts, all but the first together with the one above."""
    told = [
        {
            "at": "2023-05-09T08:00",
            "as": {"agency": "a", "role": "planner"},
            "post": f"planning/plans/{post}",
            "together": number > 0,
        }
        for number, post in enumerate(posts)
    ]
    return Story.model_validate(
        {"story": "small", "title": "Small", "clock": STEP.at, "steps": told}
    )


async def told_of(story, answer):
    """Tell *story* to a service that answers by *answer*; return who was asked."""
    asked = []

    async def service(request):
        asked.append(request.url.path)
        return await answer(request)

    client = httpx.AsyncClient(transport=httpx.MockTransport(service))
    one = Teller(
        story=story,
        client=client,
        http={"planning": "http://planning"},
        watcher=Watcher(client, ports={}),
    )
    return [told.outcome async for told in one.tell()], asked


async def test_steps_that_go_together_are_asked_side_by_side():
    both = asyncio.Event()
    first = asyncio.Event()

    async def answer(_request):
        (both if first.is_set() else first).set()
        await asyncio.wait_for(both.wait(), 5)
        return httpx.Response(200, json={})

    outcomes, _ = await told_of(steps("KH-1/draft", "KH-2/draft"), answer)

    assert outcomes == ["done", "done"]


async def test_steps_of_one_resource_are_asked_one_after_the_other():
    running = set()

    async def answer(request):
        assert not running
        running.add(request.url.path)
        await asyncio.sleep(0)
        running.clear()
        return httpx.Response(200, json={})

    story = steps("KH-1/draft", "KH-1/add-unit", "KH-1/issue")

    _, asked = await told_of(story, answer)

    assert asked == ["/plans/KH-1/draft", "/plans/KH-1/add-unit", "/plans/KH-1/issue"]


async def test_a_refusal_among_steps_that_go_together_is_told_as_of_one():
    async def answer(request):
        code = 422 if "KH-2" in request.url.path else 200
        return httpx.Response(code, json={"type": "/problems/no"})

    with pytest.raises(StepFailed, match="plans/KH-2/draft"):
        await told_of(steps("KH-1/draft", "KH-2/draft"), answer)


async def test_what_meets_elsewhere_settles_before_the_next_of_it():
    running = set()

    async def answer(request):
        if request.url.path.endswith("issue-conclusion"):
            assert not running
            running.add(request.url.path)
            await asyncio.sleep(0)
            running.clear()
        return httpx.Response(200, json={})

    story = steps("A/issue-conclusion", "B/issue-conclusion", "C/issue-conclusion")

    _, asked = await told_of(story, answer)

    assert asked == [f"/plans/{name}/issue-conclusion" for name in "ABC"]


async def test_a_lane_of_its_own_keeps_steps_of_several_resources_in_order():
    running = set()

    async def answer(request):
        assert not running
        running.add(request.url.path)
        await asyncio.sleep(0)
        running.clear()
        return httpx.Response(200, json={})

    story = steps("A/draft", "B/draft")
    lanes = tuple(step.model_copy(update={"lane": "one"}) for step in story.steps)

    outcomes, _ = await told_of(story.model_copy(update={"steps": lanes}), answer)

    assert outcomes == ["done", "done"]
