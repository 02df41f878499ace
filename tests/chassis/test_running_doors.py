"""A door that closes lets out whoever is inside."""

import asyncio

import httpx

from services.chassis.running.doors import Door
from tests.chassis.test_running import free
from tests.eventually import eventually


async def test_what_is_in_hand_when_the_door_closes_is_answered():
    address, begun, go, answered = free(), asyncio.Event(), asyncio.Event(), []

    async def app(_scope, _receive, send):
        begun.set()
        await go.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"done"})
        answered.append("done")

    door = Door(address, app)
    serving = asyncio.create_task(door.serve())
    async with httpx.AsyncClient(base_url=f"http://{address}") as client:
        asking = asyncio.create_task(client.get("/"))
        await begun.wait()
        door.close()
        asyncio.get_running_loop().call_later(0.3, go.set)
        await serving
        before_the_end = list(answered)
        answer = await asking

    assert before_the_end == ["done"]
    assert answer.text == "done"


async def test_nobody_comes_in_once_the_door_is_closed():
    address = free()

    async def app(_scope, _receive, _send):
        raise AssertionError

    door = Door(address, app)
    serving = asyncio.create_task(door.serve())
    await eventually(lambda: reachable(address))
    door.close()
    await serving

    assert not await reachable(address)


async def reachable(address):
    host, _, port = address.rpartition(":")
    try:
        _, writer = await asyncio.open_connection(host, int(port))
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True
