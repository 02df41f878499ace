"""Plans as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part, Row, Rows, View
from services.planning import domain, policy

TARGETS = """
SELECT * FROM plan_targets WHERE plan_id = $1 ORDER BY planned_on, agency_id
"""


PLAN = "SELECT plan_id FROM plans WHERE plan_id = $1"


async def plan_targets(rows: Rows, asked: Mapping[str, str]) -> Row | None:
    """Return the units of a plan, the first planned first."""
    plan_id = asked["id"]
    if not await rows.fetch(PLAN, plan_id):
        return None
    return {"plan_id": plan_id, "items": [*await rows.fetch(TARGETS, plan_id)]}


async def plan_coverage(rows: Rows, asked: Mapping[str, str]) -> Row | None:
    """Return how many units of a plan were scheduled, visited, concluded (độ phủ)."""
    plan_id = asked["id"]
    if not await rows.fetch(PLAN, plan_id):
        return None
    targets = await rows.fetch(TARGETS, plan_id)
    counted = domain.coverage(
        domain.Progress(
            planned_on=row["planned_on"],
            visited_on=row["visited_on"],
            concluded_on=row["concluded_on"],
        )
        for row in targets
    )
    days = ("agency_id", "name", "planned_on", "visited_on", "concluded_on")
    return {
        "plan_id": plan_id,
        "targets": counted.targets,
        "scheduled": counted.scheduled,
        "visited": counted.visited,
        "concluded": counted.concluded,
        "coverage": counted.said,
        "units": [{name: row[name] for name in days} for row in targets],
    }


LISTINGS = (
    Listing(
        collection="plans",
        table="plans",
        key="plan_id",
        read=policy.READ_PLANS,
        equals=("state", "year", "level", "issuer", "lead_agency"),
    ),
)

VIEWS = (
    View(path="/plans/{id}/targets", query=plan_targets, read=policy.READ_PLANS),
    View(path="/plans/{id}/coverage", query=plan_coverage, read=policy.READ_PLANS),
)


def detail(plan: Aggregate[Any]) -> Detail:
    """Return what is shown of one plan."""
    return Detail(
        collection="plans",
        aggregate=plan,
        table="plans",
        key="plan_id",
        read=policy.READ_PLANS,
        parts={
            "quotas": Part(table="plan_quotas", by="plan_id", order=("ordinal",)),
            "targets": Part(
                table="plan_targets",
                by="plan_id",
                order=("planned_on", "agency_id"),
            ),
            "rounds": Part(
                table="plan_rounds",
                by="plan_id",
                order=("window_start", "round_id"),
            ),
        },
    )
