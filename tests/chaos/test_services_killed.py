"""Services killed with -9 at random moments of the campaign: the end is the same."""

import random  # noqa: TID251 - seeded: the same steps in every run

import pytest

from services import SERVICES
from tests.campaigns import STORY, campaign
from tests.chaos.judging import the_same


class Killer:
    """Kills each service once, at a step the seed chooses, while the next one runs."""

    def __init__(self, seed):
        chosen = random.Random(seed)  # noqa: S311 - a seed, not a secret
        steps = chosen.sample(range(3, len(STORY.steps) - 3), len(SERVICES))
        self.victims = dict(zip(steps, SERVICES, strict=True))
        self.killed = []

    async def __call__(self, running, told):
        victim = self.victims.get(told.number)
        if victim:
            await running.kill(victim)
            self.killed.append(victim)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_every_service_is_killed_once_and_nothing_is_lost(told, tmp_path, seed):
    killer = Killer(seed)

    disturbed = await campaign(tmp_path / "home", killer)

    assert sorted(killer.killed) == sorted(SERVICES)
    the_same(disturbed, told)
