"""The registry's events to rows."""

from __future__ import annotations

from collections.abc import Sequence

from services.chassis.projector import Operation, Projection, Put, Seen, Table
from services.planning import domain

AGENCIES = Table(
    name="agencies",
    columns={
        "agency_id": "text",
        "kind": "text",
        "name": "text",
        "parent_id": "text",
        "superior_id": "text",
        "mailbox": "text",
        "valid_from": "date",
        "valid_to": "date",
        "version": "int",
    },
    key=("agency_id",),
    indexes=(("parent_id",),),
)


AGENCY_IDENTIFIERS = Table(
    name="agency_identifiers",
    columns={
        "agency_id": "text",
        "scheme": "text",
        "value": "text",
        "valid_from": "date",
        "valid_to": "date",
    },
    key=("agency_id", "scheme", "value", "valid_from"),
    indexes=(("scheme", "value"),),
)


def agency_registered(seen: Seen) -> Sequence[Operation]:
    """Show an agency and its codes."""
    event: domain.AgencyRegistered = seen.event
    names = [name for name in AGENCIES.columns if name != "version"]
    row = {name: getattr(event, name) for name in names} | {"version": seen.version}
    codes = (
        {
            "agency_id": event.agency_id,
            "scheme": code.scheme,
            "value": code.value,
            "valid_from": code.valid_from,
            "valid_to": code.valid_to,
        }
        for code in event.identifiers
    )
    return [Put("agencies", row), *(Put("agency_identifiers", code) for code in codes)]


PROJECTION = Projection(
    name="registry",
    tables=(AGENCIES, AGENCY_IDENTIFIERS),
    own={domain.AgencyRegistered: agency_registered},
)
