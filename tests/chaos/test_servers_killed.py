"""Kafka and PostgreSQL killed with -9 in the middle of the campaign."""

import asyncio

import httpx
import pytest

from tests.campaigns import STORY, campaign
from tests.chaos.judging import the_same

MIDDLE = len(STORY.steps) // 2
pytestmark = pytest.mark.chaos_full


@pytest.mark.fault("F5")
async def test_commands_are_accepted_while_kafka_is_away(told, own_servers):
    accepted = []

    async def kill_kafka(running, step):
        if step.number == MIDDLE:
            await running.kill("kafka")
            accepted.append(await _command(running))
            accepted.append(await _answers(running.kafka))

    disturbed = await campaign(own_servers, kill_kafka)

    assert accepted == [200, False]
    the_same(disturbed, told)


@pytest.mark.fault("F8")
async def test_postgres_is_killed_and_nothing_is_lost(told, own_servers):
    killing = []

    async def kill_postgres(running, step):
        if step.number in (MIDDLE // 2, MIDDLE):
            killing.append(asyncio.create_task(_soon(running)))

    disturbed = await campaign(own_servers, kill_postgres)

    assert await asyncio.gather(*killing) == ["killed", "killed"]
    the_same(disturbed, told)


async def _soon(running):
    """Kill PostgreSQL when the next step is under way."""
    await asyncio.sleep(0.03)
    await running.kill("postgres")
    return "killed"


async def _command(running):
    """Ask for what is already so: written nowhere, but decided on the journal."""
    done = next(s for s in STORY.steps if s.post and "planning/plans" in s.post)
    service, _, path = done.post.partition("/")
    officer = done.officer
    token = f"dev:{officer.agency}:{officer.role}:{officer.person}"
    async with httpx.AsyncClient() as client:
        answer = await client.post(
            f"http://{running.services[service].http}/{path}",
            json=done.body,
            headers={"Authorization": f"Bearer {token}"},
        )
    return answer.status_code


async def _answers(address):
    host, _, port = address.rpartition(":")
    try:
        _, writer = await asyncio.open_connection(host, int(port))
    except OSError:
        return False
    writer.close()
    return True
