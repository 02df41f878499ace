"""One decision on many cases: where it finds them, and what is shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Rows
from services.remediation.policy import READ
from services.remediation.queries.cases import OPEN

# Every name here is our own; what is asked for is an argument.
OF_PLAN = f"""
SELECT case_id FROM cases
 WHERE {OPEN} AND coalesce(carried_to, plan_id) = $1
 ORDER BY case_id
"""  # noqa: S608 - see above
OTHERWISE = f"""
SELECT case_id FROM cases
 WHERE {OPEN} AND calendar_version <> $1 AND ($2::text IS NULL OR plan_id = $2)
 ORDER BY case_id
"""  # noqa: S608 - see above
OF_KIND = """
WITH RECURSIVE below AS (
    SELECT agency_id FROM known_agencies WHERE parent_id = $2
    UNION
    SELECT a.agency_id FROM known_agencies a JOIN below b ON a.parent_id = b.agency_id
)
SELECT agency_id FROM known_agencies
 WHERE kind = ANY($1::text[])
   AND ($2::text IS NULL OR agency_id IN (SELECT agency_id FROM below))
   AND valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $3)
 ORDER BY agency_id
"""
COMMUNES = ("XA", "PHUONG", "THI_TRAN", "DAC_KHU")


@dataclass(frozen=True, slots=True)
class CasesView:
    """Cases, found in the view that lists them."""

    rows: Rows

    async def open_of(self, plan_id: str, *, seen: int) -> Sequence[str]:
        """Return the open cases that a plan answers for, in order."""
        await self.rows.caught_up(seen)
        return [row["case_id"] for row in await self.rows.fetch(OF_PLAN, plan_id)]

    async def counted_otherwise(
        self, calendar_version: str, plan_id: str | None, *, seen: int
    ) -> Sequence[str]:
        """Return the open cases whose date another calendar gave, in order."""
        await self.rows.caught_up(seen)
        found = await self.rows.fetch(OTHERWISE, calendar_version, plan_id)
        return [row["case_id"] for row in found]


@dataclass(frozen=True, slots=True)
class AgenciesView:
    """Agencies, as the registry told of them."""

    rows: Rows

    async def of_kind(self, kind: str, below: str | None, *, on: date) -> Sequence[str]:
        """Return the agencies of *kind* (below another one) that exist on that day."""
        kinds = list(COMMUNES) if kind == "COMMUNE" else [kind]
        found = await self.rows.fetch(OF_KIND, kinds, below, on)
        return [row["agency_id"] for row in found]


LISTINGS = (
    Listing(
        collection="carry-overs",
        table="carry_overs",
        key="act",
        read=READ,
        equals=("from_plan_id", "to_plan_id"),
    ),
    Listing(
        collection="recalculations",
        table="recalculations",
        key="recalculation_id",
        read=READ,
        equals=("calendar_version",),
    ),
)


def details(recalculation: Aggregate[Any]) -> tuple[Detail, ...]:
    """Return what is shown one at a time."""
    return (
        Detail(
            collection="recalculations",
            aggregate=recalculation,
            table="recalculations",
            key="recalculation_id",
            read=READ,
        ),
    )
