"""What planning does about plans when days go by, and when cases are carried over."""

from datetime import date, datetime

import pytest

from contracts.inspection import VisitCompleted
from contracts.remediation import CarryOverOpened
from services.chassis.calendar import official
from services.chassis.context import HANOI
from services.chassis.errors import CauseUnseen
from services.chassis.testing import FrozenClock
from services.chassis.timers import Timers
from services.planning import handlers
from services.planning.commands import IssuePlan
from services.planning.commands.amending import CancelPlan
from services.planning.handlers.amending import cancel_plan
from services.planning.subscriptions import AT, ON
from tests.planning.change_examples import CARRIED_IN
from tests.planning.examples import ADDED, DRAFTED, PLAN_IN_EFFECT, QUOTA_SET
from tests.planning.registry import Simulated, plan

ISSUE = IssuePlan(document_number="45/KH-UBND", issued_on="2023-04-20")


async def issued(journal):
    await plan(journal, DRAFTED, QUOTA_SET, *ADDED)
    await handlers.issue_plan(
        "KH-2023-HN", ISSUE, journal, calendar=official(), simulations=Simulated()
    )


async def at(journal, year, month, day):
    moment = datetime(year, month, day, 1, tzinfo=HANOI)
    await Timers(journal, AT, FrozenClock(moment)).catch_up(moment)
    return [
        (type(r.event).__name__, r.occurred_at.astimezone(HANOI).date())
        for r in await journal.read("plan-KH-2023-HN")
    ][len((DRAFTED, QUOTA_SET, *ADDED)) + 1 :]


async def test_the_days_that_an_issued_plan_promises_are_watched(journal):
    await issued(journal)

    assert await at(journal, 2023, 4, 21) == []
    assert await at(journal, 2023, 4, 22) == [("PlanNoticeOverdue", date(2023, 4, 22))]
    missed = (await at(journal, 2023, 7, 1))[1:]
    assert missed == [("WindowMissed", date(2023, 7, 1))] * 7
    last = (await at(journal, 2023, 12, 2))[-1]
    assert last == ("PlanCoverageShort", date(2023, 12, 1))


async def test_a_plan_called_off_promises_nothing(journal):
    await issued(journal)
    command = CancelPlan(document_number="90/TB-UBND", reason="Dịch bệnh")
    await cancel_plan("KH-2023-HN", command, journal)

    assert [name for name, _ in await at(journal, 2023, 12, 2)] == ["PlanCancelled"]


CARRIED = CarryOverOpened(
    case_id="RC-2022-04",
    inspection_id="I-2022-1",
    from_plan_id="KH-2022-HN",
    to_plan_id="KH-2023-HN",
    year=2022,
    agency_id="hn-an-loc",
    agency_name="Ủy ban nhân dân phường An Lộc",
    text="Chưa niêm yết đầy đủ",
    finding_ids=("F-1",),
    due_on=date(2022, 12, 31),
    opened_on=date(2023, 1, 10),
)


@pytest.mark.seed("1.17")
async def test_an_open_case_is_carried_into_the_plan_once(journal):
    await plan(journal, *PLAN_IN_EFFECT)

    await ON[CarryOverOpened](CARRIED, journal)
    await ON[CarryOverOpened](CARRIED, journal)

    last = [r.event for r in await journal.read("plan-KH-2023-HN")][-2:]
    assert last == [PLAN_IN_EFFECT[-1], CARRIED_IN]


async def test_a_case_waits_for_a_plan_that_is_not_drawn_up_yet(journal):
    with pytest.raises(CauseUnseen):
        await ON[CarryOverOpened](CARRIED, journal)


async def test_an_unannounced_inspection_counts_for_no_plan(journal):
    await plan(journal, *PLAN_IN_EFFECT)
    visit = VisitCompleted(
        inspection_id="I-DX",
        plan_id="KH-2023-HN",
        agency_id="hn-an-loc",
        programmes=("PAR",),
        visited_on=date(2023, 5, 9),
        points=(),
        team_id="T",
        contents_assessed=(),
        metrics=(),
        findings=0,
        good_practices=0,
        basis="UNANNOUNCED",
    )

    await ON[VisitCompleted](visit, journal)

    assert len(await journal.read("plan-KH-2023-HN")) == len(PLAN_IN_EFFECT)
