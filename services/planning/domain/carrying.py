"""Shortcomings of earlier years are put before the visits of this plan."""

from __future__ import annotations

from collections.abc import Sequence

from services.planning.domain.plan import (
    ItemCarriedIn,
    Plan,
    PlanEvent,
    PlanRefused,
    PlanUnknown,
    ShortcomingImported,
    Status,
)


def import_shortcomings(
    plan: Plan, *, imported: Sequence[ShortcomingImported]
) -> list[PlanEvent]:
    """Take over what an index or another programme found, each item once."""
    _open(plan)
    known = plan.carried
    for item in imported:
        if known.get(item.item_ref, item) != item:
            raise PlanRefused(
                "shortcoming-imported-otherwise", f"{item.item_ref} says something else"
            )
    refs = [item.item_ref for item in imported]
    if len(refs) != len(set(refs)):
        raise PlanRefused("shortcoming-named-twice", "an item is there twice")
    return [item for item in imported if item.item_ref not in known]


def carry_in(plan: Plan, *, item: ItemCarriedIn) -> list[PlanEvent]:
    """Take over a case that an earlier plan left open, once."""
    _open(plan)
    return [] if item.item_ref in plan.carried else [item]


def _open(plan: Plan) -> None:
    if plan.draft is None:
        raise PlanUnknown("unknown-plan", "no such plan was drawn up")
    if plan.status is Status.CANCELLED:
        raise PlanRefused("plan-over", "the plan is cancelled")
