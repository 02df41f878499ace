"""Processes and connections that end without a word: F1, F5, F8."""

import asyncio

from services import SERVICES


class KillService:
    """A service is killed with -9, somewhere in what it is doing."""

    fault = "F1"

    async def strike(self, bench):
        name = bench.dice.choice(SERVICES)
        await asyncio.sleep(bench.dice.uniform(0, 0.3))
        await bench.running.kill(name)
        await bench.running.ready(name)
        return name


class KillKafka:
    """The broker is killed with -9."""

    fault = "F5"

    async def strike(self, bench):
        await bench.running.kill("kafka")
        await bench.running.ready("kafka")
        return "kafka"


class KillPostgres:
    """The postmaster is killed with -9."""

    fault = "F8"

    async def strike(self, bench):
        await asyncio.sleep(bench.dice.uniform(0, 0.3))
        await bench.running.kill("postgres")
        await bench.running.ready("postgres")
        return "postgres"


class KillBackends:
    """Some of a service's connections are ended by the server, in the middle."""

    fault = "F8"

    async def strike(self, bench):
        name = bench.dice.choice(SERVICES)
        share = bench.dice.uniform(0.2, 1.0)
        async with bench.superuser() as connection:
            for _ in range(bench.dice.randint(1, 5)):
                await connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = $1 AND pid <> pg_backend_pid()"
                    " AND (hashtext(pid::text) & 1023) < 1024 * $2::float",
                    name,
                    share,
                )
                await asyncio.sleep(bench.dice.uniform(0.05, 0.4))
        return f"{name}, {share:.0%} of its connections"
