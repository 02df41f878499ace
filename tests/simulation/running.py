"""Running worlds: one seed, many seeds, a failing one made small."""

import gc
import sys
from contextlib import contextmanager
from dataclasses import replace

import services.chassis.consumer.acting
import services.chassis.consumer.engine
import services.chassis.consumer.listening
import services.chassis.consumer.redress
import services.chassis.consumer.retrying
import services.chassis.relay
from tests.simulation.scheduling import SimulatedLoop
from tests.simulation.script import dice, write
from tests.simulation.world import World

LOGGING = (
    services.chassis.consumer.acting,
    services.chassis.consumer.engine,
    services.chassis.consumer.listening,
    services.chassis.consumer.redress,
    services.chassis.consumer.retrying,
    services.chassis.relay,
)


@contextmanager
def listening(write_down):
    """Give what the product logs to *write_down*: formatting it costs more than it."""
    kept = [module.log for module in LOGGING]
    for module in LOGGING:
        module.log = write_down
    try:
        yield
    finally:
        for module, log in zip(LOGGING, kept, strict=True):
            module.log = log


def run(script):
    """Let a script happen; return its world, with the anomalies found."""
    loop = SimulatedLoop(dice(script.seed, "steps"))
    gc.disable()  # a world is small and soon gone
    try:
        return loop.run_until_complete(_live(script, loop))
    finally:
        gc.enable()
        loop.close()


async def _live(script, loop):
    world = World(script)

    def write_down(name, **fields):
        world.trace.append((loop.time(), name, fields))

    with listening(write_down):
        try:
            await world.run()
        except Exception as error:  # noqa: BLE001 - whatever it is, the seed failed
            world.anomalies.append(f"the world ended: {error!r}")
        await world.bury()
    world.anomalies += [str(failure) for failure in loop.failures]
    world.steps = loop.steps
    return world


def smaller(script):
    """Leave out faults and steps one by one, as long as it still fails."""
    for name in ("faults", "writers", "poison"):
        for part in list(getattr(script, name)):
            rest = without(getattr(script, name), part)
            tried = replace(script, **{name: rest})
            if run(tried).anomalies:
                script = tried
    return script


def without(parts, part):
    """Return the parts but one."""
    if isinstance(parts, dict):
        return {key: value for key, value in parts.items() if key != part}
    return [each for each in parts if each is not part]


def told(script):
    """Return how a failing script reads: what to run, what was left, what happened."""
    world = run(script)
    lines = [
        f"seed {script.seed}: python -m tests.simulation.running {script.seed}",
        *world.anomalies,
        f"partitions {script.partitions}, relays {script.relays}, seat {script.seat}",
        f"consumers {script.consumers}, poison {script.poison}",
        *(f"fault {fault}" for fault in script.faults),
        *(f"writer {steps}" for steps in script.writers),
        *(f"{at:9.4f} {name} {what}" for at, name, what in world.trace),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(told(write(int(sys.argv[1]))) + "\n")
