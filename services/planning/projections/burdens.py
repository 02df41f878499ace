"""What units bear, to rows: claims, days of visits, limits, overlaps."""

from __future__ import annotations

from collections.abc import Sequence

from services.chassis.projector import (
    Change,
    Drop,
    Operation,
    Projection,
    Put,
    Seen,
    Table,
)
from services.planning import domain

LIMITS = Table(
    name="load_limits",
    columns={
        "agency_id": "text",
        "max_visit_days": "int",
        "max_visits_per_year": "int",
        "min_gap_days": "int",
        "blackout": "jsonb",
        "binding": "boolean",
    },
    key=("agency_id",),
)
CLAIMS = Table(
    name="unit_claims",
    columns={
        "agency_id": "text",
        "plan_id": "text",
        "year": "int",
        "programmes": "jsonb",
        "content_items": "jsonb",
        "window_start": "date",
        "window_end": "date",
        "tentative": "boolean",
        "merged_into": "text",
    },
    key=("agency_id", "plan_id"),
)
DAYS = Table(
    name="unit_visit_days",
    columns={
        "agency_id": "text",
        "inspection_id": "text",
        "plan_id": "text",
        "day": "date",
    },
    key=("agency_id", "inspection_id"),
    indexes=(("agency_id", "plan_id"),),
)
OVERLAPS = Table(
    name="plan_overlaps",
    columns={
        "overlap_id": "text",
        "state": "text",
        "kind": "text",
        "agency_id": "text",
        "person_ref": "text",
        "plans": "jsonb",
        "window_start": "date",
        "window_end": "date",
        "content_items": "jsonb",
        "lead_plan_id": "text",
        "lead_agency": "text",
        "reason": "text",
        "resolved_on": "date",
        "version": "int",
    },
    key=("overlap_id",),
    indexes=(("agency_id",),),
)


def limits_set(seen: Seen) -> Sequence[Operation]:
    """Show how much inspection a unit bears."""
    event: domain.LoadLimitsSet = seen.event
    limits = event.limits
    row = {
        "agency_id": event.agency_id,
        "max_visit_days": limits.max_visit_days,
        "max_visits_per_year": limits.max_visits_per_year,
        "min_gap_days": limits.min_gap_days,
        "blackout": [
            {"start": closed.start.isoformat(), "end": closed.end.isoformat()}
            for closed in limits.blackout
        ],
        "binding": limits.binding,
    }
    return [Put("load_limits", row)]


def unit_claimed(seen: Seen) -> Sequence[Operation]:
    """Show which plan wants the unit, and when."""
    event: domain.UnitClaimed | domain.VisitBooked = seen.event
    claim = event.claim
    row = {
        "agency_id": event.agency_id,
        "plan_id": claim.plan_id,
        "year": claim.year,
        "programmes": list(claim.programmes),
        "content_items": list(claim.content_items),
        "window_start": claim.window.start,
        "window_end": claim.window.end,
        "tentative": claim.window.tentative,
        "merged_into": getattr(event, "merged_into", None),
    }
    return [Put("unit_claims", row)]


def visit_booked(seen: Seen) -> Sequence[Operation]:
    """Show the day of a visit."""
    return [*unit_claimed(seen), *day_counted(seen)]


def day_counted(seen: Seen) -> Sequence[Operation]:
    """Show a day on which the unit is, or was, visited."""
    event: domain.VisitBooked | domain.VisitDayCounted = seen.event
    row = {
        "agency_id": event.agency_id,
        "inspection_id": event.booking.inspection_id,
        "plan_id": event.booking.plan_id,
        "day": event.booking.day,
    }
    return [Put("unit_visit_days", row)]


def claim_released(seen: Seen) -> Sequence[Operation]:
    """Take away what a plan wanted."""
    event: domain.ClaimReleased = seen.event
    key = {"agency_id": event.agency_id, "plan_id": event.plan_id}
    days = (
        {"agency_id": event.agency_id, "inspection_id": inspection_id}
        for inspection_id in event.inspection_ids
    )
    return [Drop("unit_claims", key), *(Drop("unit_visit_days", day) for day in days)]


def day_freed(seen: Seen) -> Sequence[Operation]:
    """Take away a day whose visit was called off."""
    event: domain.VisitDayFreed = seen.event
    key = {"agency_id": event.agency_id, "inspection_id": event.inspection_id}
    return [Drop("unit_visit_days", key)]


def claims_merged(seen: Seen) -> Sequence[Operation]:
    """Show which plan visits for which."""
    event: domain.ClaimsMerged = seen.event
    values = {"merged_into": event.lead_plan_id}
    return [
        Change("unit_claims", {"agency_id": event.agency_id, "plan_id": plan}, values)
        for plan in event.merged
    ]


def overlap_detected(seen: Seen) -> Sequence[Operation]:
    """Show an overlap."""
    event: domain.OverlapDetected = seen.event
    row = {
        **dict.fromkeys(OVERLAPS.columns),
        "overlap_id": event.overlap_id,
        "state": "open",
        "kind": event.kind.value,
        "agency_id": event.agency_id,
        "person_ref": event.person_ref,
        "plans": list(event.plans),
        "window_start": event.window.start,
        "window_end": event.window.end,
        "content_items": list(event.content_items),
        "version": seen.version,
    }
    return [Put("plan_overlaps", row)]


def overlap_resolved(seen: Seen) -> Sequence[Operation]:
    """Show how an overlap ended."""
    event: domain.OverlapResolved = seen.event
    values = {
        "state": event.resolution.value.lower(),
        "lead_plan_id": event.lead_plan_id,
        "lead_agency": event.lead_agency,
        "reason": event.reason,
        "resolved_on": event.resolved_on,
        "version": seen.version,
    }
    return [Change("plan_overlaps", {"overlap_id": event.overlap_id}, values)]


PROJECTION = Projection(
    name="burdens",
    tables=(LIMITS, CLAIMS, DAYS, OVERLAPS),
    own={
        domain.LoadLimitsSet: limits_set,
        domain.UnitClaimed: unit_claimed,
        domain.VisitBooked: visit_booked,
        domain.VisitDayCounted: day_counted,
        domain.VisitDayFreed: day_freed,
        domain.ClaimReleased: claim_released,
        domain.ClaimsMerged: claims_merged,
        domain.OverlapDetected: overlap_detected,
        domain.OverlapResolved: overlap_resolved,
    },
)
