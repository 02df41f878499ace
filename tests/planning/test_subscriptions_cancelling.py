"""A visit called off frees its unit and its officers; one that came is borne."""

from datetime import date

from contracts.inspection import InspectionCancelled
from services.chassis.deciding import load
from services.planning import domain
from services.planning.commands.amending import CancelPlan
from services.planning.handlers import PLAN, burdens, count_visit
from services.planning.handlers.amending import cancel_plan
from services.planning.publishing import publish
from services.planning.subscriptions import ON
from tests.planning.reacting import react
from tests.planning.two_plans import (
    AN_LOC_DAY,
    CV,
    HN,
    order,
    told,
    two_plans_in,
)

CANCEL = CancelPlan(
    document_number="90/TB-UBND", reason="Dịch bệnh", cancelled_on="2023-05-04"
)
CAME = domain.VisitCounted(
    plan_id=HN, inspection_id="I-HN-1", agency_id="hn-an-loc", visited_on=AN_LOC_DAY
)


async def ordered_once(journal):
    await two_plans_in(journal)
    await order(journal, HN)
    return await react(journal)


async def borne(journal, agency_id="hn-an-loc"):
    burden = await load(journal, burdens.BURDEN, agency_id)
    officer = await load(journal, burdens.OFFICER, "hong-ngu-vp.p-02")
    return set(burden.claims), set(burden.bookings), set(officer.duties)


async def test_a_cancelled_plan_tells_of_each_visit_and_frees_all_it_wanted(journal):
    done = await ordered_once(journal)
    assert await borne(journal) == ({HN, CV}, {"I-HN-1"}, {"I-HN-1"})

    decided = await cancel_plan(HN, CANCEL, journal)
    await react(journal, after=done)

    assert await borne(journal) == ({CV}, set(), set())
    published = [one for event in decided.events for one in publish(event)]
    assert [one.TYPE for one in published] == [
        "planning.plan-cancelled.v1",
        "planning.visit-called-off.v1",
    ]
    assert published[1].inspection_id == "I-HN-1"
    await order(journal, CV)  # the same unit on the same day


async def test_the_visit_that_had_begun_is_borne_although_its_plan_is_off(journal):
    done = await ordered_once(journal)
    await cancel_plan(HN, CANCEL, journal)
    done = await react(journal, after=done)

    await count_visit(HN, CAME, journal)
    await react(journal, after=done)

    assert await borne(journal) == ({CV}, {"I-HN-1"}, set())


async def test_a_visit_that_came_before_stays_borne(journal):
    done = await ordered_once(journal)
    await count_visit(HN, CAME, journal)

    await cancel_plan(HN, CANCEL, journal)
    await react(journal, after=done)

    claims, days, _ = await borne(journal)
    assert (claims, days) == ({CV}, {"I-HN-1"})


async def test_an_inspection_called_off_frees_its_day_and_its_officers(journal):
    done = await ordered_once(journal)
    off = InspectionCancelled(
        inspection_id="I-HN-1",
        plan_id=HN,
        round_id="R-2023-HN-1",
        agency_id="hn-an-loc",
        agency_name="Ủy ban nhân dân phường An Lộc",
        basis="PLANNED",
        reason="Mưa bão",
        cancelled_on=date(2023, 5, 10),
    )

    await ON[InspectionCancelled](off, journal)
    done = await react(journal, after=done)

    assert await borne(journal) == ({HN, CV}, set(), set())
    await order(journal, HN, n=2)  # again, on the same day, under another id
    await react(journal)  # and all is heard again
    assert await borne(journal) == ({HN, CV}, {"I-HN-2"}, {"I-HN-2"})


async def test_a_visit_heard_of_twice_is_borne_once(journal):
    done = await ordered_once(journal)
    await count_visit(HN, CAME, journal)

    await react(journal, after=done)

    names = [type(e).__name__ for e in await told(journal, burdens.BURDEN, "hn-an-loc")]
    assert "VisitDayCounted" not in names
    plan = await load(journal, PLAN, HN)
    assert plan.progress()["hn-an-loc"].covered
