"""What an agency has to do with, as hand-overs ask it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.chassis.viewing import Rows

OPEN_WITH = """
SELECT case_id FROM cases
 WHERE closed_on IS NULL AND waived_on IS NULL AND $1 IN (agency_id, superior_id)
 ORDER BY case_id
"""
ASKED_OF = """
SELECT duty_id AS id FROM duties WHERE addressees ? $1
UNION SELECT directive_id FROM replications WHERE scope ? $1
UNION SELECT recommendation_id FROM open_recommendations WHERE addressees ? $1
 ORDER BY id
"""
AWAITED_FROM = """
SELECT recommendation_id FROM upward
 WHERE addressee = $1 AND state = 'open'
 ORDER BY recommendation_id
"""
NAME_OF = """
SELECT name FROM known_agencies
 WHERE agency_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)
"""


@dataclass(frozen=True, slots=True)
class HoldingsView:
    """What an agency has to do with, read from the views of cases and the registry."""

    rows: Rows

    async def open_with(self, agency_id: str, *, seen: int) -> Sequence[str]:
        """Return the open cases that it remedies or watches over, in order."""
        await self.rows.caught_up(seen)
        found = await self.rows.fetch(OPEN_WITH, agency_id)
        return [row["case_id"] for row in found]

    async def asked_of(self, agency_id: str, *, seen: int) -> Sequence[str]:
        """Return the directives without a date that name it, in order."""
        await self.rows.caught_up(seen)
        return [row["id"] for row in await self.rows.fetch(ASKED_OF, agency_id)]

    async def awaited_from(self, agency_id: str, *, seen: int) -> Sequence[str]:
        """Return the recommendations upward that it has not answered, in order."""
        await self.rows.caught_up(seen)
        found = await self.rows.fetch(AWAITED_FROM, agency_id)
        return [row["recommendation_id"] for row in found]

    async def name_of(self, agency_id: str, *, on: date) -> str | None:
        """Return an agency's name; None if there is none of that id on that day."""
        found = await self.rows.fetch(NAME_OF, agency_id, on)
        return found[0]["name"] if found else None
