"""Every shipped story comes out as its text says: each on a system of its own.

Stories with a test module of their own are told there.
"""

import asyncio

import pytest

from services.cli.campaign import tell
from services.cli.story import load, shipped
from tests.campaigns import standing, undisturbed

TOLD_ELSEWHERE = {"hong-ngu-2023", "dong-thap-tthc-2023", "soc-trang-2019"}
STORIES = sorted(set(shipped()) - TOLD_ELSEWHERE)

pytestmark = pytest.mark.embedded


async def told_in(home, story):
    async with standing(home) as running:
        return await tell(load(story), running.describe(), undisturbed)


@pytest.mark.parametrize("story", STORIES)
def test_the_story_comes_out_as_its_text_says(story, tmp_path):
    outcome = asyncio.run(told_in(tmp_path / story, story))

    assert [check for check in outcome["checks"] if not check["ok"]] == []
    assert outcome["ledger"]["missing"] == outcome["ledger"]["extra"] == 0
