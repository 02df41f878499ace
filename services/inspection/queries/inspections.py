"""Inspections, as they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part, Row, Rows, View
from services.inspection import domain
from services.inspection.policy import READ

STATES = {
    status.value: f"state = '{status.value}'"
    for status in domain.Status
    if status is not domain.Status.UNKNOWN
}


async def timeline(rows: Rows, asked: Mapping[str, str]) -> list[Row] | None:
    """Return what happened to an inspection, oldest first; None: no such one."""
    found = await rows.fetch(
        "SELECT version, type, subject, occurred_at, recorded_at, position"
        " FROM timeline WHERE inspection_id = $1 ORDER BY version",
        asked["id"],
    )
    return list(found) or None


LISTING = Listing(
    collection="inspections",
    table="inspections",
    key="inspection_id",
    read=READ,
    equals=("plan_id", "agency_id", "round_id"),
    choices={"state": STATES},
)
VIEWS = (View(path="/inspections/{id}/timeline", query=timeline, read=READ),)


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
        },
    )
