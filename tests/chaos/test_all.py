"""Every kind of fault, seed by seed (`make chaos`): no anomaly, and none left out."""

import os

import pytest

from tests.chaos.load import Size
from tests.chaos.nemeses import NEMESES
from tests.chaos.nemeses.striking import POINTS
from tests.chaos.run import Plan, run

SEEDS = [int(s) for s in os.environ.get("SEEDS", "").split()] or [1, 2, 3]  # noqa: TID251 - no service
EVENTS = int(os.environ.get("EVENTS") or 0)  # noqa: TID251 - no service
KINDS = dict.fromkeys(NEMESES, 1) | {"kill-service": 4, "failpoint": len(POINTS)}
MINUTES = float(os.environ.get("MINUTES") or "inf")  # noqa: TID251 - no service
MANY = 20_000  # from here on waves are as large as a year of a province
LARGE = Size(units=12, findings=6, campaigns=8)


@pytest.mark.chaos_full
@pytest.mark.fault("F31")
@pytest.mark.parametrize("seed", SEEDS)
async def test_campaigns_survive_every_fault(own_servers, tell, seed):
    many = EVENTS >= MANY
    plan = Plan(
        seed=seed,
        kinds=KINDS,
        events=EVENTS,
        seconds=MINUTES * 60,
        size=LARGE if many else Size(units=5, findings=3),
        cut=many,
    )

    outcome = await run(own_servers, plan)

    tell(outcome)
    assert outcome.missed == []
    assert outcome.anomalies == []
