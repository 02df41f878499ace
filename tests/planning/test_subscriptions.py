"""What planning does when others speak."""

from datetime import date

import pytest

from contracts.inspection import ConclusionIssued, VisitCompleted
from services.chassis.journal import ABOUT
from services.planning import domain
from services.planning.subscriptions import ON
from tests.planning.examples import COMPLETED, CONCLUDED, ROUND_SCHEDULED, VISITED
from tests.planning.recorded import SERVICE, examples
from tests.planning.registry import plan


def completed(counted):
    return VisitCompleted(
        inspection_id=counted.inspection_id,
        plan_id=counted.plan_id,
        agency_id=counted.agency_id,
        programmes=("PAR", "TTHC_CONTROL"),
        visited_on=counted.visited_on,
        points=(),
        team_id="T-2023-HN",
        contents_assessed=("PUBLICATION",),
        metrics=(),
        findings=0,
        good_practices=0,
    )


def concluded(counted):
    return ConclusionIssued(
        inspection_id=counted.inspection_id,
        plan_id=counted.plan_id,
        agency_id=counted.agency_id,
        agency_name="Ủy ban nhân dân phường An Lộc",
        document_number="88/TB-UBND",
        issued_on=counted.concluded_on,
        due_on=date(2023, 6, 13),
        findings=(),
        recommendations=(),
    )


async def hear(event, journal):
    await ON[type(event)](event, journal)


@pytest.fixture
async def scheduled(journal):
    await plan(journal, *ROUND_SCHEDULED)
    return journal


async def told(journal):
    events = [r.event for r in await journal.read("plan-KH-2023-HN")]
    return events[len(ROUND_SCHEDULED) :]


async def test_a_completed_visit_is_counted(scheduled):
    await hear(completed(VISITED[0]), scheduled)

    assert await told(scheduled) == [VISITED[0]]


async def test_a_visit_heard_of_twice_is_counted_once(scheduled):
    await hear(completed(VISITED[0]), scheduled)
    await hear(completed(VISITED[0]), scheduled)

    assert await told(scheduled) == [VISITED[0]]


@pytest.mark.seed("2.5")
async def test_seven_visits_and_conclusions_complete_the_plan(scheduled):
    for visited in VISITED:
        await hear(completed(visited), scheduled)
    for conclusion in CONCLUDED:
        await hear(concluded(conclusion), scheduled)

    assert await told(scheduled) == [*VISITED, *CONCLUDED, COMPLETED]


async def test_a_visit_that_no_plan_ordered_is_refused(journal):
    with pytest.raises(domain.PlanRefused) as refused:
        await hear(completed(VISITED[0]), journal)

    assert refused.value.code == "visit-not-ordered"


def test_every_day_that_is_waited_for_has_an_answer():
    waited = {
        deadline.kind.partition(ABOUT)[0]
        for kind, event in examples()
        for deadline in kind.arms(event).deadlines
    }

    assert waited
    assert waited <= set(SERVICE.at)
