"""From a plan's visits and its team to what units bear and officers do."""

from __future__ import annotations

from collections.abc import Mapping

from services.planning.domain.burden_events import Booking, Claim, LoadLimits
from services.planning.domain.officer import Duty
from services.planning.domain.plan import Plan
from services.planning.domain.team import Member, Team

Duties = Mapping[Member, tuple[Duty, ...]]


def claim_of(plan: Plan, agency_id: str) -> Claim | None:
    """Return what a plan wants of a unit; nothing if it is not a target (any more)."""
    target = plan.targets.get(agency_id)
    if target is None or plan.draft is None:
        return None
    return Claim(
        plan_id=plan.draft.plan_id,
        window=target.window,
        year=plan.draft.year,
        programmes=plan.draft.programmes,
        content_items=plan.draft.content_items,
    )


def booking_of(plan: Plan, inspection_id: str) -> Booking | None:
    """Return the day a visit takes of its unit; one at the desk takes none."""
    visit = plan.visits[inspection_id]
    if plan.draft is None or visit.progress.planned_on is None or visit.progress.desk:
        return None
    return Booking(
        inspection_id=inspection_id,
        plan_id=plan.draft.plan_id,
        day=visit.progress.planned_on,
    )


def limits_of(plan: Plan) -> LoadLimits:
    """Return the limits that a plan sets itself."""
    if plan.draft is None:
        return LoadLimits()
    policy = plan.draft.load_policy
    return LoadLimits(
        max_visit_days=policy.max_visit_days,
        max_visits_per_year=policy.max_visits_per_year,
        min_gap_days=policy.min_gap_days or 0,
        blackout=policy.blackout,
    )


def duties_of(team: Team, plan: Plan) -> Duties:
    """Return the visits that each person of a team is still to make for a plan."""
    if team.decision is None or plan.draft is None or team.dissolved is not None:
        return {}
    mine = {r.round_id for r in plan.rounds.values() if r.team_id == _id(team)}
    duties: dict[Member, list[Duty]] = {}
    for inspection_id, visit in plan.visits.items():
        day = visit.progress.planned_on
        done = visit.withdrawn or visit.progress.visited_on is not None
        if visit.round_id not in mine or done or day is None:
            continue
        duty = Duty(
            team_id=_id(team),
            plan_id=plan.draft.plan_id,
            inspection_id=inspection_id,
            target_id=visit.agency_id,
            planned_on=day,
            desk=visit.progress.desk,
            cool_off_months=plan.draft.cool_off_months,
        )
        before = plan.before(visit.agency_id)
        for seat in team.at(visit.agency_id, inspection_id, formerly=before):
            if seat.person_ref is not None:
                duties.setdefault(seat.officer, []).append(duty)
    return {member: tuple(mine_) for member, mine_ in duties.items()}


def teams_of(plan: Plan) -> tuple[str, ...]:
    """Return the teams that a plan sends out, each once."""
    return tuple(dict.fromkeys(round_.team_id for round_ in plan.rounds.values()))


def _id(team: Team) -> str:
    return team.decision.team_id if team.decision else ""
