"""A database that answers, and does not do what it is asked: F9, F10."""

import asyncio

from services import SERVICES

LOCKED = ("es.checkpoint", "es.relay_cursor", "es.stream", "es.view_build")


class ReadOnly:
    """The server takes no writes, and says so to each of them."""

    fault = "F9"

    async def strike(self, bench):
        seconds = bench.dice.uniform(2, 8)
        async with bench.superuser() as connection:
            await connection.execute("SET default_transaction_read_only = off")
            await _set(connection, "SET default_transaction_read_only = on")
            try:
                await asyncio.sleep(seconds)
            finally:
                await _set(connection, "RESET default_transaction_read_only")
        return f"postgres for {seconds:.1f} s"


async def _set(connection, what):
    await connection.execute(f"ALTER SYSTEM {what}")
    await connection.execute("SELECT pg_reload_conf()")


class LockedTable:
    """Somebody holds a table that everybody needs."""

    fault = "F10"

    async def strike(self, bench):
        name = bench.dice.choice(SERVICES)
        table, seconds = bench.dice.choice(LOCKED), bench.dice.uniform(2, 9)
        async with bench.superuser(name) as connection, connection.transaction():
            await connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            await asyncio.sleep(seconds)
        return f"{name}.{table} for {seconds:.1f} s"
