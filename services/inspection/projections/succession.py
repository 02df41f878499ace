"""With whom inspections go on, and which agencies there are, to rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from contracts.registry import (
    AgencyDissolved,
    AgencyRegistered,
    AgencyRenamed,
    AgencySucceeded,
)
from services.chassis.projector import Change, Operation, Projection, Put, Seen, Table
from services.inspection import domain
from services.inspection.projections.versions import Project

KNOWN_AGENCIES = Table(
    name="known_agencies",
    columns={
        "agency_id": "text",
        "name": "text",
        "valid_from": "date",
        "valid_to": "date",
    },
    key=("agency_id",),
)


def transferred(seen: Seen) -> Sequence[Operation]:
    """Show with whom the inspection goes on; whose it was stays beside it."""
    event: domain.InspectionTransferred = seen.event
    values = {
        "agency_id": event.agency_id,
        "agency_name": event.agency_name,
        "transferred_from": event.from_agency,
        "transferred_on": event.transferred_on,
        "transfer_undecided": False,
    }
    return [Change("inspections", {"inspection_id": event.inspection_id}, values)]


def decision_required(seen: Seen) -> Sequence[Operation]:
    """Show that somebody has to decide, and between whom."""
    event: domain.TransferDecisionRequired = seen.event
    values = {
        "transfer_undecided": True,
        "heirs": [asdict(heir) for heir in event.heirs],
    }
    return [Change("inspections", {"inspection_id": event.inspection_id}, values)]


def agency_registered(seen: Seen) -> Sequence[Operation]:
    """Keep what an agency is called, and when it exists."""
    event: AgencyRegistered = seen.event
    row = {name: getattr(event, name) for name in KNOWN_AGENCIES.columns}
    return [Put("known_agencies", row)]


def agency_renamed(seen: Seen) -> Sequence[Operation]:
    """Keep what an agency is called now."""
    event: AgencyRenamed = seen.event
    key = {"agency_id": event.agency_id}
    return [Change("known_agencies", key, {"name": event.name})]


def agency_ended(seen: Seen) -> Sequence[Operation]:
    """Keep an agency's last day."""
    event: AgencySucceeded | AgencyDissolved = seen.event
    last = event.effective_on - timedelta(days=1)
    key = {"agency_id": event.agency_id}
    return [Change("known_agencies", key, {"valid_to": last})]


OWN: dict[type, Project] = {
    domain.InspectionTransferred: transferred,
    domain.TransferDecisionRequired: decision_required,
}
KNOWN = Projection(
    name="known",
    tables=(KNOWN_AGENCIES,),
    heard={
        AgencyRegistered: agency_registered,
        AgencyRenamed: agency_renamed,
        AgencySucceeded: agency_ended,
        AgencyDissolved: agency_ended,
    },
)
