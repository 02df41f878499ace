"""Teams, officers, overlaps and loads over HTTP."""

import pytest

from services.chassis.calendar import official
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows, bearer, open_client
from services.chassis.testing.views import open_views
from services.planning import app
from services.planning.handlers import PLAN
from tests.planning.examples import PLAN_IN_EFFECT
from tests.planning.reacting import react
from tests.planning.registry import begin, team
from tests.planning.two_plans import HN, HN_TEAM, OVERLAP, order, two_plans_in

SEATS = [
    {"agency_id": "hong-ngu-noi-vu", "role": "HEAD"},
    {"agency_id": "hong-ngu-vp", "role": "MEMBER"},
]
DECISION = {
    "plan_id": HN,
    "decision_number": "120/QĐ-UBND",
    "decided_on": "2023-04-25",
    "lead_agency": "hong-ngu-noi-vu",
    "seats": SEATS,
    "decided_by": "hong-ngu-noi-vu",
    "delegated_by_plan_id": HN,
    "until": "PLAN_COMPLETED",
}
AUTHORITY = "dev:hong-ngu-noi-vu:authority:p-90"
HEAD = "dev:hong-ngu-noi-vu:team-head:p-01"
PLANNER = "dev:hong-ngu:planner:p-20"
APPOINT = {"agency_id": "hong-ngu-vp", "person_ref": "p-02"}
RECOMPOSE = {
    **{key: DECISION[key] for key in ("lead_agency", "seats", "decided_by")},
    "delegated_by_plan_id": HN,
    "decision_number": "131/QĐ-SNV",
    "replaces": "120/QĐ-UBND",
    "until": "2023-12-31",
}
SPLIT = {
    "groups": [
        {
            "group_id": "TO-1",
            "leader": {"agency_id": "hong-ngu-vp", "person_ref": "p-02"},
            "target_ids": ["hn-an-loc"],
        }
    ]
}
TIE = {
    "person_ref": "p-02",
    "member_of": "hong-ngu-vp",
    "agency_id": "hn-an-loc",
    "kind": "KINSHIP",
}


@pytest.fixture
def service(journal):
    return app.build(Ports(journal=journal, rows=NoRows(), calendar=official()))


@pytest.fixture
async def client(service, journal, clock):
    async with open_client(service, journal, clock) as it:
        yield it


async def ask(client, officer, path, body):
    return await client.post(path, json=body, headers=bearer(officer))


@pytest.mark.seed("1.18", "1.19", "1.21", "1.22")
@pytest.mark.capability("C5")
async def test_a_team_lives_from_its_decision_to_its_end(client, journal):
    await begin(journal, PLAN, HN, *PLAN_IN_EFFECT)
    for officer, verb, body in (
        (AUTHORITY, "establish", DECISION),
        (PLANNER, "appoint-member", APPOINT),
        (HEAD, "split", SPLIT),
        (HEAD, "invite-member", {"agency": "hong-ngu-tu-phap"}),
        (
            HEAD,
            "replace-member",
            {**APPOINT, "by": {"person_ref": "p-03"}, "reason": "Ốm"},
        ),
        (
            HEAD,
            "recuse-member",
            {
                "agency_id": "hong-ngu-vp",
                "person_ref": "p-03",
                "target_id": "hn-an-lac",
                "reason": "Người thân",
            },
        ),
        (AUTHORITY, "recompose", RECOMPOSE),
        (AUTHORITY, "dissolve", {}),
    ):
        path = f"/teams/T-2023-HN/{verb}"
        first = await ask(client, officer, path, body)
        assert first.is_success, first.text
        again = await ask(client, officer, path, body)
        assert again.json()["version"] == first.json()["version"]

    answer = await client.get("/teams/T-2023-HN/history")
    assert [event["type"] for event in answer.json()["items"]] == [
        "TeamEstablished",
        "MemberAppointed",
        "TeamSplit",
        "MemberInvited",
        "MemberReplaced",
        "MemberRecused",
        "TeamRecomposed",
        "TeamDissolved",
    ]


@pytest.mark.parametrize(
    "row",
    [
        (AUTHORITY, "teams/T-X/dissolve", {}, 404, "unknown-team"),
        (HEAD, "teams/T-X/split", SPLIT, 404, "unknown-team"),
        (
            "dev:hong-ngu:team-head:p-1",
            "teams/T-2023-HN/invite-member",
            {"agency": "hong-ngu-tu-phap"},
            409,
            "invited-not-by-head",
        ),
        (
            PLANNER,
            "overlaps/x/merge",
            {"lead_plan_id": HN, "lead_agency": "hong-ngu"},
            404,
            "unknown-overlap",
        ),
        (
            HEAD,
            "officers/hong-ngu-vp.p-9/declare-tie",
            TIE,
            409,
            "officer-named-otherwise",
        ),
        (HEAD, "overlaps/x/waive", {"reason": "Khác"}, 403, "not-allowed"),
        (
            PLANNER,
            "agencies/hn-an-loc/set-load-policy",
            {"blackout": [{"start": "2023-05-03", "end": "2023-05-01"}]},
            409,
            "window-reversed",
        ),
    ],
)
async def test_a_refusal_names_its_rule(client, journal, row):
    officer, path, body, status, code = row
    await begin(journal, PLAN, HN, *PLAN_IN_EFFECT)
    await team(journal, HN_TEAM)

    answer = await ask(client, officer, f"/{path}", body)

    assert answer.status_code == status
    told = answer.json()["type"].removeprefix("/problems/")
    assert told == code


@pytest.mark.capability("C6")
@pytest.mark.seed("1.6", "1.7")
async def test_burden_overlaps_and_a_joint_visit_are_shown(
    journal_database, service, journal, clock
):
    await two_plans_in(journal)
    await order(journal, HN)
    await react(journal)
    url = journal_database.of("planning_app")
    async with (
        open_views(url, service, journal) as views,
        open_client(service, journal, clock, rows=views.rows) as client,
    ):
        limits = {
            "max_visit_days": 3,
            "blackout": [{"start": "2023-05-17", "end": "2023-05-18"}],
        }
        await ask(client, PLANNER, "/agencies/hn-an-loc/set-load-policy", limits)
        await ask(client, HEAD, "/officers/hong-ngu-vp.p-02/declare-tie", TIE)
        await views.show()
        asked = bearer(PLANNER)
        burden = await client.get("/agencies/hn-an-loc/burden", headers=asked)
        open_ = await client.get(
            "/overlaps",
            params={"state": "open", "agency_id": "hn-an-loc"},
            headers=asked,
        )
        one = await client.get(f"/overlaps/{OVERLAP}", headers=asked)
        joint = await client.get(f"/overlaps/{OVERLAP}/proposal", headers=asked)
        conflicts = await client.get("/teams/T-2023-HN/conflicts", headers=asked)
        absent = [
            await client.get(path, headers=asked)
            for path in ("/agencies/x/burden", "/overlaps/x/proposal")
        ]
        seats = await client.get("/teams/T-2023-HN", headers=asked)
        hidden = await client.get(
            "/overlaps", headers=bearer("dev:hn-an-loc:unit-head:p-1")
        )

    assert burden.json()["visit_days"] == {"2023": 1}
    assert burden.json()["limits"]["max_visit_days"] == 3
    assert [p["plan_id"] for p in burden.json()["plans"]] == ["KH-2023-CV", HN]
    assert [o["overlap_id"] for o in open_.json()["items"]] == [OVERLAP]
    assert one.json()["kind"] == "UNIT"
    assert joint.json()["lead_plan_id"] == HN
    assert len(joint.json()["days"]) == 1
    assert [c["tie"] for c in conflicts.json()["items"]] == ["KINSHIP"]
    assert [answer.status_code for answer in absent] == [404, 404]
    assert [seat["person_ref"] for seat in seats.json()["seats"]] == ["p-01", "p-02"]
    assert hidden.status_code == 403


@pytest.mark.seed("1.10", "1.5")
async def test_a_tie_bars_an_unannounced_inspection_and_leaves_no_trace(
    client, journal
):
    await two_plans_in(journal)
    await ask(client, HEAD, "/officers/hong-ngu-vp.p-02/declare-tie", TIE)
    wanted = {
        "plan_id": HN,
        "agency_id": "hn-an-loc",
        "window": {"start": "2023-06-21", "end": "2023-06-23"},
        "team_id": "T-2023-HN",
        "order_number": "812/QĐ-UBND",
        "reason": "Yêu cầu thực tế",
        "ordered_for": "PRACTICAL_NEED",
    }
    authority = "dev:hong-ngu:authority:p-90"

    barred = await ask(client, authority, "/orders/I-DX-1/order", wanted)
    other = {**wanted, "agency_id": "hn-an-lac"}
    done = await ask(client, authority, "/orders/I-DX-2/order", other)

    assert barred.json()["type"] == "/problems/member-conflict-of-interest"
    assert done.is_success, done.text
    assert len(await journal.read("officer-hong-ngu-vp.p-02")) == 1
    assert await journal.read("order-I-DX-1") == []
