"""The registry as it is read, and as plans ask it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part, Rows
from services.planning import domain, policy
from services.planning.queries.lineage import BY_CODE

# All that lies below an agency, at any depth; UNION ends even where parents circle.
BELOW = """
WITH RECURSIVE below AS (
    SELECT agency_id FROM agencies WHERE parent_id = $2
    UNION
    SELECT a.agency_id FROM agencies a JOIN below b ON a.parent_id = b.agency_id
)
SELECT agency_id, kind, name, parent_id, superior_id, valid_from, valid_to
FROM agencies
WHERE kind = ANY($1::text[])
  AND ($2::text IS NULL OR agency_id IN (SELECT agency_id FROM below))
  AND valid_from <= $4 AND (valid_to IS NULL OR valid_to >= $3)
ORDER BY agency_id
"""


@dataclass(frozen=True, slots=True)
class RegistryView:
    """The registry, read from the view that lists agencies."""

    rows: Rows

    async def units(
        self, kind: str, parent_id: str | None, window: domain.Window, *, seen: int
    ) -> tuple[domain.Unit, ...]:
        """Return the units of *kind* below *parent_id* that exist in *window*."""
        await self.rows.caught_up(seen)
        found = await self.rows.fetch(
            BELOW, sorted(domain.kinds(kind)), parent_id, window.start, window.end
        )
        return tuple(domain.Unit(**row) for row in found)


LISTINGS = (
    Listing(
        collection="agencies",
        table="agencies",
        key="agency_id",
        read=policy.READ_REGISTRY,
        equals=("kind", "parent_id", "superior_id"),
        lookups=(BY_CODE,),
    ),
)


def detail(agency: Aggregate[Any]) -> Detail:
    """Return what is shown of one agency."""
    return Detail(
        collection="agencies",
        aggregate=agency,
        table="agencies",
        key="agency_id",
        read=policy.READ_REGISTRY,
        parts={
            "identifiers": Part(
                table="agency_identifiers",
                by="agency_id",
                order=("scheme", "valid_from", "value"),
            ),
            "names": Part(table="agency_names", by="agency_id", order=("valid_from",)),
            "heads": Part(
                table="agency_heads", by="agency_id", order=("valid_from", "person_ref")
            ),
            "focal_officers": Part(
                table="agency_focal_officers",
                by="agency_id",
                order=("valid_from", "person_ref"),
            ),
            "one_stop_sites": Part(
                table="agency_sites", by="agency_id", order=("site_id",)
            ),
            "successors": Part(
                table="agency_lineage", by="agency_id", order=("successor_id",)
            ),
        },
    )
