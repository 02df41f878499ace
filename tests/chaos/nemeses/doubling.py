"""A second process of a service: two relays, timers, members of a group: F22."""

import asyncio
import signal
import socket
from dataclasses import replace
from functools import partial

from services import SERVICES
from services.chassis.embedded import asking
from services.chassis.embedded.processes import Process


class SecondInstance:
    """It takes its share for a while, and then is killed or told to stop."""

    fault = "F22"

    async def strike(self, bench):
        name = bench.dice.choice(SERVICES)
        number = bench.dice.choice([signal.SIGKILL, signal.SIGTERM])
        second = _second(bench.running.processes[name])
        process = Process(
            second,
            spawn=bench.nursery.spawn,
            probe=partial(asking.ready, second.environment["KIEMTRA_OPERATE"]),
        )
        await process.start()
        try:
            await asyncio.sleep(bench.dice.uniform(3, 10))
            if number is signal.SIGKILL:
                await process.kill()
        finally:
            await process.stop()
        return f"{name}, ended by {number.name}"


def _second(first):
    """Return the order for another instance: its own name, its own doors."""
    name = f"{first.order.name}-2"
    doors = {"KIEMTRA_HTTP": _free(), "KIEMTRA_OPERATE": _free(), "KIEMTRA_NAME": name}
    log = first.order.log.with_name(f"{name}.log")
    environment = dict(first.order.environment) | doors
    return replace(first.order, name=name, log=log, environment=environment)


def _free():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"127.0.0.1:{taken.getsockname()[1]}"
