"""From an idea to a plan in effect: draft, choose units, issue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from services.planning.domain.agency import Unit
from services.planning.domain.plan import (
    Plan,
    PlanDrafted,
    PlanEvent,
    PlanIssued,
    PlanRefused,
    PlanUnknown,
    QuotaSet,
    Status,
    added,
)
from services.planning.domain.quota import RULES, Quota, eligible
from services.planning.domain.window import Window


def draft(plan: Plan, *, drafted: PlanDrafted) -> list[PlanEvent]:
    """Draw a plan up; what was drawn up is not drawn up differently."""
    if plan.draft == drafted:
        return []
    if plan.draft is not None:
        raise PlanRefused(
            "plan-drafted-otherwise", f"{drafted.plan_id} is drawn up differently"
        )
    if drafted.review_period is not None:
        _forward(drafted.review_period)
    return [drafted]


def select_units(
    plan: Plan, *, quota: Quota, window: Window, units: Iterable[Unit]
) -> list[PlanEvent]:
    """Set a quota and put on the plan every unit it reaches that is not there yet."""
    if quota.rule not in RULES:
        raise PlanRefused(
            "quota-rule-unknown", f"{quota.rule} does not say which units: add them"
        )
    _forward(window)
    if any(known.quota == quota and known.window == window for known in plan.quotas):
        return []
    drafted = _a_draft(plan)
    chosen = eligible(units, quota.kind, window)
    if not chosen:
        raise PlanRefused("no-eligible-unit", f"no {quota.kind} exists in the window")
    new = [unit for unit in chosen if unit.agency_id not in plan.targets]
    plan_id = drafted.plan_id
    return [
        QuotaSet(plan_id=plan_id, quota=quota, window=window),
        *(added(plan_id, unit, window) for unit in new),
    ]


def add_unit(
    plan: Plan, *, agency_id: str, unit: Unit | None, window: Window
) -> list[PlanEvent]:
    """Put one unit on the plan, if it exists in the window."""
    _forward(window)
    if unit is None:
        raise PlanRefused("unknown-agency", f"{agency_id} is not in the registry")
    known = plan.targets.get(agency_id)
    if known is not None and known.window == window:
        return []
    drafted = _a_draft(plan)
    if known is not None:
        raise PlanRefused(
            "unit-added-otherwise", f"{agency_id} is on the plan for other days"
        )
    if not unit.active_in(window):
        raise PlanRefused("target-not-active", f"{agency_id} does not exist then")
    return [added(drafted.plan_id, unit, window)]


def issue(plan: Plan, *, document_number: str, on: date) -> list[PlanEvent]:
    """Issue the plan once it names a unit and a content; its number stays for ever."""
    if plan.in_effect and plan.document_number == document_number:
        return []
    drafted = _a_draft(plan)
    if not plan.targets:
        raise PlanRefused("plan-without-units", "the plan names no unit")
    if not drafted.content_items:
        raise PlanRefused("plan-without-contents", "the plan names no content")
    return [
        PlanIssued(
            plan_id=drafted.plan_id,
            document_number=document_number,
            issued_on=on,
            year=drafted.year,
            issuer=drafted.issuer,
            level=drafted.level,
            programmes=drafted.programmes,
            lead_agency=drafted.lead_agency,
            quotas=tuple(known.quota for known in plan.quotas),
            targets=tuple(plan.targets.values()),
            content_items=drafted.content_items,
            review_period=drafted.review_period,
            derived_from=drafted.derived_from,
        )
    ]


def _a_draft(plan: Plan) -> PlanDrafted:
    if plan.draft is None:
        raise PlanUnknown("unknown-plan", "no such plan was drawn up")
    if plan.status is not Status.DRAFT:
        raise PlanRefused("plan-not-draft", f"the plan is {plan.status.value}")
    return plan.draft


def _forward(window: Window) -> None:
    if window.reversed:
        raise PlanRefused("window-reversed", "it ends before it begins")
