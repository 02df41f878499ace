"""What a periodic report counts, and reports as they are read."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Rows
from services.notification.domain.report import (
    BY_ITEM,
    BY_KIND,
    MEASURES,
    Figures,
    Scope,
)
from services.notification.policy import READ

# A programme's numbers are those of its work, and of the plans that carry it out.
# Signals belong to agencies: those below the one that issued the programme or plan.
COUNTED = """
WITH RECURSIVE below AS (
  SELECT agency_id FROM agencies WHERE agency_id = $3
  UNION SELECT a.agency_id FROM agencies a JOIN below b ON a.parent_id = b.agency_id
), plans AS (
  SELECT plan_id FROM report_plans WHERE plan_id = $4 OR programme_id = $5
), subjects AS (
  SELECT 'plan' AS about, plan_id AS subject FROM plans
  UNION ALL SELECT 'inspection', inspection_id
    FROM report_inspections WHERE plan_id IN (SELECT plan_id FROM plans)
  UNION ALL SELECT 'programme', $5::text
  UNION ALL SELECT 'agency', agency_id FROM below
)
SELECT measure, code, sum(n)::bigint AS n
  FROM report_counts JOIN subjects USING (about, subject)
 WHERE day BETWEEN $1 AND $2
 GROUP BY measure, code ORDER BY measure, code
"""


class ReportLedger:
    """What was counted, read from the live views."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def scope(
        self, *, programme_id: str | None, plan_id: str | None
    ) -> Scope | None:
        """Return what a report is to be about, if anything was heard of it."""
        found = await self._rows.fetch(
            "SELECT issuer FROM report_programmes WHERE programme_id = $1"
            " UNION ALL SELECT issuer FROM report_plans WHERE plan_id = $2",
            programme_id,
            plan_id,
        )
        if not found:
            return None
        issuer = found[0]["issuer"]
        return Scope(issuer=issuer, plan_id=plan_id, programme_id=programme_id)

    async def figures(self, about: Scope, start: date, end: date) -> Figures:
        """Return what occurred from *start* to *end*; what did not is nought."""
        found = await self._rows.fetch(
            COUNTED, start, end, about.issuer, about.plan_id, about.programme_id
        )
        plain = {row["measure"]: row["n"] for row in found}
        return Figures(
            numbers={measure: plain.get(measure, 0) for measure in MEASURES},
            by_kind={r["code"]: r["n"] for r in found if r["measure"] == BY_KIND},
            by_item={r["code"]: r["n"] for r in found if r["measure"] == BY_ITEM},
        )


LISTINGS = (
    Listing(
        collection="reports",
        table="reports",
        key="report_id",
        read=READ,
        equals=("agency_id", "programme_id", "plan_id", "period", "state"),
    ),
)


def detail(report: Aggregate[Any]) -> Detail:
    """Return what is shown of one report."""
    return Detail(
        collection="reports",
        aggregate=report,
        table="reports",
        key="report_id",
        read=READ,
    )
