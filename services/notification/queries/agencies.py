"""Whom a notice may go to."""

from __future__ import annotations

from services.chassis.viewing import Row, Rows


async def agency(rows: Rows, agency_id: str) -> Row | None:
    """Return an agency as the registry told it, if it did yet."""
    found = await rows.fetch("SELECT * FROM agencies WHERE agency_id = $1", agency_id)
    return dict(found[0]) if found else None
