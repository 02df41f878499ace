"""A province's year of procedure control: 53 ordered, and three that nobody expects."""

import asyncio
import json
from collections import Counter
from datetime import datetime

import pytest

from contracts.catalogue import CATALOGUE
from services.chassis.bus.kafka import read_all
from services.cli.campaign import tell
from services.cli.events import describe
from services.cli.ledger import topics
from services.cli.story import load
from services.cli.trace import find
from tests.campaigns import standing, undisturbed

STORY = load("dong-thap-tthc-2023")
LEVEL = {"DEPARTMENT": "DEPARTMENT", "DISTRICT": "DISTRICT"}
SURPRISES = ("I-DX-1", "I-DX-2", "I-DX-3")
CHAIN = [
    ("planning", "SignalReceived"),
    ("planning", "TriggerProposed"),
    ("planning", "TriggerAssessed"),
    ("planning", "UnannouncedInspectionOrdered"),
    ("inspection", "InspectionPlanned"),
    ("inspection", "VisitStarted"),
    ("inspection", "FindingRaised"),
    ("inspection", "ConclusionIssued"),
    ("remediation", "RecommendationIssued"),
    ("remediation", "RemediationReported"),
    ("remediation", "RemediationVerified"),
    ("remediation", "RemediationClosed"),
]


async def told_in(home):
    """Tell the story; return its outcome, what lies on Kafka, traces and logs."""
    async with standing(home) as running:
        described = running.describe()
        outcome = await tell(STORY, described, undisturbed)
        messages = [
            describe(record)
            for topic in topics()
            for record in await read_all(described["kafka"], topic)
        ]
        received = {
            message["data"]["signal_id"]: message["correlation_id"]
            for message in messages
            if message["type"] == "planning.signal-received.v1"
        }
        traces = {
            signal: await find(described, correlation)
            for signal, correlation in received.items()
        }
        logs = {
            path.stem: path.read_text(encoding="utf-8").splitlines()
            for path in (home / "logs").glob("*.log")
        }
        return outcome, messages, traces, logs


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    home = tmp_path_factory.mktemp("campaign") / "Đồng Tháp 2023"
    return asyncio.run(told_in(home))


pytestmark = pytest.mark.embedded


@pytest.mark.seed("0.1", "0.2", "0.3", "0.4")
def test_every_expectation_of_the_story_holds(year):
    outcome = year[0]

    assert [check for check in outcome["checks"] if not check["ok"]] == []
    assert (outcome["ok"], outcome["steps"]) == (True, len(STORY.steps))


@pytest.mark.seed("0.2", "0.3", "0.4", "0.7")
def test_each_unit_is_ordered_once_in_its_quarter(year):
    told = [(m["type"], m["data"]) for m in year[1]]
    [plan] = [data for kind, data in told if kind == "planning.plan-issued.v1"]
    planned = {
        data["agency_id"]: data["planned_on"]
        for kind, data in told
        if kind == "planning.visit-ordered.v1"
    }
    counted = Counter(
        (LEVEL.get(target["kind"], "COMMUNE"), target["window"]["start"])
        for target in plan["targets"]
    )

    assert counted == {
        ("DEPARTMENT", "2023-04-01"): 5,
        ("DISTRICT", "2023-07-01"): 12,
        ("COMMUNE", "2023-07-01"): 36,
    }
    assert set(planned) == {target["agency_id"] for target in plan["targets"]}
    for target in plan["targets"]:
        window = target["window"]
        assert window["start"] <= planned[target["agency_id"]] <= window["end"]
        assert window["tentative"]


@pytest.mark.capability("C8")
@pytest.mark.seed("0.16", "1.10")
def test_no_topic_tells_a_unit_of_an_unannounced_inspection_before_it_starts(year):
    messages = year[1]
    begun = {
        m["data"]["inspection_id"]: datetime.fromisoformat(m["time"])
        for m in messages
        if m["type"] == "inspection.visit-started.v1"
    }
    early = [
        m["type"]
        for m in messages
        for inspection_id in SURPRISES
        if inspection_id in json.dumps(m["data"])
        and datetime.fromisoformat(m["time"]) < begun[inspection_id]
    ]

    assert len(early) >= len(SURPRISES)
    assert {CATALOGUE[kind].VISIBILITY for kind in early} == {"internal"}


@pytest.mark.capability("C8")
@pytest.mark.parametrize("inspection_id", SURPRISES)
def test_no_log_names_an_unannounced_inspection_before_it_starts(year, inspection_id):
    logs = year[3]

    assert logs
    for service, lines in logs.items():
        naming = [line for line in lines if inspection_id in line]
        if naming:
            begins = ("VisitStarted", "OrderDisclosed", "visit-started", "start-visit")
            assert any(word in naming[0] for word in begins), (service, naming[0])


@pytest.mark.capability("C7")
@pytest.mark.seed("0.16", "0.17", "0.18", "0.19")
@pytest.mark.parametrize(
    ("signal", "case"),
    [("S-DON-1", "RC-DX-1"), ("S-BAO-1", "RC-DX-2"), ("S-PAKN-1", "RC-DX-3")],
)
def test_one_story_from_the_signal_to_the_closed_finding(year, signal, case):
    rows = year[2][signal]
    told = [(row["service"], row["type"]) for row in rows]

    places = [told.index(step) for step in CHAIN]
    assert places == sorted(places)
    closed = next(row for row in rows if row["type"] == "RemediationClosed")
    assert closed["stream"] == f"case-{case}"
    assert len({row["correlation_id"] for row in rows}) == 1
