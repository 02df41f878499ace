"""The Hồng Ngự campaign on a system of its own, disturbed or not."""

from contextlib import asynccontextmanager

from services.chassis.embedded.environment import External
from services.chassis.embedded.system import remove, system
from services.cli.campaign import tell
from services.cli.story import load

STORY = load("hong-ngu-2023")
NONE = External()


async def undisturbed(_told):
    """Nothing happens but the story."""


async def campaign(home, disturb=undisturbed, external=NONE):
    """Tell the campaign; return its outcome and the mail that was sent.

    *disturb* is called with the running system and each step that is done.
    """
    async with standing(home, external) as running:
        outcome = await tell(STORY, running.describe(), _with(running, disturb))
        return outcome, list(running.mailbox)


@asynccontextmanager
async def standing(home, external=NONE):
    """A system with a controlled clock on an empty home; gone afterwards."""
    try:
        async with system(home, clock="controlled", external=external) as running:
            yield running
    finally:
        remove(home)


def _with(running, disturb):
    if disturb is undisturbed:
        return disturb

    async def said(told):
        await disturb(running, told)

    return said
