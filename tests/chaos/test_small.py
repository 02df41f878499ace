"""One campaign, and what kills most often: nothing is lost, effects happen once."""

import pytest

from tests.chaos.load import Size
from tests.chaos.run import Plan, run

KINDS = {"kill-service": 1, "failpoint": 2, "kill-kafka": 1, "kill-postgres": 1}


@pytest.mark.fault("F1", "F2", "F5", "F8")
async def test_a_small_campaign_survives_what_kills(own_servers, tell):
    plan = Plan(seed=1, kinds=KINDS, size=Size(units=2, findings=1), calm=(0.1, 0.5))

    outcome = await run(own_servers, plan)

    tell(outcome)
    assert outcome.missed == []
    assert outcome.anomalies == []
