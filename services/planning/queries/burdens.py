"""What units bear, and where plans overlap, as it is read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from services.chassis.deciding import Aggregate
from services.chassis.viewing import Detail, Listing, Row, Rows, View
from services.planning import domain, policy

AGENCY = "SELECT agency_id, name FROM agencies WHERE agency_id = $1"
LIMITS = "SELECT * FROM load_limits WHERE agency_id = $1"
DAYS = """
SELECT inspection_id, plan_id, day FROM unit_visit_days
WHERE agency_id = $1 ORDER BY day, inspection_id
"""
CLAIMS = """
SELECT c.plan_id, p.title, p.state, p.lead_agency, c.year, c.programmes,
  c.content_items, c.window_start, c.window_end, c.tentative, c.merged_into,
  p.issued_on
FROM unit_claims c LEFT JOIN plans p USING (plan_id)
WHERE c.agency_id = $1 ORDER BY c.window_start, c.plan_id
"""
OVERLAP = "SELECT * FROM plan_overlaps WHERE overlap_id = $1"
CONFLICTS = """
SELECT * FROM member_conflicts WHERE team_id = $1
ORDER BY planned_on, inspection_id, officer_id, tie
"""
SHOWN = (
    *("plan_id", "title", "state", "year", "programmes"),
    *("window_start", "window_end", "tentative", "merged_into"),
)


async def agency_burden(rows: Rows, asked: Mapping[str, str]) -> Row | None:
    """Return what all plans want of a unit: plans, visits, days a year (gánh nặng)."""
    agency_id = asked["id"]
    agency = await rows.fetch(AGENCY, agency_id)
    if not agency:
        return None
    visits = await rows.fetch(DAYS, agency_id)
    claims = await rows.fetch(CLAIMS, agency_id)
    days = {visit["day"] for visit in visits}
    of_years = Counter(day.year for day in days)
    limits = await rows.fetch(LIMITS, agency_id)
    return {
        **agency[0],
        "limits": dict(limits[0]) if limits else None,
        "visit_days": {str(year): n for year, n in sorted(of_years.items())},
        "visits": [*visits],
        "plans": [{name: claim[name] for name in SHOWN} for claim in claims],
    }


async def joint_visit(rows: Rows, asked: Mapping[str, str]) -> Row | None:
    """Return a joint visit for the plans of an overlap: days, lead, contents."""
    found = await rows.fetch(OVERLAP, asked["id"])
    if not found or found[0]["kind"] == domain.OverlapKind.MEMBER.value:
        return None
    overlap = found[0]
    agency_id, plans = overlap["agency_id"], _list(overlap["plans"])
    visits = await rows.fetch(DAYS, agency_id)
    booked = {visit["plan_id"]: visit["day"] for visit in visits}
    claims = await rows.fetch(CLAIMS, agency_id)
    parts = [_part(claim, booked) for claim in claims if claim["plan_id"] in plans]
    if not parts:
        return None
    limits = await rows.fetch(LIMITS, agency_id)
    joint = domain.propose_joint_visit(
        parts,
        taken={visit["day"] for visit in visits},
        blackout=_windows(limits[0]["blackout"]) if limits else (),
    )
    return {
        "overlap_id": overlap["overlap_id"],
        "agency_id": agency_id,
        "plans": plans,
        "lead_plan_id": joint.lead_plan_id,
        "lead_agency": joint.lead_agency,
        "common": {"start": joint.common.start, "end": joint.common.end}
        if joint.common
        else None,
        "days": list(joint.days),
        "content_items": list(joint.content_items),
    }


async def team_conflicts(rows: Rows, asked: Mapping[str, str]) -> Row | None:
    """Return the visits of a team that ties of its members bar."""
    items = [*await rows.fetch(CONFLICTS, asked["id"])]
    return {"team_id": asked["id"], "items": items}


def _part(claim: Row, booked: Mapping[str, date]) -> domain.JointPart:
    return domain.JointPart(
        plan_id=claim["plan_id"],
        window=domain.Window(start=claim["window_start"], end=claim["window_end"]),
        lead_agency=claim["lead_agency"],
        content_items=tuple(_list(claim["content_items"])),
        issued_on=claim["issued_on"],
        planned_on=booked.get(claim["plan_id"]),
    )


def _windows(blackout: Any) -> tuple[domain.Window, ...]:
    return tuple(
        domain.Window(
            start=date.fromisoformat(closed["start"]),
            end=date.fromisoformat(closed["end"]),
        )
        for closed in _list(blackout)
    )


def _list(column: Any) -> list[Any]:
    return list(json.loads(column) if isinstance(column, str) else column)


LISTINGS = (
    Listing(
        collection="overlaps",
        table="plan_overlaps",
        key="overlap_id",
        read=policy.READ_OVERLAPS,
        equals=("state", "kind", "agency_id"),
    ),
)
VIEWS = (
    View(path="/agencies/{id}/burden", query=agency_burden, read=policy.READ_BURDEN),
    View(path="/overlaps/{id}/proposal", query=joint_visit, read=policy.READ_OVERLAPS),
    View(path="/teams/{id}/conflicts", query=team_conflicts, read=policy.READ_TEAMS),
)


def detail(overlap: Aggregate[Any]) -> Detail:
    """Return what is shown of one overlap."""
    return Detail(
        collection="overlaps",
        aggregate=overlap,
        table="plan_overlaps",
        key="overlap_id",
        read=policy.READ_OVERLAPS,
    )
