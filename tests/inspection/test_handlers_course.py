"""Per command of what comes in between, and between unit and team: written, ignored."""

from dataclasses import replace
from datetime import datetime
from functools import partial, update_wrapper
from typing import Any, NamedTuple

import pytest

from services.chassis.access import Principal
from services.chassis.journal import Append
from services.inspection import commands as asked
from services.inspection import handlers
from tests.inspection.examples import (
    ARRIVAL,
    AT_THE_UNIT,
    CALENDAR,
    FILE,
    PLANNED,
    ROUND_OVER,
    VISITED,
)
from tests.inspection.examples_course import (
    AT_THE_COUNTER,
    CANCELLED,
    CONFIRMED,
    DATA,
    EXPLAINED,
    GUIDED,
    ID,
    MONITORED,
    OBSTRUCTED,
    POSTPONED,
    REPORT,
)
from tests.inspection.moments import HEAD, at, hanoi

UNIT = Principal(agency_id="hn-tan-hoi", role="unit-head", person_ref="p-71")
STREAM = f"inspection-{ID}"
receive_report = update_wrapper(
    partial(handlers.receive_report, calendar=CALENDAR), handlers.receive_report
)


class Case(NamedTuple):
    """A command, when it is asked, what happened before and what comes of it."""

    handler: Any
    command: Any
    moment: datetime
    history: tuple[Any, ...]
    comes: Any
    officer: Principal = HEAD


CASES = [
    Case(
        handlers.postpone_inspection,
        asked.PostponeInspection(
            reason="RAIN", planned_on="2023-05-23", remark=POSTPONED.remark
        ),
        hanoi(5, 22),
        (PLANNED,),
        POSTPONED,
    ),
    Case(
        handlers.cancel_inspection,
        asked.CancelInspection(reason=CANCELLED.reason),
        hanoi(5, 15),
        (PLANNED,),
        CANCELLED,
    ),
    Case(
        handlers.refuse_visit,
        asked.RefuseVisit(reason=OBSTRUCTED.reason, witness_ref="p-05"),
        ARRIVAL,
        (PLANNED,),
        OBSTRUCTED,
    ),
    Case(
        handlers.visit_point,
        asked.VisitPoint(point="Bộ phận Một cửa"),
        ARRIVAL,
        AT_THE_UNIT,
        AT_THE_COUNTER,
    ),
    Case(
        receive_report,
        asked.ReceiveReport(document_number="45/BC-UBND", sha256=FILE),
        hanoi(5, 18),
        (PLANNED,),
        REPORT,
        UNIT,
    ),
    Case(
        handlers.attach_monitoring_data,
        asked.AttachMonitoringData(
            source_system="bo-chi-so-766",
            period="2023-Q1",
            reference=DATA.reference,
            sha256=FILE,
            summary=MONITORED.summary,
        ),
        hanoi(5, 22),
        (PLANNED,),
        MONITORED,
    ),
    Case(
        handlers.give_guidance,
        asked.GiveGuidance(
            guidance_id="G-1",
            text=GUIDED.text,
            item="PUBLICATION",
            to_roles=("ONE_STOP_OFFICER",),
        ),
        ARRIVAL,
        AT_THE_UNIT,
        GUIDED,
    ),
    Case(
        handlers.explain,
        asked.Explain(
            explanation_id="GT-1",
            finding_ids=("F-07-1",),
            text=EXPLAINED.text,
            document_number="50/GT-UBND",
        ),
        hanoi(5, 24),
        ROUND_OVER,
        EXPLAINED,
        UNIT,
    ),
    Case(
        handlers.confirm_finding,
        asked.ConfirmFinding(finding_id="F-07-1", remark=CONFIRMED.remark),
        hanoi(5, 25),
        (*VISITED, EXPLAINED),
        CONFIRMED,
    ),
]
EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.handler.__name__)


async def begin(journal, history):
    with at(hanoi(4, 1), STREAM):
        await journal.append(Append(stream=STREAM, expected=0, events=history))


@EACH
async def test_what_is_decided_is_written_once(journal, case):
    await begin(journal, case.history)

    with at(case.moment, "once", case.officer):
        first = await case.handler(ID, case.command, journal)
    with at(case.moment, "twice", case.officer):
        again = await case.handler(ID, case.command, journal)

    assert first.events == [case.comes]
    assert again.events == ()
    assert (await journal.read(STREAM))[-1].event == case.comes


@pytest.mark.parametrize("case", [c for c in CASES if c.officer is UNIT])
async def test_a_head_answers_for_their_own_unit_only(journal, case):
    await begin(journal, case.history)
    other = replace(UNIT, agency_id="hn-binh-thanh")

    with at(case.moment, "", other), pytest.raises(Exception) as refused:  # noqa: PT011 - its code is asked
        await case.handler(ID, case.command, journal)

    assert refused.value.code == "not-your-inspection"


@pytest.mark.parametrize("case", [c for c in CASES if c.officer is HEAD])
async def test_nobody_of_the_unit_does_the_team_s_work(journal, case):
    await begin(journal, case.history)
    own = replace(HEAD, agency_id="hn-tan-hoi")

    with at(case.moment, "", own), pytest.raises(Exception) as refused:  # noqa: PT011 - its code is asked
        await case.handler(ID, case.command, journal)

    assert refused.value.code == "officer-inspects-own-agency"
