"""What comes in between, in the views: reports, answers, refusals, delays."""

import pytest

from services.chassis.journal import Append
from services.chassis.testing.client import bearer, open_client
from services.chassis.testing.views import open_views
from tests.inspection.examples import ALL_SEEN, AT_THE_UNIT, PLANNED, VISITED
from tests.inspection.examples_course import (
    AT_THE_COUNTER,
    CANCELLED,
    CONFIRMED,
    DROPPED,
    EXPLAINED,
    GUIDED,
    ID,
    MONITORED,
    OBSTRUCTED,
    POSTPONED,
    REPORT,
    ROUND_ID,
)
from tests.inspection.moments import at, hanoi

ONE = f"/inspections/{ID}"


@pytest.fixture
async def views(databases, service, journal):
    with databases.clone("inspection") as urls:
        url = urls.of("inspection_app")
        async with open_views(url, service, journal) as it:
            yield it


@pytest.fixture
async def show(views, service, journal, clock):
    """Record some events, and answer a GET from the views that hold them."""
    async with open_client(service, journal, clock, rows=views.rows) as client:

        async def shown(path, *history, stream=f"inspection-{ID}", role="team-head"):
            if history:
                append = Append(stream=stream, expected=0, events=history)
                with at(hanoi(5, 23), stream):
                    await journal.append(append)
            await views.show()
            officer = bearer(f"dev:hong-ngu:{role}:p-01")
            return await client.get(path, headers=officer)

        yield shown


async def test_an_inspection_shows_what_unit_and_team_gave_each_other(show):
    history = (PLANNED, REPORT, MONITORED, *VISITED[2:], AT_THE_COUNTER, GUIDED)
    found = (await show(ONE, *history, EXPLAINED)).json()

    assert (found["report_number"], found["report_late"]) == ("45/BC-UBND", False)
    assert [it["source_system"] for it in found["monitoring"]] == ["bo-chi-so-766"]
    assert [it["point"] for it in found["points_visited"]] == ["Bộ phận Một cửa"]
    assert [it["guidance_id"] for it in found["guidance"]] == ["G-1"]
    assert [it["explanation_id"] for it in found["explanations"]] == ["GT-1"]
    assert found["findings"][0]["state"] == "explained"


async def test_a_finding_that_is_held_on_to_is_confirmed(show):
    answer = await show("/findings/F-07-1", *VISITED, EXPLAINED, CONFIRMED)

    assert answer.json()["state"] == "confirmed"


@pytest.mark.parametrize(
    ("history", "shown"),
    [
        ((PLANNED, REPORT), {"state": "report_received"}),
        (
            (PLANNED, POSTPONED),
            {"state": "postponed", "planned_on": "2023-05-23", "postponed_count": 1},
        ),
        (
            (PLANNED, CANCELLED),
            {"state": "cancelled", "cancelled_reason": CANCELLED.reason},
        ),
        (
            (PLANNED, OBSTRUCTED),
            {"state": "planned", "refusal_count": 1, "refused_witness": "p-05"},
        ),
        (AT_THE_UNIT, {"short_notice": False, "restricted": False}),
    ],
)
async def test_an_inspection_shows_how_far_it_is(show, history, shown):
    found = (await show(ONE, *history)).json()

    assert {name: found[name] for name in shown} == shown


@pytest.mark.seed("1.6")
async def test_a_unit_that_let_nobody_work_is_before_the_authority(show):
    answer = await show("/obstructions", PLANNED, OBSTRUCTED, role="authority")

    [row] = answer.json()["items"]
    assert (row["inspection_id"], row["refused_reason"]) == (ID, OBSTRUCTED.reason)
    elsewhere = await show("/obstructions?plan_id=KH-2024", role="authority")
    assert elsewhere.json()["items"] == []


async def test_a_round_shows_what_it_does_not_wait_for(show):
    found = await show(
        f"/rounds/{ROUND_ID}", *ALL_SEEN[:-1], DROPPED, stream=f"round-{ROUND_ID}"
    )

    dropped = {it["inspection_id"]: it["dropped"] for it in found.json()["units"]}
    assert dropped == {"I-2023-HN-06": None, ID: "CANCELLED"}
