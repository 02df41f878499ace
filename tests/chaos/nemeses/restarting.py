"""Processes that are told to end, and are started again: F4, F5, F8."""

import asyncio
import signal

from services import SERVICES


class RollingRestart:
    """Each service is told to stop under load, one after the other."""

    fault = "F4"

    async def strike(self, bench):
        names = list(SERVICES)
        bench.dice.shuffle(names)
        for name in names:
            await bench.running.kill(name, signal.SIGTERM)
            await bench.running.ready(name)
            await asyncio.sleep(bench.dice.uniform(0, 0.5))
        return ", ".join(names)


class RestartKafka:
    """The broker is told to stop."""

    fault = "F5"

    async def strike(self, bench):
        await bench.running.kill("kafka", signal.SIGTERM)
        await bench.running.ready("kafka")
        return "kafka"


class RestartPostgres:
    """The server is told to stop at once, as `pg_ctl restart -m immediate` does."""

    fault = "F8"

    async def strike(self, bench):
        await bench.running.kill("postgres", signal.SIGQUIT)
        await bench.running.ready("postgres")
        return "postgres"
