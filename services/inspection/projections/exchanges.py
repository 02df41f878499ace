"""What unit and team give each other, to rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from services.chassis.projector import Change, Operation, Put, Seen
from services.inspection import domain
from services.inspection.projections.versions import Project


def report_received(seen: Seen) -> Sequence[Operation]:
    """Show the unit's report; before a visit, that is how far it is."""
    event: domain.UnitReportReceived = seen.event
    values = {
        "report_number": event.document_number,
        "report_on": event.received_on,
        "report_due_on": event.due_on,
        "report_late": event.late,
    }
    if event.before_visit:
        values["state"] = domain.Status.REPORT_RECEIVED.value
    return [Change("inspections", {"inspection_id": event.inspection_id}, values)]


def data_attached(seen: Seen) -> Sequence[Operation]:
    """Show a piece of monitoring data."""
    event: domain.MonitoringDataAttached = seen.event
    row = asdict(event)
    del row["plan_id"], row["agency_id"]
    return [Put("monitoring", row)]


def guidance_given(seen: Seen) -> Sequence[Operation]:
    """Show what the unit was shown."""
    event: domain.GuidanceGiven = seen.event
    row = asdict(event)
    del row["agency_id"], row["by"]
    return [Put("guidance", row)]


def explained(seen: Seen) -> Sequence[Operation]:
    """Show the unit's answer, and at which findings."""
    event: domain.ExplanationSubmitted = seen.event
    row = asdict(event)
    del row["plan_id"], row["agency_id"]
    return [
        Put("explanations", row),
        *(_finding(finding_id, "explained") for finding_id in event.finding_ids),
    ]


def confirmed(seen: Seen) -> Sequence[Operation]:
    """Show that the team holds on to a finding."""
    event: domain.FindingConfirmed = seen.event
    return [_finding(event.finding_id, "confirmed")]


def _finding(finding_id: str, state: str) -> Change:
    return Change("findings", {"finding_id": finding_id}, {"state": state})


OWN: dict[type, Project] = {
    domain.UnitReportReceived: report_received,
    domain.MonitoringDataAttached: data_attached,
    domain.GuidanceGiven: guidance_given,
    domain.ExplanationSubmitted: explained,
    domain.FindingConfirmed: confirmed,
}
