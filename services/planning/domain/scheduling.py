"""From a plan in effect to rounds and visits, each day checked against the unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.planning.domain.agency import Unit
from services.planning.domain.plan import (
    Plan,
    PlanDrafted,
    PlanEvent,
    PlanRefused,
    PlanUnknown,
    RoundScheduled,
    Target,
    VisitOrdered,
)
from services.planning.domain.team import Team
from services.planning.domain.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """Which unit is to be inspected when, under which id."""

    inspection_id: str
    agency_id: str
    planned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRound:
    """The round that is asked for."""

    round_id: str
    window: Window
    team_id: str
    visits: tuple[PlannedVisit, ...]


def schedule_round(
    plan: Plan, *, wanted: WantedRound, team: Team, units: Iterable[Unit]
) -> list[PlanEvent]:
    """Put a round on the calendar and order a visit to each of its units.

    *units* is what the registry says now of the agencies that are named.
    """
    if plan.draft is None:
        raise PlanUnknown("unknown-plan", "no such plan was drawn up")
    if not plan.in_effect:
        raise PlanRefused("plan-not-issued", f"the plan is {plan.status.value}")
    scheduled = _scheduled(plan.draft, wanted)
    if _already(plan, scheduled, wanted.visits):
        return []
    if wanted.round_id in plan.rounds:
        raise PlanRefused(
            "round-scheduled-otherwise", f"{wanted.round_id} is on the calendar"
        )
    if wanted.window.reversed:
        raise PlanRefused("window-reversed", "it ends before it begins")
    if team.decision is None or team.decision.plan_id != plan.draft.plan_id:
        raise PlanRefused("unknown-team", f"{wanted.team_id} is no team of the plan")
    _once(plan, wanted.visits)
    known = {unit.agency_id: unit for unit in units}
    for visit in wanted.visits:
        _possible(plan, wanted.window, visit, team, known.get(visit.agency_id))
    orders = (
        _order(plan.draft, scheduled, visit, team, known[visit.agency_id])
        for visit in wanted.visits
    )
    return [scheduled, *orders]


def _scheduled(draft: PlanDrafted, wanted: WantedRound) -> RoundScheduled:
    return RoundScheduled(
        round_id=wanted.round_id,
        plan_id=draft.plan_id,
        window=wanted.window,
        team_id=wanted.team_id,
        inspection_ids=tuple(visit.inspection_id for visit in wanted.visits),
        conclusion_rule=draft.conclusion_rule,
    )


def _already(
    plan: Plan, scheduled: RoundScheduled, visits: Sequence[PlannedVisit]
) -> bool:
    if plan.rounds.get(scheduled.round_id) != scheduled:
        return False
    known = (plan.visits[visit.inspection_id] for visit in visits)
    return all(
        (have.agency_id, have.progress.planned_on) == (want.agency_id, want.planned_on)
        for have, want in zip(known, visits, strict=True)
    )


def _once(plan: Plan, visits: Sequence[PlannedVisit]) -> None:
    """Each unit and each id once, over all rounds of the plan."""
    ids = [*plan.visits, *(visit.inspection_id for visit in visits)]
    agencies = [visit.agency_id for visit in plan.visits.values()]
    agencies += [visit.agency_id for visit in visits]
    for names in (ids, agencies):
        twice = sorted(name for name, n in Counter(names).items() if n > 1)
        if twice:
            raise PlanRefused("visit-scheduled-twice", f"more than once: {twice}")


def _possible(
    plan: Plan, window: Window, visit: PlannedVisit, team: Team, unit: Unit | None
) -> None:
    agency_id, day = visit.agency_id, visit.planned_on
    target = plan.targets.get(agency_id)
    if target is None:
        raise PlanRefused("not-a-target", f"the plan does not inspect {agency_id}")
    if agency_id in team.agencies:
        raise PlanRefused("member-inspects-own-agency", f"{agency_id} is in the team")
    if day not in window or not _meant(target, day):
        raise PlanRefused("visit-outside-window", f"{agency_id} is not due on {day}")
    if unit is None or not unit.active_on(day):
        raise PlanRefused("target-not-active", f"{agency_id} does not exist on {day}")


def _meant(target: Target, day: date) -> bool:
    """Say whether the plan means the day: a tentative window binds nobody."""
    return target.window.tentative or day in target.window


def _order(
    draft: PlanDrafted,
    scheduled: RoundScheduled,
    visit: PlannedVisit,
    team: Team,
    unit: Unit,
) -> VisitOrdered:
    policy = draft.remedy_policy
    superior = policy.superior_id or unit.superior_id or draft.issuer
    return VisitOrdered(
        inspection_id=visit.inspection_id,
        plan_id=draft.plan_id,
        round_id=scheduled.round_id,
        agency_id=unit.agency_id,
        agency_name=unit.name,
        planned_on=visit.planned_on,
        window=scheduled.window,
        programmes=draft.programmes,
        content_items=draft.content_items,
        team_id=scheduled.team_id,
        team_agencies=team.agencies,
        lead_agency=team.agencies[0],
        conclusion_rule=scheduled.conclusion_rule,
        remedy_policy=replace(policy, superior_id=superior),
    )
