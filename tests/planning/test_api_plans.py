"""What an issued plan is asked over HTTP, and what is asked before it is signed."""

import dataclasses
import json
from dataclasses import replace
from hashlib import sha256

import pytest

from services.chassis.calendar import official
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows, bearer, open_client
from services.chassis.testing.views import open_views
from services.planning import app, queries
from services.planning.api import verbs
from services.planning.domain.names import NameTaken
from services.planning.handlers import PLAN as PLAN_KIND
from services.planning.handlers.rounds import NAME
from tests.planning.change_examples import SEED
from tests.planning.examples import (
    COMMUNES,
    DRAFTED,
    NOI_VU,
    PLAN_IN_EFFECT,
    ROUND_SCHEDULED,
    added,
)
from tests.planning.registry import (
    MemoryRegistry,
    Simulated,
    begin,
    plan,
    register,
    team,
)

MAY = {"start": "2023-05-09", "end": "2023-05-23"}
QUARTER = {
    "start": "2023-04-01",
    "end": "2023-06-30",
    "tentative": True,
    "granularity": "QUARTER",
}
PLAN = "/plans/KH-2023-HN"
TWO = {"kind": "COMMUNE", "rule": "EXACT", "n": 2, "parent": "hong-ngu"}


@pytest.fixture
def service(journal):
    ports = Ports(journal=journal, rows=NoRows(), calendar=official())
    built = app.build(ports)
    asked = verbs(MemoryRegistry(), official(), Simulated())
    return dataclasses.replace(built, verbs=asked)


@pytest.fixture
async def client(service, journal, clock):
    async with open_client(service, journal, clock) as it:
        yield it


async def ask(client, role, path, body):
    officer = bearer(f"dev:hong-ngu:{role}:p-01")
    return await client.post(path, json=body, headers=officer)


def code(answer):
    return answer.json()["type"].removeprefix("/problems/")


async def names(journal, stream):
    return [type(r.event).__name__ for r in await journal.read(stream)]


async def test_a_plan_is_chosen_by_quota_and_no_unit_is_too_many(client, journal):
    await register(journal, *COMMUNES)
    await plan(journal, DRAFTED)
    quota = {"quota": TWO, "window": QUARTER, "mode": "INDIRECT"}

    assert (await ask(client, "planner", f"{PLAN}/set-quota", quota)).is_success
    answers = [
        await ask(
            client,
            "planner",
            f"{PLAN}/add-unit",
            {"agency_id": entry.agency_id, "window": QUARTER},
        )
        for entry in COMMUNES[:3]
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 409]
    assert code(answers[2]) == "quota-exceeded"


async def test_units_are_drawn_by_lot_over_http(client, journal):
    await register(journal, *COMMUNES)
    await plan(journal, DRAFTED)
    seal = sha256(SEED.encode()).hexdigest()
    quota = {**TWO, "rule": "RANDOM_DRAW", "seed_sha256": seal}
    body = {"quota": quota, "window": QUARTER}

    assert (await ask(client, "planner", f"{PLAN}/set-quota", body)).is_success
    drawn = await ask(client, "planner", f"{PLAN}/draw-units", {"seed": SEED})

    assert drawn.is_success
    history = await names(journal, "plan-KH-2023-HN")
    assert history[1:] == ["QuotaSet", "UnitsDrawn", "UnitAdded", "UnitAdded"]


@pytest.mark.seed("1.1")
async def test_a_number_is_taken_for_the_whole_year_of_an_agency(client, journal):
    await plan(journal, *PLAN_IN_EFFECT[:-1])
    other = dataclasses.replace(DRAFTED, plan_id="KH-KHAC")
    added = dataclasses.replace(PLAN_IN_EFFECT[2], plan_id="KH-KHAC")
    await begin(journal, PLAN_KIND, "KH-KHAC", other, added)
    number = {"document_number": "45/KH-UBND", "issued_on": "2023-04-20"}
    bad = {**number, "document_number": "bốn lăm"}

    assert code(await ask(client, "authority", f"{PLAN}/issue", bad)) == (
        "document-number-malformed"
    )
    first = await ask(client, "authority", f"{PLAN}/issue", number)
    second = await ask(client, "authority", "/plans/KH-KHAC/issue", number)

    assert first.is_success, first.text
    assert (second.status_code, code(second)) == (409, "document-number-taken")
    assert "PlanIssued" not in await names(journal, "plan-KH-KHAC")


async def test_a_document_is_replaced_corrected_and_recalled_never_edited(
    client, journal
):
    await plan(journal, *PLAN_IN_EFFECT[:-1])
    number = {"document_number": "45/KH-UBND", "issued_on": "2023-04-20"}
    await ask(client, "authority", f"{PLAN}/issue", number)
    letter = {"document_number": "231/UBND-NC", "correction": "Nơi nhận"}
    other = {"document_number": "52/KH-UBND", "reason": "Sai nội dung"}
    first = "/documents/hong-ngu-2023-45-KH-UBND"
    second = "/documents/hong-ngu-2023-52-KH-UBND"

    for path, body in (
        (f"{first}/correct", letter),
        (f"{first}/replace", other),
        (f"{second}/recall", {"reason": "Sai thẩm quyền"}),
    ):
        answer = await ask(client, "authority", path, body)
        assert answer.is_success, answer.text

    assert await names(journal, "document-hong-ngu-2023-45-KH-UBND") == [
        "DocumentRecorded",
        "DocumentCorrected",
        "DocumentReplaced",
    ]
    again = await ask(client, "authority", f"{first}/recall", {"reason": "x"})
    assert code(again) == "document-replaced"
    absent = await ask(client, "authority", "/documents/x/recall", {"reason": "x"})
    assert absent.status_code == 404


async def test_an_inspection_has_its_id_for_itself_over_all_plans(client, journal):
    await register(journal, *COMMUNES)
    await plan(journal, *PLAN_IN_EFFECT)
    await team(journal)
    visit = {
        "inspection_id": "I-1",
        "agency_id": "hn-an-loc",
        "planned_on": "2023-05-09",
    }
    body = {
        "round_id": "R-1",
        "window": MAY,
        "team_id": "T-2023-HN",
        "visits": [visit],
    }
    taken = NameTaken(name="inspection.I-1", plan_id="KH-KHAC")
    await begin(journal, NAME, taken.name, taken)

    answer = await ask(client, "planner", f"{PLAN}/schedule-round", body)

    assert code(answer) == "inspection-id-taken"
    assert "RoundScheduled" not in await names(journal, "plan-KH-2023-HN")
    assert await names(journal, "name-round.R-1") == []


async def test_what_happens_to_an_issued_plan_is_asked_by_verbs(client, journal):
    await register(journal, NOI_VU, *COMMUNES)
    await plan(journal, *ROUND_SCHEDULED)
    await team(journal)
    asked = (
        ("authority", "notify", {"notified_on": "2023-04-21"}),
        (
            "planner",
            "reschedule-visit",
            {
                "inspection_id": "I-2023-HN-01",
                "planned_on": "2023-05-10",
                "reason": "Mưa bão",
            },
        ),
        (
            "planner",
            "reschedule-target",
            {"agency_id": "hn-an-loc", "window": MAY, "reason": "Trùng lịch"},
        ),
        (
            "planner",
            "import-shortcomings",
            {
                "source": "PAR_INDEX",
                "period": "2022",
                "items": [{"item_ref": "a", "agency_id": "hn-an-loc", "text": "b"}],
            },
        ),
        (
            "authority",
            "add-unplanned-target",
            {"agency_id": "hong-ngu-noi-vu", "window": MAY, "reason": "x"},
        ),
        (
            "authority",
            "amend",
            {
                "document_number": "70/KH-UBND",
                "reason": "Chia tách",
                "withdraw": [{"agency_id": "hn-tan-hoi", "reason": "Chia tách"}],
                "quotas": [{"quota": {**TWO, "rule": "AT_LEAST"}, "window": QUARTER}],
            },
        ),
        (
            "authority",
            "cancel",
            {"document_number": "90/TB-UBND", "reason": "Dịch bệnh"},
        ),
    )
    for role, verb, body in asked:
        answer = await ask(client, role, f"{PLAN}/{verb}", body)
        assert answer.is_success, answer.text
        again = await ask(client, role, f"{PLAN}/{verb}", body)
        assert again.json()["version"] == answer.json()["version"]

    assert (await names(journal, "plan-KH-2023-HN"))[len(ROUND_SCHEDULED) :] == [
        "PlanNotified",
        "VisitRescheduled",
        "TargetRescheduled",
        "ShortcomingImported",
        "UnplannedTargetAdded",
        "PlanAmended",
        "TargetWithdrawn",
        "PlanCancelled",
        *["VisitCalledOff"] * 6,
    ]


MEMBERS = [{"person_ref": f"p-{n}", "agency_id": "hong-ngu-noi-vu"} for n in range(3)]


async def test_a_plan_is_played_through_before_it_is_signed_and_nothing_is_written(
    journal, clock, journal_database
):
    url = journal_database.of("planning_app")
    await register(journal, *COMMUNES)
    await plan(journal, *PLAN_IN_EFFECT[:-1])
    built = app.build(Ports(journal=journal, rows=NoRows(), calendar=official()))
    body = {"members": MEMBERS, "leave": ["p-0", "p-1"], "today": "2023-04-01"}
    before = await journal.head()

    async with (
        open_views(url, built, journal) as views,
        open_client(built, journal, clock, rows=views.rows) as client,
    ):
        await views.show()
        first = await ask(client, "planner", f"{PLAN}/simulate", body)
        second = await ask(client, "planner", f"{PLAN}/simulate", body)
        officer = bearer("dev:hong-ngu:planner:p-01")
        plain = await client.get(f"{PLAN}/simulate", headers=officer)
        absent = await ask(client, "planner", "/plans/KHAC/simulate", {})

    assert first.status_code == 200, first.text
    assert first.content == second.content
    answer = first.json()
    told = answer.pop("sha256")
    text = json.dumps(answer, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert told == sha256(text.encode()).hexdigest()
    assert [quota["short_by"] for quota in answer["quotas"]] == [0]
    assert len(answer["leave"]) == 7
    assert {load["person_ref"] for load in answer["load"]} == {"p-0", "p-1", "p-2"}
    assert set(answer["burden"].values()) == {1}
    assert plain.status_code == 200
    assert absent.status_code == 404
    assert await journal.head() == before


async def test_a_plan_is_signed_as_it_was_played_through_or_not_at_all(
    journal, clock, journal_database
):
    url = journal_database.of("planning_app")
    await register(journal, *COMMUNES)
    await plan(journal, *PLAN_IN_EFFECT[:-1])
    built = app.build(Ports(journal=journal, rows=NoRows(), calendar=official()))
    issue = {"document_number": "45/KH-UBND", "issued_on": "2023-04-20"}

    async with open_views(url, built, journal) as views:
        simulated = queries.SimulationView(views.rows)
        asked = verbs(MemoryRegistry(), official(), simulated)
        told = dataclasses.replace(built, verbs=asked)
        async with open_client(told, journal, clock, rows=views.rows) as client:
            await views.show()
            body = {"members": MEMBERS, "today": "2023-03-01"}
            answer = (await ask(client, "planner", f"{PLAN}/simulate", body)).json()
            signed = issue | {"simulation_hash": answer["sha256"]}
            other = await ask(client, "authority", f"{PLAN}/issue", signed)
            signed |= {"simulation": answer["assumed"]}
            second = (DRAFTED, added(COMMUNES[0]))
            elsewhere = (replace(event, plan_id="KH-2023-CV") for event in second)
            await begin(journal, PLAN_KIND, "KH-2023-CV", *elsewhere)
            await views.show()
            changed = await ask(client, "authority", f"{PLAN}/issue", signed)
            answer = (await ask(client, "planner", f"{PLAN}/simulate", body)).json()
            signed |= {"simulation_hash": answer["sha256"]}
            same = await ask(client, "authority", f"{PLAN}/issue", signed)

    assert (other.status_code, code(other)) == (409, "simulation-outdated")
    assert (changed.status_code, code(changed)) == (409, "simulation-outdated")
    assert same.status_code == 200, same.text
    [*_, issued] = [r.event for r in await journal.read("plan-KH-2023-HN")]
    assert issued.simulation_hash == answer["sha256"]


async def test_the_decision_on_a_team_takes_its_number_too(client, journal):
    await plan(journal, *PLAN_IN_EFFECT)
    seats = [{"agency_id": "hong-ngu-noi-vu", "role": "HEAD"}]
    body = {
        "plan_id": "KH-2023-HN",
        "decision_number": "120/QĐ-UBND",
        "decided_on": "2023-04-25",
        "lead_agency": "hong-ngu-noi-vu",
        "seats": seats,
    }

    first = await ask(client, "authority", "/teams/T-1/establish", body)
    again = await ask(client, "authority", "/teams/T-1/establish", body)
    other = await ask(client, "authority", "/teams/T-2/establish", body)

    assert (first.status_code, again.status_code) == (200, 200)
    assert code(other) == "document-number-taken"
    assert await names(journal, "document-hong-ngu-2023-120-QD:-UBND") == [
        "DocumentRecorded"
    ]
    assert await names(journal, "team-T-2") == []
