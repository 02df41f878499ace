"""A service kills itself at a failpoint: F2.

It is started again armed, dies at the point, and is started a second time unarmed. A
point that is not hit fails the run.
"""

from services import SERVICES
from tests.eventually import eventually

POINTS = {
    "append.committing": ("planning", "inspection", "remediation"),
    "append.committed": ("planning", "inspection", "remediation"),
    "relay.sending": SERVICES,
    "relay.sent": SERVICES,
    "consumer.committed": SERVICES,
    "projection.committed": SERVICES,
    "rebuild.swapping": SERVICES,  # an operator asks for it, once
}
SWAP = "rebuild.swapping"
BY = {"who": "chaos/operator", "why": "to be killed in the swap"}
ARMED = "KIEMTRA_FAILPOINT"
PATIENCE = 120.0


class NeverHit(AssertionError):
    """A failpoint was armed, and nothing came by."""


class Failpoint:
    """One of the points, each in turn."""

    fault = "F2"

    def __init__(self):
        self._left = []

    async def strike(self, bench):
        if not self._left:
            self._left = bench.dice.sample(sorted(POINTS), len(POINTS))
        point = self._left.pop()
        name = bench.dice.choice(POINTS[point])
        text = f"{point}:{1 if point == SWAP else bench.dice.randint(1, 3)}"
        process = bench.running.processes[name]
        await _restarted(process, text)
        starts = process.starts
        if point == SWAP:
            await process.ready()
            await bench.begin(name, "projection/rebuild", **BY)
        try:
            await eventually(lambda: process.starts > starts, within=PATIENCE)
        except TimeoutError:
            raise NeverHit(f"{name}: {text}") from None
        await process.ready()
        return f"{name} at {text}"


async def _restarted(process, text):
    """Start the service again, armed; the start after that one is not."""
    starts = process.starts
    process.order.environment[ARMED] = text
    try:
        await process.kill()
        await eventually(lambda: process.starts > starts, within=PATIENCE)
    finally:
        del process.order.environment[ARMED]
