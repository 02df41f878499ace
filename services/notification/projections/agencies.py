"""Agencies to rows: where each is written to, and who stands above it."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.registry import AgencyRegistered, AgencyRenamed
from services.chassis.projector import Change, Operation, Projection, Put, Seen, Table

AGENCIES = Table(
    name="agencies",
    columns={
        "agency_id": "text",
        "kind": "text",
        "name": "text",
        "parent_id": "text",
        "superior_id": "text",
        "mailbox": "text",
    },
    key=("agency_id",),
)


def on_agency_registered(seen: Seen) -> Sequence[Operation]:
    """Keep where an agency is written to, and who stands above it."""
    event: AgencyRegistered = seen.event
    return [
        Put(
            "agencies",
            {
                "agency_id": event.agency_id,
                "kind": event.kind,
                "name": event.name,
                "parent_id": event.parent_id,
                "superior_id": event.superior_id,
                "mailbox": event.mailbox,
            },
        )
    ]


def on_agency_renamed(seen: Seen) -> Sequence[Operation]:
    """Keep what an agency is called now."""
    event: AgencyRenamed = seen.event
    key = {"agency_id": event.agency_id}
    return [Change("agencies", key, {"name": event.name})]


PROJECTION = Projection(
    name="agencies",
    tables=(AGENCIES,),
    heard={
        AgencyRegistered: on_agency_registered,
        AgencyRenamed: on_agency_renamed,
    },
)
