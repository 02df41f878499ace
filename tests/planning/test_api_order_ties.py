"""Over HTTP: a late tie is shown to those who may read the order, to nobody else."""

from dataclasses import replace

import pytest

from services.chassis.calendar import official
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows, open_client
from services.chassis.testing.views import open_views
from services.planning import app, queries
from services.planning.subscriptions import burdens, triggers
from tests.planning.examples import AN_LOC, HONG_NGU, PLAN_IN_EFFECT
from tests.planning.reacting import react
from tests.planning.registry import plan, register, team
from tests.planning.test_domain_order_ties import SENT
from tests.planning.triggering import (
    AUTHORITY,
    OFFICE,
    ORDER,
    OTHER,
    PLANNER,
    TEAM,
    UNIT_HEAD,
    done,
    get,
)

NEED = ORDER | {"ordered_for": "PRACTICAL_NEED", "proposal_id": None}
TIE = {
    "person_ref": "p-02",
    "member_of": "hong-ngu-vp",
    "agency_id": "hn-an-loc",
    "kind": "KINSHIP",
}


@pytest.mark.seed("1.5")
@pytest.mark.capability("C5")
async def test_a_late_tie_is_shown_with_the_order_and_leaks_nowhere(
    journal_database, journal, clock
):
    service = app.build(Ports(journal=journal, rows=NoRows(), calendar=official()))
    url = journal_database.of("planning_app")
    await plan(journal, *PLAN_IN_EFFECT)
    await team(journal, replace(SENT))
    await register(journal, HONG_NGU, AN_LOC, OFFICE)
    async with (
        open_views(url, service, journal) as views,
        open_client(service, journal, clock, rows=views.rows) as client,
    ):
        known = queries.OrdersView(views.rows)
        table = {**triggers.OWN, **triggers.own(known)}
        await done(client, AUTHORITY, "/orders/I-DX-1/order", NEED)
        path = "/officers/hong-ngu-vp.p-02/declare-tie"
        declared = await done(client, "dev:hong-ngu-vp:team-member:p-02", path, TIE)
        await views.show()
        await react(journal, table)
        await react(journal, burdens.OWN)
        await views.show()
        ours = await get(client, TEAM, "/orders/I-DX-1")
        theirs = [
            await get(client, who, f"/orders/I-DX-1{more}")
            for who in (UNIT_HEAD, PLANNER, OTHER)
            for more in ("", "/history")
        ]
        of_team = await get(client, TEAM, "/teams/T-2023-HN/conflicts")

    [conflict] = ours.json()["conflicts"]
    assert (conflict["person_ref"], conflict["tie"]) == ("p-02", "KINSHIP")
    assert {answer.status_code for answer in theirs} == {404}
    assert of_team.json()["items"] == []
    assert declared.json()["version"] == 1
