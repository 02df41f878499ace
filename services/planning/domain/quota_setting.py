"""Saying how many units a plan inspects, and drawing them by lot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from services.planning.domain.agency import Unit
from services.planning.domain.drafting import a_draft, added, forward
from services.planning.domain.plan import (
    Plan,
    PlanEvent,
    PlanRefused,
    QuotaSet,
    UnitsDrawn,
)
from services.planning.domain.quota import (
    MIXED,
    RULES,
    WHOLE,
    Quota,
    Rule,
    committed,
    draw,
    listed,
    reached,
    strata,
)
from services.planning.domain.window import Window

HASH = 64


def set_quota(
    plan: Plan, *, quota: Quota, window: Window, units: Iterable[Unit], mode: str
) -> list[PlanEvent]:
    """Say how many units the plan inspects; which of them is chosen afterwards."""
    sound(quota)
    forward(window)
    if any(
        (known.quota, known.window, known.mode) == (quota, window, mode)
        for known in plan.quotas
    ):
        return []
    drafted = a_draft(plan)
    if quota.seed_sha256 and any(
        known.quota.seed_sha256 == quota.seed_sha256 for known in plan.quotas
    ):
        raise PlanRefused("seed-used-twice", "another quota is drawn by that seed")
    return [quota_set(drafted.plan_id, quota, window, units, mode)]


def quota_set(
    plan_id: str, quota: Quota, window: Window, units: Iterable[Unit], mode: str
) -> QuotaSet:
    """Return the quota with the units it may choose; there must be enough of them."""
    found = listed(reached(units, quota, window))
    if not found:
        raise PlanRefused("no-eligible-unit", f"no {quota.kind} exists in the window")
    groups = strata(quota, found, [unit.agency_id for unit in found])
    whole = quota.per is None
    few = [
        name for name, names in groups.items() if quota.needs(len(names)) > len(names)
    ]
    if few and (whole or quota.rule == Rule.RANDOM_DRAW.value):
        raise PlanRefused(
            "quota-beyond-eligible", f"there are only {len(found)} to choose from"
        )
    return QuotaSet(
        plan_id=plan_id, quota=quota, window=window, eligible=found, mode=mode
    )


def draw_units(plan: Plan, *, seed: str, units: Mapping[str, Unit]) -> list[PlanEvent]:
    """Draw by lot with the seed the plan committed to, and put the units on it.

    *units* is what the registry says of those that may be drawn.
    """
    seal = committed(seed)
    if plan.seeds.get(seal) == seed:
        return []
    drafted = a_draft(plan)
    set_ = next((q for q in plan.quotas if q.quota.seed_sha256 == seal), None)
    if set_ is None:
        raise PlanRefused("seed-not-committed", "no quota told of that seed before")
    drawn = draw(set_.quota, set_.eligible, seed)
    new = [name for name in drawn if name not in plan.targets]
    return [
        UnitsDrawn(plan_id=drafted.plan_id, quota=set_.quota, seed=seed, drawn=drawn),
        *(added(drafted.plan_id, units[name], set_.window) for name in new),
    ]


def drawable(plan: Plan, seed: str) -> tuple[str, ...]:
    """Return the units that a seed may draw, as they were kept with its quota."""
    seal = committed(seed)
    return tuple(
        unit.agency_id
        for set_ in plan.quotas
        if set_.quota.seed_sha256 == seal
        for unit in set_.eligible
    )


def sound(quota: Quota) -> None:
    """Refuse a quota that does not say what it means."""
    if quota.rule not in RULES:
        raise PlanRefused("quota-rule-unknown", f"there is no rule {quota.rule}")
    if quota.kind == MIXED and not quota.kinds:
        raise PlanRefused("quota-incomplete", "it does not say which kinds it mixes")
    if quota.rule == Rule.ALL.value:
        return
    if quota.n is None:
        raise PlanRefused("quota-incomplete", f"{quota.rule} does not say how many")
    if quota.rule == Rule.PERCENT_AT_LEAST.value and quota.n > WHOLE:
        raise PlanRefused("percent-out-of-range", f"{quota.n} % is more than all")
    if quota.rule == Rule.RANDOM_DRAW.value and not _seal(quota.seed_sha256):
        raise PlanRefused("draw-without-seed", "a draw commits to a seed's sha256")


def _seal(text: str | None) -> bool:
    return (
        text is not None and len(text) == HASH and set(text) <= set("0123456789abcdef")
    )
