"""Basis and mode through the whole service: unannounced, at the desk, put off."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.planning import TargetWithdrawn, VisitCalledOff, VisitRescheduled
from services.chassis.testing.client import bearer
from tests.inspection.asking import FINDING, MINUTES, RECOMMENDATION, begin, code
from tests.inspection.examples import (
    ALL_SEEN,
    AT_THE_UNIT,
    FILE,
    PLANNED,
    ROUND_PLANNED,
    TAN_HOI,
)
from tests.inspection.examples_course import DESK
from tests.inspection.moments import hanoi, settle
from tests.inspection.unannounced import HIDDEN, ORDER_NUMBER, ORDERED, hear

ID, ROUND = "I-2023-HN-07", "R-2023-HN"
DATA = {"source_system": "bo-chi-so-766", "reference": "bang-quy-1", "sha256": FILE}
REPORT = {"document_number": "45/BC-UBND", "sha256": FILE}
ASSESSMENT = {"item": "DIRECTION", "rating": "GOOD"}
CONCLUSION = {"document_number": "70/TB-UBND", "recommendations": [RECOMMENDATION]}


def ask(client, agency="hong-ngu-noi-vu"):
    async def asked(role, path, body):
        officer = bearer(f"dev:{agency}:{role}:p-01")
        return await client.post(path, json=body, headers=officer)

    return asked


async def done(answer):
    reply = await answer
    assert reply.is_success, reply.text
    return reply


async def types(journal, stream):
    return [type(r.event).__name__ for r in await journal.read(stream)]


async def begin_round(journal):
    """A round of two, of which the other was visited."""
    other = replace(PLANNED, inspection_id="I-2023-HN-06")
    await begin(journal, "inspection-I-2023-HN-06", [other])
    await begin(journal, f"round-{ROUND}", ALL_SEEN[:-1])


@pytest.mark.seed("1.10", "0.16")
async def test_an_unannounced_inspection_goes_from_order_to_conclusion(
    client, service, journal, now
):
    team, unit = ask(client), ask(client, "hn-tan-hoi")
    of_it = f"/inspections/{HIDDEN}"
    await hear(service, journal, ORDERED, ORDERED)
    assert code(await team("team-head", f"{of_it}/notify-unit", {})) == (
        "unannounced-not-notified"
    )
    await done(team("team-head", f"{of_it}/start-visit", {}))
    await done(team("team-member", f"{of_it}/assess-content", ASSESSMENT))
    await done(team("team-member", f"{of_it}/raise-finding", FINDING))
    await done(team("team-head", f"{of_it}/complete-visit", {}))
    await done(team("team-head", f"{of_it}/sign-minutes", MINUTES))
    await settle(service, journal)
    await done(team("team-head", f"/rounds/R-{HIDDEN}/end", {}))
    await settle(service, journal)
    told = {"explanation_id": "GT-1", "finding_ids": ["F-07-1"], "text": "Đã hiểu"}
    await done(unit("unit-head", f"{of_it}/explain", told))
    now.now = hanoi(6, 5)
    await done(team("authority", f"{of_it}/issue-conclusion", CONCLUSION))

    started, *_ = [
        r.event
        for r in await journal.read(f"inspection-{HIDDEN}")
        if type(r.event).__name__ == "VisitStarted"
    ]
    assert started.decision_number == ORDER_NUMBER
    assert await types(journal, f"round-R-{HIDDEN}") == [
        "RoundPlanned",
        "InspectionEnrolled",
        "RoundDisclosed",
        "VisitCounted",
        "RoundEnded",
    ]
    concluded = (await journal.read(f"inspection-{HIDDEN}"))[-1].event
    assert (concluded.basis, concluded.mode) == ("UNANNOUNCED", "DIRECT")
    assert (concluded.authority, str(concluded.due_on)) == (
        "hong-ngu-noi-vu",
        "2023-06-12",
    )


@pytest.mark.capability("C11")
@pytest.mark.seed("3.13")
async def test_a_desk_inspection_goes_from_report_to_conclusion(
    client, service, journal, now
):
    team, unit = ask(client), ask(client, "hn-tan-hoi")
    of_it = f"/inspections/{ID}"
    await begin(journal, f"inspection-{ID}", [DESK])
    await begin_round(journal)
    assert code(await team("team-head", f"{of_it}/start-visit", {})) == (
        "desk-inspection-has-no-visit"
    )
    assert code(await team("team-head", f"/rounds/{ROUND}/end", {})) == (
        "visit-outstanding"
    )
    await done(unit("unit-head", f"{of_it}/receive-report", REPORT))
    await done(team("team-member", f"{of_it}/attach-monitoring-data", DATA))
    await done(team("team-member", f"{of_it}/assess-content", ASSESSMENT))
    await done(team("team-member", f"{of_it}/raise-finding", FINDING))
    await settle(service, journal)
    now.now = hanoi(5, 23)
    await done(team("team-head", f"/rounds/{ROUND}/end", {}))
    await settle(service, journal)
    now.now = hanoi(6, 5)
    await done(team("authority", f"{of_it}/issue-conclusion", CONCLUSION))

    kinds = await types(journal, f"inspection-{ID}")
    assert not [kind for kind in kinds if kind.startswith(("Visit", "Minutes"))]
    concluded = (await journal.read(f"inspection-{ID}"))[-1].event
    assert (concluded.mode, str(concluded.due_on)) == ("INDIRECT", "2023-06-13")


@pytest.mark.capability("C17")
async def test_what_is_put_off_beyond_its_round_has_a_clock_of_its_own(
    client, service, journal, now
):
    team = ask(client)
    of_it = f"/inspections/{ID}"
    await begin(journal, f"inspection-{ID}", [PLANNED])
    await begin_round(journal)
    delay = {"reason": "ILLNESS", "planned_on": "2023-05-30"}
    await done(team("team-head", f"{of_it}/postpone", delay))
    await settle(service, journal)
    now.now = hanoi(5, 23)
    await done(team("team-head", f"/rounds/{ROUND}/end", {}))
    now.now = hanoi(5, 30)
    await done(team("team-head", f"{of_it}/start-visit", {}))
    await done(team("team-member", f"{of_it}/assess-content", ASSESSMENT))
    await done(team("team-head", f"{of_it}/complete-visit", {}))
    await settle(service, journal)

    ended = [r.event for r in await journal.read(f"round-{ROUND}")]
    assert [e.inspection_ids for e in ended if type(e).__name__ == "RoundEnded"] == [
        ("I-2023-HN-06",)
    ]
    clock = (await journal.read(f"inspection-{ID}"))[-1].event
    assert type(clock).__name__ == "ConclusionClockStarted"
    assert (str(clock.ended_on), str(clock.due_on)) == ("2023-05-30", "2023-06-20")


async def test_a_round_of_which_one_was_called_off_ends_without_it(
    client, service, journal, now
):
    team = ask(client)
    await begin(journal, f"inspection-{ID}", [PLANNED])
    await begin_round(journal)
    reason = {"reason": "Đoàn của Tỉnh kiểm tra cùng nội dung"}
    await done(team("authority", f"/inspections/{ID}/cancel", reason))
    await settle(service, journal)
    now.now = hanoi(5, 23)

    await done(team("team-head", f"/rounds/{ROUND}/end", {}))
    await settle(service, journal)

    assert await types(journal, f"inspection-{ID}") == [
        "InspectionPlanned",
        "InspectionCancelled",
    ]


async def test_a_delay_within_the_round_is_waited_for(client, service, journal, now):
    team = ask(client)
    await begin(journal, f"inspection-{ID}", [PLANNED])
    await begin(journal, f"round-{ROUND}", [ROUND_PLANNED, TAN_HOI])
    delay = {"reason": "RAIN", "planned_on": "2023-05-23"}
    await done(team("team-head", f"/inspections/{ID}/postpone", delay))
    await settle(service, journal)
    now.now = hanoi(5, 23)

    assert code(await team("team-head", f"/rounds/{ROUND}/end", {})) == (
        "visit-outstanding"
    )


async def test_what_the_plan_changes_is_taken_over(service, journal):
    await begin(journal, f"inspection-{ID}", [PLANNED])
    named = {"inspection_id": ID, "plan_id": "KH-2023-HN", "agency_id": "hn-tan-hoi"}
    moved = VisitRescheduled(
        **named,
        round_id=ROUND,
        before=date(2023, 5, 22),
        planned_on=date(2023, 5, 23),
        reason="RAIN",
    )
    gone = TargetWithdrawn(**named, document_number="80/QĐ-UBND", reason="Sáp nhập")
    never_ordered = gone.model_copy(update={"inspection_id": None})

    await hear(service, journal, moved, moved, never_ordered, gone, gone)

    assert await types(journal, f"inspection-{ID}") == [
        "InspectionPlanned",
        "InspectionPostponed",
        "InspectionCancelled",
    ]


@pytest.mark.parametrize("begun", [False, True])
async def test_what_the_plan_calls_off_ends_unless_it_has_begun(
    service, journal, begun
):
    history = AT_THE_UNIT if begun else [PLANNED]
    await begin(journal, f"inspection-{ID}", [*history])
    off = VisitCalledOff(
        inspection_id=ID,
        plan_id="KH-2023-HN",
        agency_id="hn-tan-hoi",
        reason="Dịch bệnh",
    )

    await hear(service, journal, off, off)

    written = await types(journal, f"inspection-{ID}")
    assert written[len(history) :] == ([] if begun else ["InspectionCancelled"])
