"""What happens in one simulated world: writers' steps and faults, drawn by a seed."""

import random  # noqa: TID251 - seeded below
from dataclasses import dataclass, field

from tests.simulation.recording import Step

FAULTS = (
    "kill",
    "freeze",
    "rebalance",
    "seek-back",
    "resend",
    "junk",
    "cut",
    "broker",
    "restart",
)
LIKELY = (*FAULTS, "kill", "freeze", "freeze")
ERRORS = ("refused", "bug", "cause")


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong at a moment; *chance* and *long* say how much."""

    at: float
    kind: str
    which: int
    chance: float
    long: float


@dataclass
class Script:
    """Everything that a seed decides before the world begins."""

    seed: int
    partitions: int
    relays: int
    consumers: int
    seat: bool
    attempts: int
    writers: list = field(default_factory=list)
    poison: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)


def dice(seed, what):
    """Return dice of their own for one part of a world."""
    return random.Random(f"{seed}/{what}")  # noqa: S311 - to be repeated


def write(seed):
    """Return the script of a seed."""
    die = dice(seed, "script")
    script = Script(
        seed=seed,
        partitions=die.choice((1, 2, 2, 3)),
        relays=die.choice((1, 2, 2)),
        consumers=die.choice((1, 2, 2, 3)),
        seat=die.random() < 0.5,
        attempts=die.choice((2, 10**9)),
    )
    keys = [f"k{number}" for number in range(die.choice((1, 2, 3, 4)))]
    number = 0
    for _ in range(die.choice((1, 2, 3))):
        steps = []
        for _ in range(die.randrange(1, 6)):
            number += 1
            pause = die.choice((0.0, 0.0, die.random() * 0.5))
            steps.append((pause, _step(die, number, keys)))
            if die.random() < 0.12:
                script.poison[number * 10] = die.choice(ERRORS)
        script.writers.append(steps)
    for _ in range(die.choice((0, 1, 2, 3, 5, 8))):
        script.faults.append(_fault(die))
    script.faults.sort(key=lambda fault: fault.at)
    return script


def _step(die, number, keys):
    return Step(
        number=number,
        key=die.choice(keys),
        times=die.choice((0, 1, 1, 1, 2)),
        registers=die.random() < 0.1,
        events=die.choice((1, 1, 2)),
        open=die.choice((0.0, 0.0, die.random() * 0.4)),
        rolled_back=die.random() < 0.1,
    )


def _fault(die):
    return Fault(
        at=die.random() * 1.5,
        kind=die.choice(LIKELY),
        which=die.randrange(1000),
        chance=die.random(),
        long=die.choice((0.1, 1.0, 4.0)) * die.random(),
    )
