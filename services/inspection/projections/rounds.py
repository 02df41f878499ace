"""Rounds, their units and requests, to rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from services.chassis.projector import Add, Change, Operation, Put, Seen
from services.inspection import domain


def round_planned(seen: Seen) -> Sequence[Operation]:
    """Show a scheduled round; its units may have come before it."""
    event: domain.RoundPlanned = seen.event
    values = {
        "plan_id": event.plan_id,
        "team_id": event.team_id,
        "state": "planned",
        "window_start": event.window.start,
        "window_end": event.window.end,
        "inspections": len(event.inspection_ids),
        "restricted": event.restricted,
        "readers": list(event.readers),
    }
    key = {"round_id": event.round_id}
    return [Change("rounds", key, values), Add("rounds", key, {"visited": 0})]


def inspection_enrolled(seen: Seen) -> Sequence[Operation]:
    """Show a unit of the round."""
    event: domain.InspectionEnrolled = seen.event
    key = {"round_id": event.round_id, "inspection_id": event.inspection_id}
    return [Change("round_units", key, {"agency_id": event.agency_id})]


def visit_counted(seen: Seen) -> Sequence[Operation]:
    """Show that a unit of the round was visited."""
    event: domain.VisitCounted = seen.event
    key = {"round_id": event.round_id, "inspection_id": event.inspection_id}
    return [
        Change("round_units", key, {"visited_on": event.visited_on}),
        Add("rounds", {"round_id": event.round_id}, {"visited": 1}),
    ]


def round_disclosed(seen: Seen) -> Sequence[Operation]:
    """Show the round of an unannounced inspection to everybody."""
    event: domain.RoundDisclosed = seen.event
    return [Change("rounds", {"round_id": event.round_id}, {"restricted": False})]


def report_counted(seen: Seen) -> Sequence[Operation]:
    """Show that the report of a unit of the round is there."""
    event: domain.ReportCounted = seen.event
    key = {"round_id": event.round_id, "inspection_id": event.inspection_id}
    return [Change("round_units", key, {"reported_on": event.received_on})]


def inspection_dropped(seen: Seen) -> Sequence[Operation]:
    """Show that the round does not wait for a unit."""
    event: domain.InspectionDropped = seen.event
    key = {"round_id": event.round_id, "inspection_id": event.inspection_id}
    return [Change("round_units", key, {"dropped": event.why})]


def round_ended(seen: Seen) -> Sequence[Operation]:
    """Show that the round is over."""
    event: domain.RoundEnded = seen.event
    values = {"state": "ended", "ended_on": event.ended_on}
    return [Change("rounds", {"round_id": event.round_id}, values)]


def requests_issued(seen: Seen) -> Sequence[Operation]:
    """Show what was asked of all units of the round."""
    event: domain.RoundRequestsIssued = seen.event
    shared = {
        "round_id": event.round_id,
        "addressees": event.addressees,
        "issued_on": event.issued_on,
    }
    return [Put("round_requests", asdict(asked) | shared) for asked in event.requests]
