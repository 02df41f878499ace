"""Inspections, as they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.access import Principal
from services.chassis.deciding import Aggregate
from services.chassis.viewing import (
    Detail,
    Listing,
    Part,
    Row,
    Rows,
    View,
    readable,
    reader,
)
from services.inspection import domain
from services.inspection.policy import READ, READ_OBSTRUCTIONS

STATES = {
    status.value: f"state = '{status.value}'"
    for status in domain.Status
    if status is not domain.Status.UNKNOWN
}


# What the names in these are is the service's own; who asks is an argument.
TIMELINE = f"""
SELECT t.version, t.type, t.subject, t.occurred_at, t.recorded_at, t.position
FROM timeline t JOIN inspections i USING (inspection_id)
WHERE inspection_id = $1 AND {readable(2, "i")} ORDER BY t.version
"""  # noqa: S608 - see above
OBSTRUCTIONS = f"""
SELECT inspection_id, plan_id, agency_id, agency_name, state, refusal_count,
  refused_at, refused_reason, refused_witness
FROM inspections WHERE refusal_count > 0 AND {readable(1)}
  AND ($2::text IS NULL OR plan_id = $2) ORDER BY refused_at, inspection_id
"""  # noqa: S608 - see above


async def timeline(
    rows: Rows, asked: Mapping[str, str], who: Principal
) -> list[Row] | None:
    """Return what happened to an inspection, oldest first; None: no such one."""
    return list(await rows.fetch(TIMELINE, asked["id"], reader(who))) or None


async def obstructions(rows: Rows, asked: Mapping[str, str], who: Principal) -> Row:
    """Return the units that did not let a team work, for who has to see to it."""
    found = await rows.fetch(OBSTRUCTIONS, reader(who), asked.get("plan_id"))
    return {"items": list(found), "next": None}


LISTING = Listing(
    collection="inspections",
    table="inspections",
    key="inspection_id",
    read=READ,
    equals=("plan_id", "agency_id", "round_id"),
    choices={"state": STATES},
    restricted=True,
)
VIEWS = (
    View(path="/inspections/{id}/timeline", query=timeline, read=READ, asks_who=True),
    View(
        path="/obstructions",
        query=obstructions,
        read=READ_OBSTRUCTIONS,
        parameters=("plan_id",),
        asks_who=True,
    ),
)


def detail(aggregate: Aggregate[Any]) -> Detail:
    """Return what is shown of one inspection."""
    return Detail(
        collection="inspections",
        aggregate=aggregate,
        table="inspections",
        key="inspection_id",
        read=READ,
        parts={
            "contents": Part(table="contents", by="inspection_id", order=("item",)),
            "metrics": Part(table="metrics", by="inspection_id", order=("code",)),
            "findings": Part(
                table="findings", by="inspection_id", order=("finding_id",)
            ),
            "carried_over": Part(
                table="carried_over", by="inspection_id", order=("item_ref",)
            ),
            "points_visited": Part(
                table="points", by="inspection_id", order=("visited_at", "point")
            ),
            "monitoring": Part(
                table="monitoring", by="inspection_id", order=("reference",)
            ),
            "guidance": Part(
                table="guidance", by="inspection_id", order=("guidance_id",)
            ),
            "explanations": Part(
                table="explanations", by="inspection_id", order=("explanation_id",)
            ),
            "answers": Part(
                table="answers", by="inspection_id", order=("item", "question")
            ),
            "difficulties": Part(
                table="difficulties", by="inspection_id", order=("difficulty_id",)
            ),
        },
        restricted=True,
    )
