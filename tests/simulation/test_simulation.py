"""Thousands of small worlds by seed; each ends with every event once and in order.

``KIEMTRA_SEEDS`` says how many (a night: 100000), ``KIEMTRA_FIRST_SEED`` where to
begin. A seed that failed once stands in REGRESSIONS for ever.
"""

import os

import pytest

from tests.simulation.running import run, smaller, told
from tests.simulation.script import FAULTS, write

SEEDS = int(os.environ.get("KIEMTRA_SEEDS", "3000"))  # noqa: TID251 - of a test run
FIRST = int(os.environ.get("KIEMTRA_FIRST_SEED", "0"))  # noqa: TID251 - the same
PARTS = 10
# Seeds in which a fault of the product, or one put in by mutants.py, once showed.
REGRESSIONS = (2, 3, 12, 20, 73, 139, 148, 235, 2823)
MOST = 1500
HAPPENS = {
    "consumer.fenced",
    "consumer.paused",
    "dlq.discarded",
    "dlq.resolved",
    "dlq.retried",
    "event.applied",
    "event.duplicate",
    "event.failed",
    "event.parked",
    "event.waiting_cause",
    "relay.fenced",
    "relay.published",
    "relay.retry",
}


def check(seed):
    script = write(seed)
    if run(script).anomalies:
        pytest.fail(told(smaller(script)), pytrace=False)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_event_has_its_effect_once_in_every_world(part):
    for seed in range(FIRST + part, FIRST + SEEDS, PARTS):
        check(seed)


def test_what_failed_once_does_not_fail_again():
    for seed in REGRESSIONS:
        check(seed)


def test_everything_that_can_go_wrong_does_in_some_world():
    missing, seeds = HAPPENS | set(FAULTS), iter(range(MOST))
    while missing:
        missing -= set(names(run(write(next(seeds)))))


def test_a_seed_is_the_same_world_each_time():
    for seed in range(20):
        one, other = run(write(seed)), run(write(seed))

        assert (one.steps, list(names(one))) == (other.steps, list(names(other)))


def names(world):
    return (name for _, name, _ in world.trace)
