"""What the rows of plans are made of."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Protocol

from services.chassis.projector import Change, Seen
from services.planning import domain
from services.planning.domain import plan
from services.planning.domain.plan import Content, Theme
from services.planning.projections.plan_tables import PLAN_TARGETS


class OfTarget(Protocol):
    """An event of one unit on a plan."""

    @property
    def plan_id(self) -> str:
        """The plan."""

    @property
    def agency_id(self) -> str:
        """The unit."""


def quota_row(set_: domain.QuotaSet, ordinal: int) -> dict[str, Any]:
    """Return the row of a quota."""
    quota = set_.quota
    return {
        "plan_id": set_.plan_id,
        "ordinal": ordinal,
        "kind": quota.kind,
        "rule": quota.rule,
        "n": quota.n,
        "parent": quota.parent,
        "kinds": list(quota.kinds),
        "stratum": quota.stratum,
        "selected": quota.selected,
        "about": quota.about,
        "exclusions": list(quota.exclusions),
        "seed_sha256": quota.seed_sha256,
        "mode": set_.mode,
        "eligible": [asdict(unit) for unit in set_.eligible],
        **window_row(set_.window),
    }


def target_row(
    event: domain.UnitAdded | plan.TargetAdded | plan.UnplannedTargetAdded,
) -> dict[str, Any]:
    """Return the row of a target that nobody has been sent to."""
    return {
        **dict.fromkeys(PLAN_TARGETS.columns),
        "plan_id": event.plan_id,
        "agency_id": event.agency_id,
        "name": event.name,
        "kind": event.kind,
        "inspection_points": list(event.place.inspection_points),
        "focus": event.place.focus,
        "site_kind": event.place.site_kind,
        "priority": event.place.priority,
        "unplanned": isinstance(event, plan.UnplannedTargetAdded),
        "window_missed": False,
        **window_row(event.window),
    }


def transferred_row(event: plan.TargetTransferred) -> dict[str, Any]:
    """Return the row of a successor: what was ordered goes with it."""
    return {
        **dict.fromkeys(PLAN_TARGETS.columns),
        "plan_id": event.plan_id,
        "agency_id": event.heir.agency_id,
        "name": event.heir.name,
        "kind": event.heir.kind,
        "inspection_points": list(event.place.inspection_points),
        "focus": event.place.focus,
        "site_kind": event.place.site_kind,
        "priority": event.place.priority,
        "unplanned": event.unplanned,
        "window_missed": event.missed,
        "round_id": event.round_id,
        "inspection_id": event.inspection_id,
        "planned_on": event.planned_on,
        "mode": event.mode,
        "transferred_from": event.agency_id,
        **window_row(event.window),
    }


def window_row(window: domain.Window) -> dict[str, object]:
    """Return the columns of a window."""
    return {
        "window_start": window.start,
        "window_end": window.end,
        "tentative": window.tentative,
        "granularity": window.granularity.value,
    }


def plain(value: Content | Theme) -> dict[str, Any]:
    """Return a value as JSON has it."""
    row = asdict(value)
    metric = row.get("metric")
    if metric and metric["due"]:
        metric["due"] = metric["due"].isoformat()
    if metric and metric["value"] is not None:
        metric["value"] = str(metric["value"])
    return row


def plan_row(seen: Seen, **values: object) -> Change:
    """Change the plan's row: at least the version that its ETag is made of."""
    key = {"plan_id": seen.event.plan_id}
    return Change("plans", key, {**values, "version": seen.version})


def target_key(event: OfTarget) -> dict[str, str]:
    """Return the key of a target's row."""
    return {"plan_id": event.plan_id, "agency_id": event.agency_id}
