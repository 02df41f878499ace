"""An agency in time: its names, its heads, where it came from and where it went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from services.chassis.viewing import Bind, Lookup, Malformed, Row, Rows, View
from services.planning import policy

KNOWN = "SELECT agency_id, name FROM agencies WHERE agency_id = $1"
NAMES = """
SELECT name, valid_from, legal_ref FROM agency_names
WHERE agency_id = $1 ORDER BY valid_from
"""
HEAD = """
WITH last AS (
    SELECT person_ref, title, valid_from, valid_to FROM agency_heads
    WHERE agency_id = $1 AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1
)
SELECT * FROM last WHERE valid_to IS NULL OR valid_to >= $2
"""
# Both ways in several steps; UNION ends even where steps circle.
AFTER = """
WITH RECURSIVE path AS (
    SELECT l.* FROM agency_lineage l WHERE agency_id = $1
    UNION
    SELECT l.* FROM agency_lineage l JOIN path p ON l.agency_id = p.successor_id
)
SELECT * FROM path ORDER BY effective_on, agency_id, successor_id
"""
BEFORE = """
WITH RECURSIVE path AS (
    SELECT l.* FROM agency_lineage l WHERE successor_id = $1
    UNION
    SELECT l.* FROM agency_lineage l JOIN path p ON l.successor_id = p.agency_id
)
SELECT * FROM path ORDER BY effective_on, agency_id, successor_id
"""


async def agency_names(rows: Rows, asked: Mapping[str, str]) -> Row | None:
    """Return what an agency was called when, and on one day."""
    if not await rows.fetch(KNOWN, asked["id"]):
        return None
    names = await rows.fetch(NAMES, asked["id"])
    found: Row = {"agency_id": asked["id"], "items": [*names]}
    if "on" in asked:
        day = day_of(asked["on"])
        held = [row["name"] for row in names if row["valid_from"] <= day]
        found |= {"on": day, "name": held[-1] if held else None}
    return found


async def agency_head(rows: Rows, asked: Mapping[str, str]) -> Row | None:
    """Return who was in office on a day; nobody is an answer too."""
    if not await rows.fetch(KNOWN, asked["id"]):
        return None
    if "on" not in asked:
        raise Malformed("on", "the day is missing")
    day = day_of(asked["on"])
    found = await rows.fetch(HEAD, asked["id"], day)
    return {
        "agency_id": asked["id"],
        "on": day,
        "head": dict(found[0]) if found else None,
    }


async def agency_lineage(rows: Rows, asked: Mapping[str, str]) -> Row | None:
    """Return all that an agency came from and all that it went into, step by step."""
    known = await rows.fetch(KNOWN, asked["id"])
    if not known:
        return None
    return {
        "agency_id": asked["id"],
        "name": known[0]["name"],
        "predecessors": [*await rows.fetch(BEFORE, asked["id"])],
        "successors": [*await rows.fetch(AFTER, asked["id"])],
    }


def _code(asked: Mapping[str, str], bind: Bind) -> str:
    if not {"scheme", "value"} <= asked.keys():
        raise Malformed("value", "a code is a scheme and a value")
    held = (
        "i.agency_id = agencies.agency_id"
        f" AND i.scheme = {bind(asked['scheme'])} AND i.value = {bind(asked['value'])}"
    )
    if "on" in asked:
        day = bind(day_of(asked["on"]))
        held += f" AND i.valid_from <= {day} AND coalesce(i.valid_to, {day}) >= {day}"
    # The names are the service's own; what was asked is bound.
    return f"EXISTS (SELECT FROM agency_identifiers i WHERE {held})"


def day_of(text: str) -> date:
    """Return the day that a parameter ``on`` names."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Malformed("on", "it is a day: 2025-07-01") from error


BY_CODE = Lookup(parameters=("scheme", "value", "on"), condition=_code)
VIEWS = (
    View(
        path="/agencies/{id}/names",
        query=agency_names,
        read=policy.READ_REGISTRY,
        parameters=("on",),
    ),
    View(
        path="/agencies/{id}/head",
        query=agency_head,
        read=policy.READ_REGISTRY,
        parameters=("on",),
    ),
    View(
        path="/agencies/{id}/lineage", query=agency_lineage, read=policy.READ_REGISTRY
    ),
)
