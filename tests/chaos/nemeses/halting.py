"""A process that stands still and then goes on as if nothing had been: F3."""

import asyncio
import signal

from services import SERVICES


class HaltService:
    """A service is halted, for longer than its group waits in one of three cases."""

    fault = "F3"

    async def strike(self, bench):
        name = bench.dice.choice(SERVICES)
        seconds = bench.dice.choice(bench.halts)
        await bench.running.kill(name, signal.SIGSTOP)
        try:
            await asyncio.sleep(seconds)
        finally:
            await bench.running.kill(name, signal.SIGCONT)
        return f"{name} for {seconds:.0f} s"
