"""Which inspections wait for a unit, and what agencies are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.chassis.viewing import Rows

WAITING_FOR = """
SELECT inspection_id FROM inspections
WHERE agency_id = $1 AND state NOT IN ('concluded', 'closed', 'cancelled')
ORDER BY inspection_id
"""
NAME_OF = """
SELECT name FROM known_agencies
WHERE agency_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)
"""


@dataclass(frozen=True, slots=True)
class LineageView:
    """Lineage, read from the views."""

    rows: Rows

    async def waiting_for(self, agency_id: str, *, seen: int) -> Sequence[str]:
        """Return the inspections of a unit that are not concluded, in order."""
        await self.rows.caught_up(seen)
        found = await self.rows.fetch(WAITING_FOR, agency_id)
        return [row["inspection_id"] for row in found]

    async def name_of(self, agency_id: str, *, on: date) -> str | None:
        """Return an agency's name; None if there is none of that id on that day."""
        found = await self.rows.fetch(NAME_OF, agency_id, on)
        return found[0]["name"] if found else None
