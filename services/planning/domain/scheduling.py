"""Rounds of inspections: whom the plan means, on days that it means, by its team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.planning.domain.agency import Unit
from services.planning.domain.drafting import within
from services.planning.domain.plan import (
    ChecklistPin,
    Plan,
    PlanDrafted,
    PlanEvent,
    PlanRefused,
    PlanUnknown,
    RoundScheduled,
    Target,
    Theme,
    VisitRescheduled,
)
from services.planning.domain.team import Team
from services.planning.domain.visit_order import order
from services.planning.domain.window import Window

DIRECT, INDIRECT = "DIRECT", "INDIRECT"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """Which unit is to be inspected when, under which id, and how.

    What it does not say is as the plan has it: the mode of the unit's quota, the
    places of the target.
    """

    inspection_id: str
    agency_id: str
    planned_on: date
    mode: str | None = None
    scope: str | None = None
    focus_items: tuple[str, ...] = ()
    inspection_points: tuple[str, ...] = ()
    theme: str | None = None
    site_kind: str | None = None
    focus: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRound:
    """The round that is asked for."""

    round_id: str
    window: Window
    team_id: str
    visits: tuple[PlannedVisit, ...]
    checklist: ChecklistPin | None = None


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
        order(
            plan,
            scheduled=scheduled,
            visit=_complete(plan, plan.draft, visit),
            team=team,
            unit=known[visit.agency_id],
            checklist=wanted.checklist,
        )
        for visit in wanted.visits
    )
    return [scheduled, *orders]


def reschedule_visit(
    plan: Plan, *, inspection_id: str, planned_on: date, reason: str, unit: Unit | None
) -> list[PlanEvent]:
    """Put a visit that was not made on another day of its round (mưa bão, ốm đau)."""
    if plan.draft is None:
        raise PlanUnknown("unknown-plan", "no such plan was drawn up")
    visit = plan.visits.get(inspection_id)
    if visit is None or visit.withdrawn or visit.round_id not in plan.rounds:
        raise PlanRefused("visit-not-ordered", f"the plan orders no {inspection_id}")
    if visit.progress.planned_on == planned_on:
        return []
    if visit.progress.covered:
        raise PlanRefused("target-visited", f"{visit.agency_id} has been inspected")
    window = plan.rounds[visit.round_id].window
    _meant_day(plan, window, visit.agency_id, planned_on, unit)
    return [
        VisitRescheduled(
            plan_id=plan.draft.plan_id,
            inspection_id=inspection_id,
            round_id=visit.round_id,
            agency_id=visit.agency_id,
            before=visit.progress.planned_on or planned_on,
            planned_on=planned_on,
            reason=reason,
        )
    ]


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
    """Say whether the round is there; a visit may have another day by now."""
    if plan.rounds.get(scheduled.round_id) != scheduled:
        return False
    known = (plan.visits[visit.inspection_id] for visit in visits)
    return all(
        (have.agency_id, have.asked_on) == (want.agency_id, want.planned_on)
        for have, want in zip(known, visits, strict=True)
    )


def _once(plan: Plan, visits: Sequence[PlannedVisit]) -> None:
    """Each unit and each id once, over all rounds of the plan."""
    ids = [*plan.visits, *(visit.inspection_id for visit in visits)]
    agencies = [v.agency_id for v in plan.visits.values() if not v.withdrawn]
    agencies += [visit.agency_id for visit in visits]
    for names in (ids, agencies):
        twice = sorted(name for name, n in Counter(names).items() if n > 1)
        if twice:
            raise PlanRefused("visit-scheduled-twice", f"more than once: {twice}")


def _possible(
    plan: Plan, window: Window, visit: PlannedVisit, team: Team, unit: Unit | None
) -> None:
    agency_id = visit.agency_id
    if agency_id not in plan.targets:
        raise PlanRefused("not-a-target", f"the plan does not inspect {agency_id}")
    if agency_id in team.agencies:
        raise PlanRefused("member-inspects-own-agency", f"{agency_id} is in the team")
    _meant_day(plan, window, agency_id, visit.planned_on, unit)


def _meant_day(
    plan: Plan, window: Window, agency_id: str, day: date, unit: Unit | None
) -> None:
    target = plan.targets.get(agency_id)
    if target is None or day not in window or not _meant(target, day):
        raise PlanRefused("visit-outside-window", f"{agency_id} is not due on {day}")
    if unit is None or not unit.active_on(day):
        raise PlanRefused("target-not-active", f"{agency_id} does not exist on {day}")


def _meant(target: Target, day: date) -> bool:
    """Say whether the plan means the day: a tentative window binds nobody."""
    return target.window.tentative or day in target.window


def _complete(plan: Plan, draft: PlanDrafted, visit: PlannedVisit) -> PlannedVisit:
    """Say what the visit leaves to the plan."""
    within(draft, visit.focus_items, "focus-not-in-plan")
    if visit.theme is not None and _theme(draft, visit.theme) is None:
        raise PlanRefused("theme-not-in-plan", f"the plan has no theme {visit.theme}")
    place = plan.targets[visit.agency_id].place
    thematic = "THEMATIC" if visit.theme else "COMPREHENSIVE"
    return replace(
        visit,
        mode=visit.mode or _mode(plan, visit.agency_id),
        scope=visit.scope or thematic,
        focus_items=visit.focus_items or draft.focus_items,
        inspection_points=visit.inspection_points or place.inspection_points,
        site_kind=visit.site_kind or place.site_kind,
        focus=visit.focus or place.focus,
    )


def _theme(draft: PlanDrafted, name: str) -> Theme | None:
    return next((theme for theme in draft.themes if theme.theme == name), None)


def _mode(plan: Plan, agency_id: str) -> str:
    """Return how the quota says that the unit is inspected; DIRECT if none does."""
    for set_ in plan.quotas:
        if any(unit.agency_id == agency_id for unit in set_.eligible):
            return set_.mode
    return DIRECT
