"""Teams and heads as planning and the registry tell them, up to what HTTP refuses."""

from datetime import date

import pytest

from contracts.planning import (
    Group,
    Member,
    MemberAppointed,
    MemberInvited,
    MemberRecused,
    MemberReplaced,
    Seat,
    TeamDissolved,
    TeamEstablished,
    TeamRecomposed,
    TeamSplit,
)
from contracts.registry import HeadAppointed
from services.chassis.testing.client import bearer
from services.inspection.handlers import CREW
from tests.inspection.asking import FINDING, INSPECTION, METRIC, OF_IT, begin, code
from tests.inspection.examples import AT_THE_UNIT, PLANNED, RAISED
from tests.inspection.moments import at, hanoi

TEAM = {"team_id": "T-2023-HN", "plan_id": "KH-2023-HN"}
DECIDED = {
    **TEAM,
    "decision_number": "12/QĐ-UBND",
    "decided_on": date(2023, 4, 24),
    "lead_agency": "hong-ngu-noi-vu",
}
HEAD = Seat(agency_id="hong-ngu-noi-vu", role="HEAD", person_ref="p-01")
OFFICE = Seat(agency_id="hong-ngu-vp", role="MEMBER")
NAMED = Seat(agency_id="hong-ngu-vp", role="MEMBER", person_ref="p-02", title="CV")
OTHER = NAMED.model_copy(update={"person_ref": "p-03"})
GUEST = Seat(
    agency_id="hong-ngu-tu-phap",
    role="MEMBER",
    person_ref="p-04",
    for_inspection="I-2023-HN-07",
)
ESTABLISHED = TeamEstablished(**DECIDED, seats=(HEAD, OFFICE))
APPOINTED = MemberAppointed(**TEAM, seat=NAMED)
REPLACED = MemberReplaced(**TEAM, before=NAMED, seat=OTHER, reason="Chuyển công tác")
INVITED = MemberInvited(**TEAM, seat=GUEST, by_agency="hong-ngu-noi-vu")
RECUSED = MemberRecused(
    **TEAM,
    member=Member(agency_id="hong-ngu-vp", person_ref="p-02"),
    target_id="hn-tan-hoi",
    reason="Có người thân làm việc tại xã",
)
SPLIT = TeamSplit(
    **TEAM,
    groups=(
        Group(
            group_id="TO-1",
            leader=Member(agency_id="hong-ngu-vp", person_ref="p-02"),
            members=(),
            target_ids=("hn-binh-thanh",),
        ),
        Group(
            group_id="TO-2",
            leader=Member(agency_id="hong-ngu-noi-vu", person_ref="p-01"),
            members=(),
            target_ids=("hn-tan-hoi",),
        ),
    ),
)
RECOMPOSED = TeamRecomposed(
    **DECIDED | {"decision_number": "19/QĐ-UBND"},
    replaces="12/QĐ-UBND",
    seats=(HEAD, OTHER),
)
DISSOLVED = TeamDissolved(**TEAM, dissolved_on=date(2023, 5, 20), reason="DECIDED")
CHAIRMAN = HeadAppointed(
    agency_id="hn-tan-hoi",
    person_ref="p-71",
    title="Chủ tịch UBND xã Tân Hội",
    valid_from=date(2021, 6, 30),
)
IN_IT, NOT_IN_IT = 200, "officer-not-in-team"


async def hear(service, journal, *events):
    for event in events:
        with at(hanoi(4, 25), event.model_dump_json()):
            async with journal.transaction():
                await service.on[type(event)](event, journal)


async def record(client, agency, person, role="team-member"):
    """Ask to record a figure; return 200, or the code of the refusal."""
    answer = await client.post(
        f"{OF_IT}/record-metric",
        json=METRIC,
        headers=bearer(f"dev:{agency}:{role}:{person}"),
    )
    return answer.status_code if answer.is_success else code(answer)


@pytest.mark.capability("C5")
@pytest.mark.parametrize(
    ("told", "person", "comes"),
    [
        ((), "p-02", IN_IT),
        ((APPOINTED,), "p-02", IN_IT),
        ((APPOINTED,), "p-03", NOT_IN_IT),
        ((APPOINTED, REPLACED), "p-02", NOT_IN_IT),
        ((APPOINTED, REPLACED), "p-03", IN_IT),
        ((APPOINTED, RECUSED), "p-02", NOT_IN_IT),
        ((APPOINTED, SPLIT), "p-02", NOT_IN_IT),
        ((APPOINTED, SPLIT, RECOMPOSED), "p-03", IN_IT),
        ((APPOINTED, SPLIT, RECOMPOSED), "p-02", NOT_IN_IT),
    ],
)
async def test_the_team_as_it_sits_now_records(  # noqa: PLR0913, PLR0917 -- a table
    client, service, journal, told, person, comes
):
    await begin(journal, INSPECTION, AT_THE_UNIT)
    await hear(service, journal, ESTABLISHED, *told)

    assert await record(client, "hong-ngu-vp", person) == comes


@pytest.mark.capability("C5")
async def test_a_guest_records_where_they_were_invited(client, service, journal):
    await begin(journal, INSPECTION, AT_THE_UNIT)
    await hear(service, journal, ESTABLISHED)
    assert await record(client, "hong-ngu-tu-phap", "p-04") == NOT_IN_IT

    await hear(service, journal, INVITED)
    assert await record(client, "hong-ngu-tu-phap", "p-04") == IN_IT


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("start-visit", {}),
        ("raise-finding", FINDING),
        ("notify-unit", {}),
        ("postpone", {"reason": "RAIN", "planned_on": "2023-05-23"}),
        ("refer-misconduct", {"to_authority": "hong-ngu", "reference": "CV-1"}),
    ],
)
async def test_nobody_acts_as_a_head_of_a_team_that_is_anothers(
    client, service, journal, verb, body
):
    await begin(journal, INSPECTION, [PLANNED])
    await hear(service, journal, ESTABLISHED)

    answer = await client.post(
        f"{OF_IT}/{verb}", json=body, headers=bearer("dev:an-giang:team-head:p-01")
    )

    assert (answer.status_code, code(answer)) == (409, NOT_IN_IT)


async def test_who_stands_above_the_team_by_law_needs_no_seat_in_it(
    client, service, journal
):
    await begin(journal, INSPECTION, [PLANNED])
    await hear(service, journal, ESTABLISHED)
    body = {"reason": "RAIN", "planned_on": "2023-05-25"}

    answer = await client.post(
        f"{OF_IT}/postpone", json=body, headers=bearer("dev:hong-ngu:authority:p-00")
    )

    assert answer.is_success


async def test_a_team_that_is_no_more_starts_no_visit(client, service, journal):
    await begin(journal, INSPECTION, [PLANNED])
    await hear(service, journal, ESTABLISHED, DISSOLVED)

    answer = await client.post(
        f"{OF_IT}/start-visit",
        json={},
        headers=bearer("dev:hong-ngu-noi-vu:team-head:p-01"),
    )

    assert code(answer) == "team-dissolved"


async def test_what_is_heard_twice_is_noted_once(service, journal):
    told = (ESTABLISHED, APPOINTED, INVITED, RECUSED, SPLIT, DISSOLVED)
    for event in told:
        await hear(service, journal, event, event)

    history = await journal.read(CREW.stream("T-2023-HN"))
    assert len(history) == len(told)


@pytest.mark.seed("1.11")
@pytest.mark.capability("C14")
async def test_a_finding_names_the_head_that_the_registry_told_of(
    client, service, journal
):
    await begin(journal, INSPECTION, AT_THE_UNIT)
    await hear(service, journal, CHAIRMAN, CHAIRMAN)
    officer = bearer("dev:hong-ngu-noi-vu:team-head:p-01")

    for _ in range(2):
        answer = await client.post(
            f"{OF_IT}/raise-finding", json=FINDING, headers=officer
        )
        assert answer.is_success

    *_, found = [r.event for r in await journal.read(INSPECTION)]
    assert type(found) is type(RAISED)
    assert (found.finding.head_ref, found.finding.head_title) == (
        "p-71",
        "Chủ tịch UBND xã Tân Hội",
    )
    assert found.finding.head_source == "REGISTRY"


@pytest.mark.capability("C14")
async def test_another_head_is_refused_over_http_and_the_right_one_named(
    client, service, journal
):
    await begin(journal, INSPECTION, AT_THE_UNIT)
    await hear(service, journal, CHAIRMAN)
    body = {**FINDING, "responsible": {"head_ref": "p-99"}}

    answer = await client.post(
        f"{OF_IT}/raise-finding",
        json=body,
        headers=bearer("dev:hong-ngu-noi-vu:team-head:p-01"),
    )

    assert code(answer) == "head-not-in-office"
    assert "p-71" in answer.json()["detail"]
