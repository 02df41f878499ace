"""A year of a work programme, and its reports counted again from the raw events."""

import asyncio
from collections import Counter
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from itertools import pairwise

import pytest

from services.chassis.bus.kafka import read_all
from services.cli.campaign import tell
from services.cli.events import describe
from services.cli.ledger import topics
from services.cli.story import load
from tests.campaigns import standing, undisturbed

STORY = load("soc-trang-2019")
PROGRAMME = "CT-2019-ST"
PLAN = "KT-2019-ST"  # the plan that group 11 led to
QUARTERS = ("BC-2019-Q1", "BC-2019-Q2", "BC-2019-Q3", "BC-2019-Q4")
GROUPS = (
    *("DIRECTION", "TRAINING", "IMPACT_ASSESSMENT", "DRAFT_RULES", "PUBLICATION"),
    *("PROCEDURE_REVIEW", "FEEDBACK", "ONE_STOP", "PROCESSING"),
    *("HEAD_ACCOUNTABILITY", "INSPECTION_DUTY", "COMMUNICATION", "REPORTING"),
)


async def told_in(home):
    """Tell the story; return its outcome, what lies on Kafka, and the mail."""
    async with standing(home) as running:
        described = running.describe()
        outcome = await tell(STORY, described, undisturbed)
        messages = [
            describe(record)
            for topic in topics()
            for record in await read_all(described["kafka"], topic)
        ]
        return outcome, messages, list(running.mailbox)


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    home = tmp_path_factory.mktemp("campaign") / "Sóc Trăng 2019"
    return asyncio.run(told_in(home))


pytestmark = pytest.mark.embedded


def of(messages, kind):
    return [m["data"] for m in messages if m["type"] == kind]


def programmes(messages):
    issued = of(messages, "planning.work-programme-issued.v1")
    return {programme["programme_id"]: programme for programme in issued}


@pytest.mark.seed("4.1", "4.4", "4.8", "4.10", "4.12", "4.13")
def test_every_expectation_of_the_story_holds(year):
    outcome = year[0]

    assert [check for check in outcome["checks"] if not check["ok"]] == []
    assert (outcome["ok"], outcome["steps"]) == (True, len(STORY.steps))
    assert outcome["ledger"]["missing"] == outcome["ledger"]["extra"] == 0


@pytest.mark.seed("4.4", "4.5")
@pytest.mark.capability("C1")
def test_the_programme_has_the_thirteen_groups_of_the_text_each_with_an_item(year):
    issued = programmes(year[1])[PROGRAMME]
    assigned = [
        item["item"]["group"]
        for item in of(year[1], "planning.work-item-assigned.v1")
        if item["programme_id"] == PROGRAMME
    ]

    assert tuple(group["code"] for group in issued["groups"]) == GROUPS
    assert set(assigned) == set(GROUPS)
    assert all(group["title"] for group in issued["groups"])


# What each kind of event counts as, and whether it is about the plan or the programme:
# written down a second time, from the contract's words and not from the service.
COUNTS = {
    "planning.plan-issued.v1": "plans_issued",
    "inspection.visit-started.v1": "visits_started",
    "inspection.visit-completed.v1": "visits_completed",
    "inspection.conclusion-issued.v1": "conclusions_issued",
    "inspection.conclusion-overdue.v1": "conclusions_overdue",
    "inspection.finding-raised.v1": "findings_raised",
    "inspection.finding-withdrawn.v1": "findings_withdrawn",
    "remediation.recommendation-issued.v1": "cases_opened",
    "remediation.remediation-overdue.v1": "cases_overdue",
    "remediation.remediation-closed.v1": "cases_closed",
    "planning.work-item-assigned.v1": "work_items_assigned",
    "planning.work-item-completed.v1": "work_items_done",
    "planning.work-item-overdue.v1": "work_items_overdue",
    "planning.work-item-urged.v1": "work_items_urged",
    "planning.signal-received.v1": "signals_received",
}
LATE = {
    "inspection.conclusion-issued.v1": "conclusions_late",
    "remediation.remediation-closed.v1": "cases_closed_late",
    "planning.work-item-completed.v1": "work_items_done_late",
}


def counted(messages, start, end):
    """Count raw events from the first moment of *start* to the last of *end*."""
    ours = {
        m["data"]["inspection_id"]
        for m in messages
        if m["type"] == "planning.visit-ordered.v1" and m["data"]["plan_id"] == PLAN
    }
    numbers, kinds, items = Counter(), Counter(), Counter()
    for message in messages:
        kind, data = message["type"], message["data"]
        moment = datetime.fromisoformat(message["time"])
        ha_noi = (moment - moment.utcoffset() + timedelta(hours=7)).date()
        belongs = (
            data.get("plan_id") == PLAN
            or data.get("inspection_id") in ours
            or data.get("programme_id") == PROGRAMME
        )
        if kind not in COUNTS or not belongs or not start <= ha_noi <= end:
            continue
        numbers[COUNTS[kind]] += 1
        if kind in LATE and data["late"]:
            numbers[LATE[kind]] += 1
        if kind == "inspection.visit-started.v1" and data["basis"] == "UNANNOUNCED":
            numbers["unannounced_visits"] += 1
        if kind == "inspection.finding-raised.v1":
            kinds[data["kind"]] += 1
            items[data["item"]] += 1
    return numbers, kinds, items


@pytest.mark.seed("4.12")
@pytest.mark.capability("C21")
@pytest.mark.parametrize("report_id", [*QUARTERS, "BC-2019"])
def test_the_numbers_of_a_report_are_those_of_the_raw_events(year, report_id):
    [told] = [
        report
        for report in of(year[1], "notification.periodic-report-compiled.v1")
        if report["report_id"] == report_id
    ]
    start, end = date.fromisoformat(told["start"]), date.fromisoformat(told["end"])
    numbers, kinds, items = counted(year[1], start, end)

    assert {name: n for name, n in told["numbers"].items() if n} == dict(numbers)
    assert (told["by_kind"], told["by_item"]) == (dict(kinds), dict(items))


@pytest.mark.seed("4.12")
def test_a_year_holds_what_its_quarters_hold_for_their_days_meet(year):
    reports = {
        report["report_id"]: report
        for report in of(year[1], "notification.periodic-report-compiled.v1")
    }
    quarters = [reports[name] for name in QUARTERS]
    days = [(q["start"], q["end"]) for q in quarters]
    total = sum((Counter(quarter["numbers"]) for quarter in quarters), Counter())

    assert days[0][0] == reports["BC-2019"]["start"] == "2018-12-15"
    assert days[-1][1] == reports["BC-2019"]["end"] == "2019-12-14"
    for (_, end), (start, _) in pairwise(days):
        assert date.fromisoformat(start) - date.fromisoformat(end) == timedelta(1)
    whole = {name: n for name, n in reports["BC-2019"]["numbers"].items() if n}
    assert dict(total) == whole


@pytest.mark.seed("4.10")
def test_the_overdue_item_became_so_at_the_first_moment_of_its_day(year):
    [late] = [m for m in year[1] if m["type"] == "planning.work-item-overdue.v1"]

    assert late["data"]["item_id"] == "9.1"
    assert datetime.fromisoformat(late["time"]) == datetime.fromisoformat(
        "2019-07-02T00:00+07:00"
    )


@pytest.mark.seed("4.10")
@pytest.mark.capability("C22")
def test_the_owner_was_urged_by_letter_twice_and_each_letter_came_once(year):
    letters = [
        one
        for one in year[2]
        if str(one.message["Subject"]).startswith("Đôn đốc")
        and parseaddr(str(one.message["To"]))[1] == "tuphap@soctrang.example"
    ]

    assert len(letters) == 2
    assert {one.deliveries for one in letters} == {1}
    assert "Giám đốc Sở Tư pháp" in letters[0].message.get_content()


@pytest.mark.seed("4.13")
def test_the_next_programme_comes_from_this_one_and_has_its_open_item(year):
    following = programmes(year[1])["CT-2020-ST"]
    [carried] = of(year[1], "planning.work-item-carried-over.v1")

    assert (following["year"], following["derived_from"]) == (2020, PROGRAMME)
    assert carried["from_work_item_id"] == f"{PROGRAMME}:9.1"
    assert (carried["was_due_on"], carried["was_overdue"]) == ("2019-07-01", True)
