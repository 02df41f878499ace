"""Plans as they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Part, Row, Rows, View
from services.planning import domain, policy
from services.planning.domain import covering, plan
from services.planning.domain.quota import Eligible

TARGETS = """
SELECT * FROM plan_targets WHERE plan_id = $1 ORDER BY planned_on, agency_id
"""


# A merged target is visited by another plan: how far has that one come?
LED = """
SELECT t.agency_id, l.plan_id, l.inspection_id, l.round_id, l.planned_on, l.mode,
  l.visited_on, l.reported_on, l.concluded_on
FROM plan_targets t
JOIN unit_claims c ON c.plan_id = t.plan_id AND c.agency_id = t.agency_id
JOIN plan_targets l ON l.plan_id = c.merged_into AND l.agency_id = t.agency_id
WHERE t.plan_id = $1
"""


PLAN = "SELECT plan_id FROM plans WHERE plan_id = $1"


# Those in force: an amendment's take the place of all before them.
QUOTAS = """
SELECT q.*, d.seed, d.drawn
FROM plan_quotas q
JOIN plans p ON p.plan_id = q.plan_id AND q.ordinal >= p.quotas_from
LEFT JOIN plan_draws d
    ON d.plan_id = q.plan_id AND d.seed_sha256 = q.seed_sha256
WHERE q.plan_id = $1
ORDER BY q.ordinal
"""


WITH_TARGET = """
SELECT t.plan_id FROM plan_targets t JOIN plans p USING (plan_id)
WHERE t.agency_id = $1 AND p.state IN ('draft', 'issued')
  AND t.visited_on IS NULL AND t.concluded_on IS NULL
ORDER BY t.plan_id
"""
TRANSFERS = """
SELECT before, after FROM plan_changes
WHERE plan_id = $1 AND change = 'TRANSFERRED' ORDER BY ordinal
"""


@dataclass(frozen=True, slots=True)
class TargetsView:
    """Which plans are to inspect a unit, read from the view of their targets."""

    rows: Rows

    async def with_target(self, agency_id: str, *, seen: int) -> Sequence[str]:
        """Return the plans that have still to visit it, in order."""
        await self.rows.caught_up(seen)
        found = await self.rows.fetch(WITH_TARGET, agency_id)
        return [row["plan_id"] for row in found]


async def plan_targets(rows: Rows, asked: Mapping[str, str]) -> Row | None:
    """Return the units of a plan, the first planned first; *lead*: a joint visit's."""
    plan_id = asked["id"]
    if not await rows.fetch(PLAN, plan_id):
        return None
    led = {row["agency_id"]: _lead(row) for row in await rows.fetch(LED, plan_id)}
    items = [
        {**row, "lead": led.get(row["agency_id"])}
        for row in await rows.fetch(TARGETS, plan_id)
    ]
    return {"plan_id": plan_id, "items": items}


def _lead(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "agency_id"}


async def plan_coverage(rows: Rows, asked: Mapping[str, str]) -> Row | None:
    """Return how far a plan has come, as a whole and quota by quota (độ phủ)."""
    plan_id = asked["id"]
    found = await rows.fetch(PLAN, plan_id)
    if not found:
        return None
    targets = await rows.fetch(TARGETS, plan_id)
    counted = domain.coverage(_progress(row) for row in targets)
    quotas = covering.covered(
        await countings(rows, plan_id),
        {row["agency_id"]: _progress(row) for row in targets if not row["unplanned"]},
    )
    days = ("agency_id", "name", "planned_on", "visited_on", "concluded_on")
    more = ("mode", "reported_on", "unplanned", "window_missed")
    return {
        "plan_id": plan_id,
        "targets": counted.targets,
        "scheduled": counted.scheduled,
        "visited": counted.visited,
        "concluded": counted.concluded,
        "coverage": counted.said,
        "unplanned": sum(bool(row["unplanned"]) for row in targets),
        "ordered": sum(quota.required for quota in quotas),
        "covered": counted.covered,
        "short_by": sum(quota.short_by for quota in quotas),
        "quotas": [said(quota) for quota in quotas],
        "units": [{name: row[name] for name in (*days, *more)} for row in targets],
    }


async def countings(rows: Rows, plan_id: str) -> tuple[covering.Counting, ...]:
    """Return the quotas that hold for a plan, as they are counted."""
    changes = await rows.fetch(TRANSFERS, plan_id)
    transfers = {row["before"]: row["after"] for row in changes}
    found = await rows.fetch(QUOTAS, plan_id)
    return tuple(_counting(row, transfers) for row in found)


def said(quota: covering.QuotaCoverage) -> Row:
    """Return how far a plan has come with one quota."""
    row = {
        name: getattr(quota, name)
        for name in ("eligible", "required", "chosen", "ordered", "visited")
    }
    row |= {"concluded": quota.concluded, "covered": quota.covered}
    return {
        "kind": quota.quota.kind,
        "rule": quota.quota.rule,
        "n": quota.quota.n,
        "about": quota.quota.about,
        **row,
        "short_by": quota.short_by,
        "missing": [asdict(shortfall) for shortfall in quota.missing],
    }


def _progress(row: Row) -> domain.Progress:
    return domain.Progress(
        planned_on=row["planned_on"],
        visited_on=row["visited_on"],
        concluded_on=row["concluded_on"],
        desk=row["mode"] == "INDIRECT",
        reported_on=row["reported_on"],
    )


def _counting(row: Row, transfers: Mapping[str, str]) -> covering.Counting:
    quota = domain.Quota(
        kind=row["kind"],
        rule=row["rule"],
        n=row["n"],
        parent=row["parent"],
        kinds=tuple(row["kinds"]),
        stratum=row["stratum"],
        selected=row["selected"],
        about=row["about"],
        exclusions=tuple(row["exclusions"]),
        seed_sha256=row["seed_sha256"],
    )
    return covering.Counting(
        quota=quota,
        eligible=plan.inherited(
            (Eligible(**unit) for unit in row["eligible"]), transfers
        ),
        drawn=tuple(
            dict.fromkeys(plan.heir_of(unit, transfers) for unit in row["drawn"] or ())
        ),
    )


LISTINGS = (
    Listing(
        collection="plans",
        table="plans",
        key="plan_id",
        read=policy.READ_PLANS,
        equals=("state", "year", "level", "issuer", "lead_agency"),
    ),
)

VIEWS = (
    View(path="/plans/{id}/targets", query=plan_targets, read=policy.READ_PLANS),
    View(path="/plans/{id}/coverage", query=plan_coverage, read=policy.READ_PLANS),
)


def detail(kept: Aggregate[Any]) -> Detail:
    """Return what is shown of one plan."""
    return Detail(
        collection="plans",
        aggregate=kept,
        table="plans",
        key="plan_id",
        read=policy.READ_PLANS,
        parts={
            "quotas": Part(table="plan_quotas", by="plan_id", order=("ordinal",)),
            "targets": Part(
                table="plan_targets",
                by="plan_id",
                order=("planned_on", "agency_id"),
            ),
            "rounds": Part(
                table="plan_rounds",
                by="plan_id",
                order=("window_start", "round_id"),
            ),
            "draws": Part(table="plan_draws", by="plan_id", order=("seed_sha256",)),
            "shortcomings": Part(
                table="plan_shortcomings", by="plan_id", order=("item_ref",)
            ),
            "changes": Part(table="plan_changes", by="plan_id", order=("ordinal",)),
        },
    )
