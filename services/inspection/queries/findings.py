"""Findings, as they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.viewing import Listing, Rows, View
from services.inspection.policy import READ


async def finding(rows: Rows, asked: Mapping[str, str]) -> Any:
    """Return one finding; None: no such one."""
    found = await rows.fetch(
        "SELECT * FROM findings WHERE finding_id = $1", asked["id"]
    )
    return found[0] if found else None


async def finding_history(rows: Rows, asked: Mapping[str, str]) -> Any:
    """Return what happened to one finding, oldest first; None: no such one."""
    found = await rows.fetch(
        "SELECT t.version, t.type, t.occurred_at, t.recorded_at, t.position"
        " FROM findings f JOIN timeline t USING (inspection_id)"
        " WHERE f.finding_id = $1 AND (t.subject = $1"
        " OR (t.type = 'ConclusionIssued' AND f.state = 'concluded'))"
        " ORDER BY t.version",
        asked["id"],
    )
    return {"items": list(found), "next": None} if found else None


LISTING = Listing(
    collection="findings",
    table="findings",
    key="finding_id",
    read=READ,
    equals=("agency_id", "item", "kind", "inspection_id", "plan_id"),
)
VIEWS = (
    View(path="/findings/{id}/history", query=finding_history, read=READ),
    View(path="/findings/{id}", query=finding, read=READ),
)
