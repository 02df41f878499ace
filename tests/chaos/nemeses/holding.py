"""Transactions that somebody leaves open: F23.

One that has appended holds the relay back, for nobody can know whether it will commit.
One elsewhere must hold nobody.
"""

import asyncio
from uuid import NAMESPACE_URL, uuid5

from services import SERVICES

RUN = uuid5(NAMESPACE_URL, "urn:kiemtra:chaos")
APPEND = """
INSERT INTO es.event (stream_id, version, event_id, type, schema_version, partition_key,
                      data, meta, occurred_at, recorded_at, hash)
VALUES ($1, 1, $2, 'Nothing', 1, 'nothing', '{}', '{}', now(), now(), '')
"""


class OpenAppend:
    """An append takes its number, stays open, and is taken back."""

    fault = "F23"

    async def strike(self, bench):
        name, seconds = bench.dice.choice(SERVICES), bench.dice.uniform(2, 6)
        event = uuid5(RUN, str(bench.dice.random()))
        async with bench.superuser(name) as connection:
            opened = connection.transaction()
            await opened.start()
            await connection.execute(APPEND, f"nothing-{event}", event)
            try:
                await asyncio.sleep(seconds)
            finally:
                await opened.rollback()
        return f"{name} for {seconds:.1f} s"


class LongTransaction:
    """A transaction that writes elsewhere is open, and the relay publishes on."""

    fault = "F23"

    async def strike(self, bench):
        name = bench.dice.choice(SERVICES)
        async with bench.superuser(name) as connection:
            opened = connection.transaction()
            await opened.start()
            await connection.execute("CREATE TABLE public.elsewhere (n int)")
            await connection.execute("SELECT txid_current()")
            try:
                await bench.published_by_now(name)
            finally:
                await opened.rollback()
        return name
