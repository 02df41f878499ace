"""A service as a process: starts, serves with Kafka away, drains, goes on."""

import asyncio
import json
import os
import signal
import socket
import sys

import httpx
import pytest

from services.chassis.testing.client import bearer

NOWHERE = "127.0.0.1:1"
REGISTRAR = bearer("dev:hong-ngu:registrar:p-01")
AGENCY = {"kind": "DISTRICT", "name": "UBND TP Hồng Ngự", "valid_from": "2020-01-01"}
CAU_HOI = "/agencies/hong-ngu/register"
MAY = {"now": "2023-05-09T08:00:00+07:00"}


def free():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"127.0.0.1:{taken.getsockname()[1]}"


class Running:
    """One process of planning, and what it logs."""

    def __init__(self, settings):
        self.http = settings["KIEMTRA_HTTP"]
        self.operate = settings["KIEMTRA_OPERATE"]
        self._settings = settings
        self.lines = []

    async def __aenter__(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KIEMTRA_")}  # noqa: TID251 - a child's
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.planning"),
            env=kept | self._settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_):
        if self.process.returncode is None:
            self.process.kill()
        await self.ended()

    async def _read(self):
        async for line in self.process.stdout:
            self.lines.append(json.loads(line))

    async def said(self, action, within=40.0):
        async with asyncio.timeout(within):
            while not any(line["event.action"] == action for line in self.lines):
                assert self.process.returncode is None, self.lines
                await asyncio.sleep(0.02)

    async def ended(self):
        status = await self.process.wait()
        await self._reading
        return status

    async def ask(self, door, path, **more):
        async with httpx.AsyncClient(base_url=f"http://{door}", timeout=20) as client:
            return await client.request(more.pop("method", "GET"), path, **more)

    async def register(self):
        return await self.ask(
            self.http, CAU_HOI, method="POST", json=AGENCY, headers=REGISTRAR
        )


@pytest.fixture
def settings(postgres):
    return {
        "KIEMTRA_EMBEDDED": "1",
        "KIEMTRA_CLOCK": "controlled",
        "KIEMTRA_POSTGRES": postgres,
        "KIEMTRA_POSTGRES_OWNER": postgres,
        "KIEMTRA_KAFKA": NOWHERE,
        "KIEMTRA_HTTP": free(),
        "KIEMTRA_OPERATE": free(),
    }


@pytest.mark.fault("F4", "F5")
async def test_a_service_serves_while_kafka_is_away_and_drains_when_told(settings):
    async with Running(settings) as service:
        await service.said("service.ready")
        ready = await service.ask(service.operate, "/readyz")
        too_early = await service.register()
        await service.ask(service.operate, "/clock", method="POST", json=MAY)
        taken = await service.register()
        shown = await service.ask(
            service.http, "/agencies/hong-ngu?min_position=1", headers=REGISTRAR
        )
        service.process.send_signal(signal.SIGTERM)
        status = await service.ended()

    assert (ready.status_code, bool(ready.json()["degraded"])) == (200, True)
    assert too_early.json()["type"] == "/problems/clock-not-set"
    assert (taken.status_code, taken.json()["position"]) == (200, 1)
    assert shown.json()["name"] == AGENCY["name"]
    assert status == 0
    actions = [line["event.action"] for line in service.lines]
    assert actions.index("service.draining") < actions.index("service.stopped")
    assert "bus.away" in actions


@pytest.mark.fault("F1")
async def test_a_service_that_was_killed_goes_on_where_it_was(settings):
    async with Running(settings) as service:
        await service.said("service.ready")
        await service.ask(service.operate, "/clock", method="POST", json=MAY)
        await service.register()
        service.process.kill()
        await service.ended()
    async with Running(settings) as again:
        await again.said("service.ready")
        lag = (await again.ask(again.operate, "/lagz")).json()
        repeated = await again.register()

    assert lag["clock"] == "2023-05-09T01:00:00+00:00"
    assert lag["journal"]["head"] == 1
    assert repeated.json() == {"id": "hong-ngu", "version": 1, "position": 1}


async def test_a_service_waits_for_its_database_and_can_be_stopped_meanwhile(settings):
    away = settings | {"KIEMTRA_POSTGRES": f"postgresql://u@{NOWHERE}/planning"}
    async with Running(away) as service:
        await service.said("service.waiting")
        live = await service.ask(service.operate, "/livez")
        ready = await service.ask(service.operate, "/readyz")
        service.process.send_signal(signal.SIGTERM)
        status = await service.ended()

    assert (live.status_code, ready.status_code, status) == (200, 503, 0)


async def test_a_door_that_is_taken_ends_the_process(settings):
    host, _, port = settings["KIEMTRA_HTTP"].rpartition(":")
    with socket.create_server((host, int(port))):
        async with Running(settings) as service:
            status = await service.ended()

    assert status == 1
    failed = [
        line for line in service.lines if line["event.action"] == "service.failed"
    ]
    assert "Address already in use" in failed[0]["error.message"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"KIEMTRA_EMBEDDED": "0"}, b"identity"),
        ({"KIEMTRA_CLOCK": "fast"}, b"KIEMTRA_CLOCK"),
        ({"KIEMTRA_HTTP": "0.0.0.0:8080"}, b"KIEMTRA_HTTP"),
    ],
)
async def test_what_cannot_run_says_why_and_ends_with_three(change, told):
    settings = {
        "KIEMTRA_EMBEDDED": "1",
        "KIEMTRA_POSTGRES": f"postgresql://u@{NOWHERE}/planning",
        "KIEMTRA_KAFKA": NOWHERE,
        "KIEMTRA_HTTP": NOWHERE,
        "KIEMTRA_OPERATE": NOWHERE,
    }
    async with Running(settings | change) as service:
        assert await service.ended() == 3
        assert told in await service.process.stderr.read()
