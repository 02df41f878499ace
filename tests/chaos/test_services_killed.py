"""Services killed with -9 at random moments of the campaign: the end is the same."""

import asyncio
import random  # noqa: TID251 - seeded: the same moments in every run

import pytest

from services import SERVICES
from tests.campaigns import STORY, campaign
from tests.chaos.judging import the_same

STEP = 0.12  # seconds that a step takes, about: the kill falls into the next one


class Killer:
    """Kills each service once, in the middle of a step that the seed chooses."""

    def __init__(self, seed):
        chosen = random.Random(seed)  # noqa: S311 - a seed, not a secret
        steps = chosen.sample(range(3, len(STORY.steps) - 3), len(SERVICES))
        self.victims = {
            step: (service, chosen.uniform(0, STEP))
            for step, service in zip(steps, SERVICES, strict=True)
        }
        self.killing = []

    async def __call__(self, running, told):
        if told.number in self.victims:
            victim = self.kill(running, *self.victims[told.number])
            self.killing.append(asyncio.create_task(victim))

    async def kill(self, running, service, delay):
        await asyncio.sleep(delay)
        await running.kill(service)
        return service


@pytest.mark.parametrize(
    "seed",
    [
        1,
        pytest.param(2, marks=pytest.mark.chaos_full),
        pytest.param(3, marks=pytest.mark.chaos_full),
    ],
)
@pytest.mark.fault("F1")
async def test_every_service_is_killed_once_and_nothing_is_lost(
    told, own_servers, seed
):
    killer = Killer(seed)

    disturbed = await campaign(own_servers, killer)

    assert sorted(await asyncio.gather(*killer.killing)) == sorted(SERVICES)
    the_same(disturbed, told)
