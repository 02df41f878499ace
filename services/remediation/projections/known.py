"""What others told that cases are read with: findings' heads, repeats, the registry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from contracts.inspection import FindingRaised
from contracts.registry import (
    AgencyDissolved,
    AgencyRegistered,
    AgencyRenamed,
    AgencySucceeded,
)
from services.chassis.projector import Change, Operation, Projection, Put, Seen, Table

FINDINGS = Table(
    name="known_findings",
    columns={
        "finding_id": "text",
        "agency_id": "text",
        "item": "text",
        "head_ref": "text",
        "repeat_of": "text",
    },
    key=("finding_id",),
)
AGENCIES = Table(
    name="known_agencies",
    columns={
        "agency_id": "text",
        "kind": "text",
        "name": "text",
        "parent_id": "text",
        "valid_from": "date",
        "valid_to": "date",
    },
    key=("agency_id",),
    indexes=(("kind",),),
)


def on_finding(seen: Seen) -> Sequence[Operation]:
    """Keep whose finding it is, and of which earlier one it is a repeat."""
    event: FindingRaised = seen.event
    row = {
        "finding_id": event.finding_id,
        "agency_id": event.agency_id,
        "item": event.item,
        "head_ref": event.responsible.head_ref if event.responsible else None,
        "repeat_of": event.repeat_of,
    }
    return [Put("known_findings", row)]


def on_agency(seen: Seen) -> Sequence[Operation]:
    """Keep what an agency is, and when it exists."""
    event: AgencyRegistered = seen.event
    row = {
        "agency_id": event.agency_id,
        "kind": event.kind,
        "name": event.name,
        "parent_id": event.parent_id,
        "valid_from": event.valid_from,
        "valid_to": event.valid_to,
    }
    return [Put("known_agencies", row)]


def on_agency_renamed(seen: Seen) -> Sequence[Operation]:
    """Keep what an agency is called now."""
    event: AgencyRenamed = seen.event
    key = {"agency_id": event.agency_id}
    return [Change("known_agencies", key, {"name": event.name})]


def on_agency_ended(seen: Seen) -> Sequence[Operation]:
    """Keep an agency's last day."""
    event: AgencySucceeded | AgencyDissolved = seen.event
    last = event.effective_on - timedelta(days=1)
    key = {"agency_id": event.agency_id}
    return [Change("known_agencies", key, {"valid_to": last})]


PROJECTION = Projection(
    name="known",
    tables=(FINDINGS, AGENCIES),
    heard={
        FindingRaised: on_finding,
        AgencyRegistered: on_agency,
        AgencyRenamed: on_agency_renamed,
        AgencySucceeded: on_agency_ended,
        AgencyDissolved: on_agency_ended,
    },
)
