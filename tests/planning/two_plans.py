"""Two plans in effect for the same units, a team each with the same two people."""

from dataclasses import replace

from services.planning import domain
from services.planning.commands import plans
from services.planning.handlers import PLAN, TEAM, rounds
from tests.planning.examples import (
    ADDED,
    COMMUNES,
    DRAFTED,
    ESTABLISHED,
    HEAD,
    HONG_NGU,
    ISSUED,
    PLAN_IN_EFFECT,
    VISITS,
)
from tests.planning.registry import begin, register

HN, CV = "KH-2023-HN", "KH-2023-CV"
CV_DRAFTED = replace(
    DRAFTED, plan_id=CV, programmes=("PUBLIC_DUTY",), content_items=("OFFICER_DUTY",)
)
CV_ADDED = tuple(replace(added, plan_id=CV) for added in ADDED)
CV_ISSUED = replace(
    ISSUED,
    plan_id=CV,
    document_number="46/KH-UBND",
    programmes=("PUBLIC_DUTY",),
    content_items=("OFFICER_DUTY",),
)
CV_PLAN = (CV_DRAFTED, *CV_ADDED, CV_ISSUED)
MEMBER = domain.Seat(
    agency_id="hong-ngu-vp", role=domain.Role.MEMBER, person_ref="p-02"
)
HN_TEAM = replace(ESTABLISHED, seats=(HEAD, MEMBER))
CV_TEAM = replace(HN_TEAM, team_id="T-2023-CV", plan_id=CV, decision_number="9/QĐ")
DAYS = {"start": "2023-05-09", "end": "2023-05-23"}
AN_LOC_DAY = next(v.planned_on for v in VISITS if v.agency_id == "hn-an-loc")
OVERLAP = f"hn-an-loc:{CV}:{HN}"


def ordered(plan_id, agency_id="hn-an-loc", day=AN_LOC_DAY, n=1):
    """The command that orders one visit of a plan."""
    short = plan_id.rpartition("-")[2]
    return plans.ScheduleRound(
        round_id=f"R-2023-{short}-{n}",
        window=DAYS,
        team_id=f"T-2023-{short}",
        visits=[
            {
                "inspection_id": f"I-{short}-{n}",
                "agency_id": agency_id,
                "planned_on": day,
            }
        ],
    )


async def order(journal, plan_id, **asked_for):
    command = ordered(plan_id, **asked_for)
    return await rounds.schedule_round(plan_id, command, journal)


async def two_plans_in(journal):
    await register(journal, HONG_NGU, *COMMUNES)
    for plan_id, history, team in (
        (HN, PLAN_IN_EFFECT, HN_TEAM),
        (CV, CV_PLAN, CV_TEAM),
    ):
        await begin(journal, PLAN, plan_id, *history)
        await begin(journal, TEAM, team.team_id, team)


async def told(journal, aggregate, key):
    """Return the events of a stream."""
    return [r.event for r in await journal.read(aggregate.stream(key))]
