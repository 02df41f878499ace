"""What a letter about a plan says of it."""

from __future__ import annotations

from services.chassis.viewing import Row, Rows


async def plan(rows: Rows, plan_id: str) -> Row | None:
    """Return a plan as planning told it, if it did yet."""
    found = await rows.fetch("SELECT * FROM known_plans WHERE plan_id = $1", plan_id)
    return dict(found[0]) if found else None
