"""Two at once, through the real journal: one is told."""

import asyncio
from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest

from services.chassis.context import acting, current
from services.chassis.journal.postgres import PostgresJournal
from services.chassis.postgres import Database
from services.planning.handlers import (
    AGENCY,
    PLAN,
    TEAM,
    burdens,
    rounds,
)
from tests.planning.examples import (
    ADDED,
    COMMUNES,
    DRAFTED,
    ISSUED,
)
from tests.planning.reacting import react
from tests.planning.registry import begin
from tests.planning.two_plans import (
    CV,
    CV_PLAN,
    HN,
    order,
    told,
    two_plans_in,
)


async def request(number, work):
    """Do the work as a request of its own."""
    context = current().from_the_start()
    with acting(replace(context, command_id=UUID(int=number))):
        return await work


@pytest.fixture
async def postgres_journal(journal_database, clock):
    """A real journal, through as many connections as ask."""
    database = await Database.open(journal_database.of("planning_app"), size=4)
    yield PostgresJournal(
        database, [AGENCY, PLAN, TEAM, *burdens.AGGREGATES, rounds.NAME], clock
    )
    await database.close()


@pytest.mark.seed("1.7")
@pytest.mark.capability("C6")
async def test_of_two_rounds_at_once_on_one_day_one_is_refused(postgres_journal):
    await two_plans_in(postgres_journal)

    outcomes = await asyncio.gather(
        request(1, order(postgres_journal, HN)),
        request(2, order(postgres_journal, CV)),
        return_exceptions=True,
    )

    codes = [getattr(outcome, "code", "done") for outcome in outcomes]
    assert sorted(codes) == ["done", "unit-visited-that-day"]


@pytest.mark.seed("1.7")
@pytest.mark.capability("C6")
async def test_of_two_plans_at_once_one_is_told(postgres_journal):
    await begin(postgres_journal, PLAN, HN, DRAFTED, *ADDED, ISSUED)
    await begin(postgres_journal, PLAN, CV, *CV_PLAN)

    await asyncio.gather(
        *(
            request(n, burdens.claim_unit(plan_id, entry.agency_id, postgres_journal))
            for n, (plan_id, entry) in enumerate(product((HN, CV), COMMUNES))
        )
    )
    await react(postgres_journal)

    for entry in COMMUNES:
        events = await told(postgres_journal, burdens.BURDEN, entry.agency_id)
        assert [len(event.found) for event in events] == [0, 1]
        key = f"{entry.agency_id}:{CV}:{HN}"
        assert len(await told(postgres_journal, burdens.OVERLAP, key)) == 1
