"""The order to inspect a unit: all that the other services need to know of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Protocol

from services.planning.domain.agency import Unit
from services.planning.domain.plan import (
    CarriedItem,
    ChecklistPin,
    Figure,
    Plan,
    PlanDrafted,
    PlanUnknown,
    RoundScheduled,
    VisitOrdered,
)
from services.planning.domain.team import Team
from services.planning.domain.window import Window


class Wanted(Protocol):
    """A visit of which everything is said."""

    @property
    def inspection_id(self) -> str:
        """Its id."""

    @property
    def planned_on(self) -> date:
        """The day."""

    @property
    def mode(self) -> str | None:
        """DIRECT or INDIRECT."""

    @property
    def scope(self) -> str | None:
        """COMPREHENSIVE or THEMATIC."""

    @property
    def focus_items(self) -> tuple[str, ...]:
        """What is looked at above all (trọng tâm, trọng điểm)."""

    @property
    def inspection_points(self) -> tuple[str, ...]:
        """Where in the unit."""

    @property
    def theme(self) -> str | None:
        """Of which part of the plan."""

    @property
    def site_kind(self) -> str | None:
        """What kind of place."""

    @property
    def focus(self) -> str | None:
        """A process, if not the unit as a whole."""


def order(  # noqa: PLR0913 -- an order is made of these, each by name
    plan: Plan,
    *,
    scheduled: RoundScheduled,
    visit: Wanted,
    team: Team,
    unit: Unit,
    checklist: ChecklistPin | None,
) -> VisitOrdered:
    """Return the order for one visit of a round."""
    draft = plan.draft
    if draft is None:
        raise PlanUnknown("unknown-plan", "no such plan was drawn up")
    policy = draft.remedy_policy
    superior = policy.superior_id or unit.superior_id or draft.issuer
    theme = next((t for t in draft.themes if t.theme == visit.theme), None)
    items = theme.items if theme else draft.content_items
    return VisitOrdered(
        inspection_id=visit.inspection_id,
        plan_id=draft.plan_id,
        round_id=scheduled.round_id,
        agency_id=unit.agency_id,
        agency_name=unit.name,
        planned_on=visit.planned_on,
        window=scheduled.window,
        programmes=draft.programmes,
        content_items=items,
        team_id=scheduled.team_id,
        team_agencies=team.agencies,
        lead_agency=theme.lead_agency if theme else team.agencies[0],
        conclusion_rule=scheduled.conclusion_rule,
        remedy_policy=replace(policy, superior_id=superior),
        mode=visit.mode or "DIRECT",
        scope=visit.scope or "COMPREHENSIVE",
        focus_items=visit.focus_items,
        inspection_points=visit.inspection_points,
        site_kind=visit.site_kind,
        focus=visit.focus,
        theme=visit.theme,
        review_period=_reviewed(draft, visit.planned_on),
        carried_items=_carried(plan, unit.agency_id),
        checklist=checklist,
        visit_policy=draft.visit_policy,
        figures=_figures(draft, items),
    )


def _figures(draft: PlanDrafted, items: tuple[str, ...]) -> tuple[Figure, ...]:
    """Return what the plan measures those of its contents by that the visit has."""
    return tuple(
        Figure(item=content.code, aim=content.metric)
        for content in draft.contents
        if content.metric is not None and content.code in items
    )


def _reviewed(draft: PlanDrafted, planned_on: date) -> Window | None:
    """Return the days reviewed: up to the visit, where the plan says so."""
    period = draft.review_period
    if period is None or not draft.review_until_visit:
        return period
    return replace(period, end=planned_on)


def _carried(plan: Plan, agency_id: str) -> tuple[CarriedItem, ...]:
    return tuple(
        CarriedItem(ref=item.item_ref, text=item.text, source=item.source)
        for item in plan.carried.values()
        if item.agency_id == agency_id
    )
