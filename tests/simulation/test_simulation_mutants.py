"""The simulation sees what it should: each protection taken out is caught."""

import pytest

from tests.simulation.mutants import MUTANTS
from tests.simulation.running import run
from tests.simulation.script import write

WITHIN = 1500  # seeds


@pytest.mark.parametrize("mutants", MUTANTS, ids=lambda mutants: mutants[0].name)
def test_a_protection_taken_out_is_caught(mutants, monkeypatch):
    for mutant in mutants:
        mutant.apply(monkeypatch)

    assert any(shown(mutants[0], run(write(seed))) for seed in range(WITHIN))


def shown(mutant, world):
    """Say whether one of the invariants that it breaks is named."""
    named = {anomaly.partition(":")[0] for anomaly in world.anomalies}
    return bool(named & set(mutant.shows.split()))
